// How fast items are matched, and a topic is replayed over a million of them: node tests/bench/topics.ts
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { loadTopics, matchTopics, parseTopic, type Topic } from "@newsledger/extraction";
import { perSecond, type Row, table } from "./report.ts";

const words =
  "court storm harbour minister oil judge prison envoy embassy tariff refinery vote senate coast mayor strike union bridge school river border pipeline festival museum hospital market farmer drought parliament police network satellite orchestra stadium".split(
    " ",
  );

/** Items as feeds give them: a title and a summary, some of them about Venezuela. */
function item(number: number): { title: string; summary: string } {
  const pick = (step: number): string =>
    words[(number * 31 + step * 17 + (number >> 3)) % words.length] ?? "";
  const place = number % 40 === 0 ? "Venezuela" : pick(9);
  return {
    title: `The ${pick(1)} of ${place} and a ${pick(2)} after the ${pick(3)} said no`,
    summary: `In the ${pick(4)} of the ${pick(5)} two people spoke about the ${pick(6)} on Tuesday, and the ${pick(7)} did not answer the ${pick(8)} before the evening came to the ${place} ${pick(10)}.`,
  };
}

function topics(count: number): Topic[] {
  return Array.from({ length: count }, (_, number) =>
    parseTopic(
      `
id: bench-${number}
version: 1
title: { en: Bench, es: Banco }
about: { en: Bench, es: Banco }
subjects: []
terms:
  first: [${words[number % words.length]} ${number}, person${number}, "name of ${number}", surname${number}*]
  second: [place${number}, ${words[(number * 7) % words.length]}]
rules: [{ rule: both, all: [first, second], tier: alert }]
hints: [hint${number}]
`,
      `bench-${number}`,
    ),
  );
}

function speed(all: readonly Topic[], items: number): number {
  const warm = Math.min(2000, items);
  for (let number = 0; number < warm; number++) matchTopics(all, item(number));
  const start = performance.now();
  for (let number = 0; number < items; number++) matchTopics(all, item(number));
  return items / ((performance.now() - start) / 1000);
}

if (isMainThread) {
  const million = 1_000_000;
  const cores = Math.min(2, availableParallelism());
  const thousand = speed(topics(1000), 40_000);
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
    {
      measure: "items matched against 1,000 topics",
      measured: perSecond(thousand),
      target: "≥ 10,000/s",
      reached: thousand >= 10_000,
    },
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
