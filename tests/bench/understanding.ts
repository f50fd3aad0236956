// How fast articles are understood, beside compromise in the same run: node tests/bench/understanding.ts
import { loadKnowledge, understand } from "@newsledger/extraction";
import compromise from "compromise";
import { readPart } from "../score/labelled.ts";
import { endless, endlessText } from "./endless.ts";
import { perSecond, type Row, table } from "./report.ts";

const articles = (["dev", "dev-more", "held-out", "fresh"] as const).flatMap(readPart);
const english = articles.filter(({ language }) => language === "en");
const countOf = (text: string): number => text.split(/\s+/).length;

const rounds = 12;

type Read = (text: string, published: string) => void;

/** Words a second of processor time over all articles, for each reader the best of a few rounds taken in turn: others share the machine. */
function wordsPerSecond(of: typeof articles, readers: readonly Read[]): number[] {
  const words = of.reduce((sum, { text }) => sum + countOf(text), 0);
  const best = readers.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++)
    for (const [index, read] of readers.entries()) {
      const start = process.cpuUsage();
      for (const { text, published } of of) read(text, published);
      const { user, system } = process.cpuUsage(start);
      best[index] = Math.min(best[index] ?? 0, (user + system) / 1000);
    }
  return best.map((milliseconds) => words / (milliseconds / 1000));
}

const knowledge = loadKnowledge();
const ours: Read = (text, publishedAt) => {
  understand({ title: "", text, publishedAt, url: null, source: "" }, knowledge);
};
/** What compromise finds of the same: persons, places and bodies, English only. */
const theirs: Read = (text) => {
  const read = compromise(text);
  for (const view of [read.people(), read.places(), read.organizations()]) view.out("array");
};

/** Milliseconds of processor time, the best of a few. */
function costOf(text: string): number {
  const times = Array.from({ length: 4 }, () => {
    const start = process.cpuUsage();
    ours(text, "2026-03-02T12:00:00Z");
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

/** How many times more four times the text costs, of the kind where that is most; 16 where the cost is quadratic. */
function growth(): Row {
  const kinds = endless.map((kind) => {
    const whole = costOf(endlessText(kind, 120_000));
    return { kind, whole, times: whole / costOf(endlessText(kind, 30_000)) };
  });
  const worst = kinds.reduce((a, b) => (b.times > a.times ? b : a));
  const dearest = kinds.reduce((a, b) => (b.whole > a.whole ? b : a));
  return {
    measure: `120,000 characters beside 30,000, ${kinds.length} kinds of endless text`,
    measured: `≤ ${worst.times.toFixed(1)}× (${worst.kind}); at most ${dearest.whole.toFixed(0)} ms (${dearest.kind})`,
    target: "≤ 8×",
    reached: worst.times <= 8,
  };
}

const [all = 0] = wordsPerSecond(articles, [ours]);
const [own = 0, other = 0] = wordsPerSecond(english, [ours, theirs]);
const rows: Row[] = [
  {
    measure: "words understood, English and Spanish",
    measured: perSecond(all),
    target: "≥ 30,000/s",
    reached: all >= 30_000,
  },
  {
    measure: "the same beside compromise, English",
    measured: `${(own / other).toFixed(2)}× of ${perSecond(other)}`,
    target: "≥ 0.8×",
    reached: own >= 0.8 * other,
  },
  growth(),
];
console.log(table(rows));
