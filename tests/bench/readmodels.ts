import { parseArgs } from "node:util";
import { contentId, itemSeen, streams, textHash } from "@newsledger/core";
import { keepReadModels, rebuildReadModels, timeline } from "@newsledger/readmodels";
import { type BenchLedger, build, openBenchLedger } from "./ledger.ts";
import { machine } from "./machine.ts";
import { atLeast, atMost, conclude, perSecond, type Row } from "./report.ts";

const { values } = parseArgs({
  options: {
    articles: { type: "string", default: "100000" },
    keep: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/readmodels.ts [options]: how fast the read models are built, and how little that disturbs

  --articles 100000  ten events each: seen, revised, matched, understood, put into stories, delivered
  --keep DIRECTORY   fill the ledger there once, and use it again next time

The first build also reads every text for its words; a rebuild keeps those. While it is rebuilt, events are appended and
questions asked, twenty a second each.`;

const targetPerSecond = 20_000;

async function bench(): Promise<void> {
  await using ledger = await openBenchLedger(Number(values.articles), values.keep);
  const raw = await readAll(ledger);
  const seconds = await build(ledger);
  const quiet = await disturbed(ledger, async () => pause(5_000));
  const before = await ledger.log.safePosition();
  const used = ledger.processor?.() ?? 0;
  const rebuilt = await disturbed(ledger, async () => {
    const began = performance.now();
    await rebuildReadModels(ledger.db);
    await using keeper = keepReadModels({ log: ledger.log, db: ledger.db });
    await keeper.caughtUp();
    return (performance.now() - began) / 1_000;
  });
  const processor = ((ledger.processor?.() ?? 0) - used) / 1_000;
  const speed = ledger.events / rebuilt.result;
  const effects = Number((await ledger.log.safePosition()) - before) - rebuilt.appended;
  const rows: Row[] = [
    {
      ...atLeast("rebuild beside the live one, events/s", speed / targetPerSecond, 1),
      measured: perSecond(speed),
      target: `≥ ${perSecond(targetPerSecond)}`,
    },
    atMost("events that the rebuild brought about", effects, 0, ""),
    atMost(
      "p95 of an append meanwhile",
      rebuilt.append,
      100,
      ` ms (else ${quiet.append.toFixed(1)})`,
    ),
    atMost("p95 of a question meanwhile", rebuilt.ask, 100, ` ms (else ${quiet.ask.toFixed(1)})`),
  ];
  conclude(rows);
  console.log(
    `raw catch-up read ${perSecond(raw)}; first build, words too, ${seconds.toFixed(1)} s; ${processor.toFixed(1)} s of the processor for the rebuild`,
  );
  console.log(`${ledger.events} events; ${machine()}`);
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What reading alone would take: the log, page by page. */
async function readAll({ log, events }: BenchLedger): Promise<number> {
  const began = performance.now();
  for await (const _ of log.read()) {
    // reading is all
  }
  return events / ((performance.now() - began) / 1_000);
}

/** A ledger that is kept has those of earlier runs. */
const run = Date.now();
let serial = 0;

/** Appends and asks while the work is done; tells how long each took. */
async function disturbed<T>({ db, log }: BenchLedger, work: () => Promise<T>) {
  const took = { append: [] as number[], ask: [] as number[] };
  let over = false;
  const every50ms = async (kind: keyof typeof took, what: () => Promise<unknown>) => {
    while (!over) {
      const began = performance.now();
      await what();
      took[kind].push(performance.now() - began);
      await pause(50);
    }
  };
  const traffic = Promise.all([
    every50ms("append", () => log.append(...seen(serial++))),
    every50ms("ask", () => timeline(db, { topic: "citgo-6", limit: 20 })),
  ]);
  const result = await work();
  over = true;
  await traffic;
  const p95 = (times: number[]) =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
  return { result, append: p95(took.append), ask: p95(took.ask), appended: took.append.length };
}

function seen(nth: number): Parameters<BenchLedger["log"]["append"]> {
  const itemId = contentId("item", `meanwhile-${run}-${nth}`);
  const title = `Item number ${nth}`;
  const item = { ...{ itemId, feedId: "feed-0", title, summary: "", source: "Press" } };
  const none = { author: null, publishedAt: null, link: null, url: null, textHash: null };
  const rest = { language: "en", contentHash: textHash(title), backfill: false };
  return [streams.item(itemId), [itemSeen.create({ ...item, ...none, ...rest })]];
}

if (values.help) console.log(usage);
else await bench();
