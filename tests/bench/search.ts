import { parseArgs } from "node:util";
import {
  caseStatus,
  entity,
  ledgerSummary,
  listArticles,
  listEvents,
  listOccurrences,
  type Reader,
  search,
  storyFeed,
  timeline,
  volume,
} from "@newsledger/readmodels";
import { persons } from "./corpus.ts";
import { build, openBenchLedger } from "./ledger.ts";
import { machine } from "./machine.ts";
import { atMost, conclude, type Row } from "./report.ts";

const { values } = parseArgs({
  options: {
    articles: { type: "string", default: "100000" },
    keep: { type: "string" },
    runs: { type: "string", default: "20" },
    each: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/search.ts [options]: how fast a large ledger answers

  --articles 100000  articles with own-worded texts of 60 to 260 words, in two languages; ten events each
  --keep DIRECTORY   fill the ledger there once, and use it again next time
  --runs 20          how often each question is asked
  --each             tell the time of each question

It starts a Postgres of its own, builds the read models, and takes some minutes.`;

type Asked = Record<string, () => Promise<unknown>>;

const six = {
  id: "citgo-6",
  title: { en: "Citgo 6", es: "Los seis de Citgo" },
  subjects: persons.slice(0, 3).map((id) => ({ id, name: id })),
};

/** Words as people search them: rare and common ones, phrases, alternatives, exclusions, filters, the past, typing errors. */
const searches = (db: Reader): Asked => ({
  ...Object.fromEntries(
    [
      ...["citgo", "venezuela", "liberación", "liberacion", "voz7ps", "voz1", "voz3k"],
      ...['"house arrest"', "prison OR prisión", "citgo -venezuela", "court judge family"],
      ...[
        "arresto domiciliario citgo",
        "venezuela -prison -juez",
        "jose apelido2k",
        "voza OR vozb",
      ],
    ].map((q) => [q, () => search(db, { q })]),
  ),
  "in a case": () => search(db, { q: "venezuela", topic: "citgo-6" }),
  "in a large topic": () => search(db, { q: "voz2", topic: "us-venezuela" }),
  "by language and days": () =>
    search(db, { q: "juez", language: "es", from: "2020-01-01", to: "2020-12-31" }),
  "as of": () => search(db, { q: "talks", asOf: "2021-12-31" }),
  "known at": () => search(db, { q: "canje", knownAt: 200_000n }),
  "the next page": nextPage(db, { q: "sanctions", limit: 20 }),
});

/** The first page is asked for once: its time is told of the other words. */
function nextPage(db: Reader, question: Parameters<typeof search>[1]): () => Promise<unknown> {
  let first: ReturnType<typeof search> | undefined;
  return async () => {
    first ??= search(db, question);
    const { next } = await first;
    if (next === null) throw new Error(`“${question.q}” has no second page`);
    return search(db, { ...question, cursor: next });
  };
}

const timelines = (db: Reader): Asked => ({
  "a case": () => timeline(db, { topic: "citgo-6", limit: 20 }),
  "a large topic": () => timeline(db, { topic: "us-venezuela", limit: 20 }),
  everything: () => timeline(db, { limit: 20 }),
  "as of": () => timeline(db, { topic: "citgo-6", limit: 20, asOf: "2021-12-31" }),
  "known at": () => timeline(db, { topic: "us-venezuela", limit: 20, knownAt: 300_000n }),
  "who and what": () =>
    timeline(db, { topic: "citgo-6", entity: "tomeu-vadell", occurrence: "release" }),
  "someone everywhere": () => timeline(db, { entity: "tomeu-vadell", role: "target", limit: 20 }),
  "a language and an outlet": () => timeline(db, { language: "es", source: "Outlet 7", limit: 20 }),
  "two outlets": () => timeline(db, { topic: "us-venezuela", minSources: 2, limit: 20 }),
  "five outlets": () => timeline(db, { minSources: 5, limit: 20 }),
  words: () => timeline(db, { q: "voz1 court", limit: 20 }),
  "days, language, occurrence": () =>
    timeline(db, { from: "2019-01-01", to: "2019-12-31", language: "en", occurrence: "meet" }),
  "an outlet there is not": () => timeline(db, { topic: "us-venezuela", source: "Nobody" }),
});

const lists = (db: Reader): Asked => ({
  events: () => listEvents(db, { limit: 50 }),
  "events of a case": () => listEvents(db, { topic: "citgo-6", limit: 50 }),
  "events of an outlet": () => listEvents(db, { source: "Outlet 3", limit: 50 }),
  "events of a day": () => listEvents(db, { from: "2020-05-05", to: "2020-05-05", limit: 50 }),
  "events with a word": () => listEvents(db, { q: "voz7ps", limit: 50 }),
  "events with someone": () =>
    listEvents(db, { entity: "gustavo-cardenas", type: "story.opened", limit: 50 }),
  "articles of a case": () => listArticles(db, { topic: "citgo-6", language: "es" }),
  "articles of a large topic": () => listArticles(db, { topic: "us-venezuela", language: "es" }),
  "articles with words": () => listArticles(db, { q: "venezuela -juez", occurrence: "release" }),
  occurrences: () => listOccurrences(db, { entity: "tomeu-vadell", occurrence: "release" }),
  "all occurrences": () => listOccurrences(db, { topic: "us-venezuela", limit: 50 }),
  "occurrences of a time": () =>
    listOccurrences(db, { happenedFrom: "2022-01-01", happenedTo: "2022-01-31", limit: 50 }),
});

const statuses = (db: Reader): Asked =>
  Object.fromEntries(
    ["2018-06-30", "2021-12-31", "2025-01-01"].map((asOf) => [
      asOf,
      () => caseStatus(db, { topic: six, asOf, today: new Date() }),
    ]),
  );

/** What pages show beside: sums over all there is. */
const pages = (db: Reader): Asked => ({
  "how much the ledger holds": () => ledgerSummary(db),
  "a case, month by month": () => volume(db, { topic: "citgo-6" }),
  "a large topic, month by month": () => volume(db, { topic: "us-venezuela" }),
  "a large topic, as of a day": () => volume(db, { topic: "us-venezuela", asOf: "2021-12-31" }),
  "someone of the case": () => entity(db, { id: "gustavo-cardenas" }),
  "someone in every article": () => entity(db, { id: "tomeu-vadell" }),
  "someone in every article, as of a day": () =>
    entity(db, { id: "tomeu-vadell", asOf: "2021-12-31" }),
  "what changed last": () => storyFeed(db, { topic: "citgo-6", limit: 20 }),
  "what changed last in a large topic": () => storyFeed(db, { topic: "us-venezuela", limit: 20 }),
});

interface Times {
  all: number[];
  /** 95 % of the answers to the question that is answered slowest come within this. */
  slowest: { name: string; p95: number };
}

async function timesOf(asked: Asked, runs: number): Promise<Times> {
  const times: Times = { all: [], slowest: { name: "none", p95: 0 } };
  for (const [name, ask] of Object.entries(asked)) {
    const took: number[] = [];
    for (let run = 0; run <= runs; run += 1) {
      const began = performance.now();
      await ask();
      if (run > 0) took.push(performance.now() - began); // the first reads from disk
    }
    const p95 = at(took, 0.95);
    if (values.each)
      console.log(`  ${at(took, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms: ${name}`);
    times.all.push(...took);
    if (p95 > times.slowest.p95) times.slowest = { name, p95 };
  }
  return times;
}

const at = (took: readonly number[], share: number): number =>
  took.toSorted((a, b) => a - b)[Math.floor(took.length * share)] ?? 0;

async function bench(): Promise<void> {
  await using ledger = await openBenchLedger(Number(values.articles), values.keep);
  const seconds = await build(ledger);
  console.log(`read models built in ${seconds.toFixed(1)} s`);
  const { db } = ledger;
  const kinds: [string, Asked, number][] = [
    ["search", searches(db), 50],
    ["timeline", timelines(db), 50],
    ["events, articles, occurrences", lists(db), 50],
    ["status as of a day", statuses(db), 100],
    ["pages", pages(db), 100],
  ];
  const rows: Row[] = [];
  for (const [kind, asked, target] of kinds) {
    const { all, slowest } = await timesOf(asked, Number(values.runs));
    const row = atMost(`${kind}, p95`, at(all, 0.95), target, " ms");
    const worst = `slowest: ${slowest.name}, ${slowest.p95.toFixed(1)} ms`;
    rows.push({ ...row, measured: `${row.measured} (${worst})` });
  }
  conclude(rows);
  console.log(`${values.articles} articles, ${ledger.events} events; ${machine()}`);
}

if (values.help) console.log(usage);
else await bench();
