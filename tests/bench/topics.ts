// How fast items are matched, and a topic is replayed over a million of them: node tests/bench/topics.ts
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { loadTopics, matchTopics, parseTopic, type Topic } from "@newsledger/extraction";
import { perSecond, type Row, table } from "./report.ts";

const words =
  "court storm harbour minister oil judge prison envoy embassy tariff refinery vote senate coast mayor strike union bridge school river border pipeline festival museum hospital market farmer drought parliament police network satellite orchestra stadium"
    .split(" ")
    .flatMap((stem) =>
      ["", "s", "less", "yard", "keeper", "house", "ward", "craft"].map((end) => stem + end),
    );

/** Items as feeds give them: a title and a summary, some of them about Venezuela. */
function item(number: number): { title: string; summary: string } {
  let seed = number + 1;
  const pick = (): string => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return words[(seed >>> 8) % words.length] ?? "";
  };
  const place = number % 40 === 0 ? "Venezuela" : pick();
  const who = number % 10 === 0 ? `person${number % 1000}` : pick();
  return {
    title: `The ${who} of ${place} and a ${pick()} after the ${pick()} said no`,
    summary: `In the ${pick()} of the ${pick()} two people spoke about the ${pick()} on Tuesday, and the ${pick()} did not answer the ${pick()} before the evening came to the ${place} ${pick()}.`,
  };
}

const word = (number: number): string => words[number % words.length] ?? "";

/** Words joined by AND, OR, NOT and NEAR, the same few hundred in all topics: nothing in them is rare. */
const joined = (number: number): string =>
  [
    `person${number} OR (${word(number)} AND "${word(number * 5 + 1)} of ${word(number * 3)}")`,
    `NEAR/6(${word(number)}, ${word(number * 7 + 2)}*, name${number} OR ${word(number * 11 + 3)}) AND NOT title:regatta`,
    `(${word(number)} OR ${word(number * 5)}) AND title:${word(number * 13 + 1)} AND summary:"place ${number}"`,
  ][number % 3] ?? "";

const listed = (number: number): string => `
terms:
  first: [${word(number)} ${number}, person${number}, "name of ${number}", surname${number}*]
  second: [place${number}, ${word(number * 7)}]
rules: [{ rule: both, all: [first, second], tier: alert }]`;

const asked = (number: number): string => `
rules: [{ rule: asked, when: '${joined(number)}', tier: alert }]
must not: [regatta, "${word(number)} league"]`;

function topics(count: number, rulesOf: (number: number) => string): Topic[] {
  return Array.from({ length: count }, (_, number) =>
    parseTopic(
      `
id: bench-${number}
version: 1
title: { en: Bench, es: Banco }
about: { en: Bench, es: Banco }
subjects: []
hints: [hint${number}, Caracas]${rulesOf(number)}
`,
      `bench-${number}`,
    ),
  );
}

interface Speed {
  /** Items in a second of processor time: other programs on the machine do not count. */
  readonly itemsPerSecond: number;
  readonly matches: number;
}

function speed(all: readonly Topic[], items: number): Speed {
  const warm = Math.min(2000, items);
  for (let number = 0; number < warm; number++) matchTopics(all, item(number));
  const start = process.cpuUsage();
  let matches = 0;
  for (let number = 0; number < items; number++)
    matches += matchTopics(all, item(number)).matches.length;
  const { user, system } = process.cpuUsage(start);
  return { itemsPerSecond: items / ((user + system) / 1e6), matches };
}

const speedRow = (name: string, { itemsPerSecond, matches }: Speed): Row => ({
  measure: `items matched against 1,000 topics ${name} (${matches.toLocaleString("en")} matches)`,
  measured: perSecond(itemsPerSecond),
  target: "≥ 10,000/s",
  reached: itemsPerSecond >= 10_000,
});

if (isMainThread) {
  const million = 1_000_000;
  const cores = Math.min(2, availableParallelism());
  const lists = speed(topics(1000, listed), 40_000);
  const expressions = speed(topics(1000, asked), 40_000);
  const start = performance.now();
  await Promise.all(
    Array.from(
      { length: cores },
      () =>
        new Promise<void>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), {
            workerData: { items: million / cores },
          });
          worker.once("message", () => resolve());
          worker.once("error", reject);
        }),
    ),
  );
  const seconds = (performance.now() - start) / 1000;
  const rows: Row[] = [
    speedRow("of lists", lists),
    speedRow("of expressions", expressions),
    {
      measure: `a topic over 1,000,000 items on ${cores} cores`,
      measured: `${seconds.toFixed(0)} s`,
      target: "< 180 s",
      reached: seconds < 180,
    },
  ];
  console.log(table(rows));
} else {
  const { items } = workerData as { items: number };
  const [topic] = loadTopics();
  for (let number = 0; number < items && topic; number++) matchTopics([topic], item(number));
  parentPort?.postMessage("done");
}
