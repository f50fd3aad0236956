import { randomUUID } from "node:crypto";
import { copyEvents, seal, verify } from "@newsledger/eventlog";
import { type Ours, openOurs } from "./ours.ts";
import { payload } from "./payload.ts";
import { orders } from "./reads.ts";
import { atLeast, atMost, perSecond, type Row } from "./report.ts";

const eventsAStream = 20; // of orders()
const asked = 200;
const correlated = 50;
const targetMs = 20;

/** What people do with a ledger, in one of many millions of events: none of it may depend on its size. */
export async function measureLarge(url: string, events: number): Promise<Row[]> {
  await using ours = await openOurs(url, { hash: true });
  const imported = await timed(() => copyEvents(ours.pool, orders(events)));
  console.log(`imported ${events.toLocaleString("en")} events, ${perSecond(events / imported)}`);
  await ours.pool.query("analyze newsledger.events");
  const rows = await measureQueries(ours, events);
  const sealed = await timed(() => seal(ours.pool));
  const verified = await timed(async () => {
    const { problems, unsealed } = await verify(ours.pool);
    if (problems.length > 0 || unsealed > 0) throw new Error(`verify: ${problems.join("; ")}`);
  });
  const size = events.toLocaleString("en");
  return [
    ...rows,
    speedOf(`seal ${size} events`, events / sealed),
    speedOf(`verify ${size} events`, events / verified),
  ];
}

const speedOf = (name: string, speed: number): Row => ({
  ...atLeast(name, speed, 20_000),
  measured: perSecond(speed),
  target: "≥ 20,000/s",
});

async function measureQueries(ours: Ours, events: number): Promise<Row[]> {
  const { log } = ours;
  const streams = Math.floor(events / eventsAStream);
  const stream = () => `order-${Math.floor(Math.random() * streams)}`;
  const place = () => BigInt(Math.floor(Math.random() * events));
  const correlations = Array.from({ length: correlated }, () => randomUUID());
  for (const correlationId of correlations) {
    const { type, data } = payload(1);
    await log.append(stream(), [{ type, schemaVersion: 1, data }], { correlationId });
  }
  const halfway = new Date(Date.now() - 1_000);
  const queries: Record<string, (n: number) => Promise<unknown>> = {
    "append one event": (n) => ours.append(n % 8, 1),
    "read a stream": () => Array.fromAsync(log.readStream(stream())),
    "read a stream as of a moment": () =>
      Array.fromAsync(log.readStream(stream(), { recordedUntil: halfway })),
    "100 events from anywhere": () => Array.fromAsync(log.read({ after: place(), limit: 100 })),
    "the latest 100 of a type": () =>
      Array.fromAsync(log.read({ types: ["order.paid"], direction: "backward", limit: 100 })),
    "100 of a type from anywhere": () =>
      Array.fromAsync(log.read({ types: ["order.paid"], after: place(), limit: 100 })),
    "the events of a correlation": (n) =>
      Array.fromAsync(log.read({ correlationId: correlations[n % correlated] ?? "" })),
    "safe position": () => log.safePosition(),
  };
  const rows: Row[] = [];
  for (const [name, query] of Object.entries(queries)) {
    const times: number[] = [];
    for (let n = 0; n < asked; n++) times.push((await timed(() => query(n))) * 1_000);
    const p95 = times.toSorted((a, b) => a - b)[Math.floor(asked * 0.95)] ?? Number.NaN;
    rows.push(atMost(`${name}, p95, among ${events.toLocaleString("en")}`, p95, targetMs, " ms"));
  }
  return rows;
}

/** In seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
