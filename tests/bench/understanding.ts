// How fast articles are understood, beside compromise where it is installed: node tests/bench/understanding.ts
import { loadKnowledge, understand } from "@newsledger/extraction";
import { readPart } from "../score/labelled.ts";
import { perSecond, type Row, table } from "./report.ts";

const articles = [...readPart("dev"), ...readPart("held-out")];
const english = articles.filter(({ language }) => language === "en");
const countOf = (text: string): number => text.split(/\s+/).length;

/** Words a second of processor time over all articles, the best of a few rounds: others share the machine. */
function wordsPerSecond(
  of: typeof articles,
  read: (text: string, published: string) => void,
): number {
  const words = of.reduce((sum, { text }) => sum + countOf(text), 0);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 12; round++) {
    const start = process.cpuUsage();
    for (const { text, published } of of) read(text, published);
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return words / (best / 1000);
}

const knowledge = loadKnowledge();
const ours = (text: string, publishedAt: string) => {
  understand({ title: "", text, publishedAt, url: null, source: "" }, knowledge);
};
const all = wordsPerSecond(articles, ours);
const rows: Row[] = [
  {
    measure: "words understood, English and Spanish",
    measured: perSecond(all),
    target: "≥ 30,000/s",
    reached: all >= 30_000,
  },
];
type Compromise = (
  text: string,
) => Record<"people" | "places" | "organizations", () => { out(form: "array"): string[] }>;
const name = "compromise";
const compromise = await import(name).then(
  (module: { default: Compromise }) => module.default,
  () => null,
);
if (compromise) {
  const theirs = wordsPerSecond(english, (text) => {
    const read = compromise(text);
    for (const view of ["people", "places", "organizations"] as const) read[view]().out("array");
  });
  const own = wordsPerSecond(english, ours);
  rows.push({
    measure: "the same beside compromise, English",
    measured: `${(own / theirs).toFixed(2)}× of ${perSecond(theirs)}`,
    target: "≥ 0.8×",
    reached: own >= 0.8 * theirs,
  });
} else console.log("compromise is not installed: only our own speed is measured\n");
console.log(table(rows));
