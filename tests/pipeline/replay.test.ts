import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Installation, until } from "../harness/newsledger.ts";
import { Newspaper } from "../harness/press.ts";
import { Sink } from "../harness/sink.ts";
import { envoyVisit } from "./envoy-visit.ts";

interface LedgerEvent {
  readonly type: string;
  readonly data: Record<string, unknown>;
}
interface Change {
  readonly change: string;
  readonly before: string | null;
  readonly now: string | null;
  readonly itemId: string;
  readonly title: string;
}

const shipped = new URL("../../packages/extraction/topics/citgo-6.yaml", import.meta.url);
const others = [
  {
    title: "Families of the Citgo 6 ask for news of the executives",
    summary: "They have not heard from Caracas for a month.",
    body: "The families wrote to the State Department on Monday.",
  },
  {
    title: "A long read about the coast",
    summary: "The harbour, its people and one old refinery, told by those who live there.",
    body: `${"The boats came in with the tide and the gulls went after them. ".repeat(12)} One of the Citgo executives, Tomeu Vadell, remains detained in Venezuela, his daughter said.`,
  },
  {
    title: "Petrol is dearer again",
    summary: "A Citgo station on the corner of the square asked for four dollars on Sunday.",
    body: "Drivers complained.",
  },
];

let paper: Newspaper;
let sink: Sink;
let newsledger: Installation;
let events: LedgerEvent[];
let asked: number;
let mails: readonly string[];

const ledger = (): Promise<LedgerEvent[]> => newsledger.rows<LedgerEvent>("export");
const mailbox = (): Promise<string[]> =>
  readdir(join(newsledger.directory, "data", "mail")).catch(() => []);

beforeAll(async () => {
  paper = await Newspaper.open("The Harbour Gazette");
  sink = await Sink.open();
  paper.publish(envoyVisit.headline, envoyVisit.paragraphs);
  for (const [number, { title, summary, body }] of others.entries())
    paper.publish({ title, summary, path: `/${number}`, publishedAt: "2021-12-11T08:00:00Z" }, [
      body,
    ]);
  newsledger = await Installation.create({ NEWSLEDGER_ALLOW_HOSTS: `${paper.host},${sink.host}` });
  await newsledger.up();
  await newsledger.ask("webhooks", "add", `${sink.origin}/hook`);
  await newsledger.ask("subscribers", "add", "family@example.org", "--topic", "citgo-6");
  await newsledger.ask("feeds", "add", paper.feedUrl);
  // At rest: everything seen is judged and read, and nothing new is said for a while.
  let last = -1;
  events = await until(
    ledger,
    (all) => {
      const isAtRest = all.length === last && all.some(({ type }) => type === "delivery.succeeded");
      last = all.length;
      return isAtRest;
    },
    { seconds: 90, everyMs: 3000 },
  );
  asked = paper.requests.filter((path) => path !== "/feed.xml").length;
  mails = await mailbox();
}, 180_000);

afterAll(async () => {
  await newsledger?.[Symbol.asyncDispose]();
  await sink?.[Symbol.asyncDispose]();
  await paper?.[Symbol.asyncDispose]();
});

/** Every item that the live service matched for the topic, with the better of its tiers. */
function matchedLive(topic: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type, data } of events) {
    if (type !== "item.matched") continue;
    for (const { topicId, tier } of data.matches as { topicId: string; tier: string }[])
      if (topicId === topic && found.get(String(data.itemId)) !== "alert")
        found.set(String(data.itemId), tier);
  }
  return found;
}

test("a new topic replayed over what was seen finds what the same rules found live, and tells nobody", async () => {
  const received = sink.received.length;
  const yaml = await readFile(shipped, "utf8");
  await writeFile(
    join(newsledger.directory, "again.yaml"),
    yaml.replace(/^id: .*$/m, "id: citgo-6-again"),
  );

  const changes = await newsledger.rows<Change>("topics", "replay", "again.yaml");

  const live = matchedLive("citgo-6");
  expect(live.size).toBeGreaterThanOrEqual(2);
  expect(live.size).toBeLessThan(events.filter(({ type }) => type === "item.seen").length);
  expect(changes.every(({ change, before }) => change === "new" && before === null)).toBe(true);
  expect(new Map(changes.map(({ itemId, now }) => [itemId, now]))).toEqual(live);

  expect(await ledger()).toEqual(events);
  expect(sink.received).toHaveLength(received);
  expect(await mailbox()).toEqual(mails);
  expect(paper.requests.filter((path) => path !== "/feed.xml")).toHaveLength(asked);
}, 60_000);

test("a topic that is followed already, replayed, changes nothing", async () => {
  expect(await newsledger.rows<Change>("topics", "replay", "citgo-6")).toEqual([]);
  expect(await ledger()).toEqual(events);
}, 60_000);
