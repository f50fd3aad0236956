import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { copyEvents, type EventLog } from "@newsledger/eventlog";
import type pg from "pg";
import type { Pace } from "./appends.ts";
import type { Emmett } from "./emmett.ts";
import type { Orders, Ours } from "./ours.ts";
import { payload } from "./payload.ts";
import { atLeast, atMost, ms, perSecond, type Row } from "./report.ts";
import { interleave, median, ratio, type Slice, speed } from "./slices.ts";

/** So many events are read. */
export const stored = 100_000;
const page = 1_000;
const firstMs = 2_000;

/** Catching up with a hundred thousand events: through the log, and with a plain keyset SELECT over the same table. */
export async function measureReads(
  { log, pool }: Ours,
  emmett: Emmett,
  { rounds }: Pace,
): Promise<Row[]> {
  await copyEvents(pool, orders(stored));
  await pool.query("vacuum analyze newsledger.events");
  const found = await interleave(
    {
      keyset: () => timed(() => keyset(pool)),
      log: () => timed(() => count(log)),
      subscription: () => timed(() => subscribe(log)),
    },
    rounds,
  );
  const plain = perSecond(speed(found.keyset));
  const handled = perSecond(speed(found.subscription));
  const defaults = await emmettSubscription(emmett, {});
  const tuned = await emmettSubscription(emmett, { batchSize: 1_000, pullingFrequencyInMs: 1 });
  const name = "subscription, checkpoint in its transaction";
  return [
    atLeast(
      "catch-up read: of a raw keyset SELECT",
      ratio(found.log, found.keyset),
      0.9,
      `${perSecond(speed(found.log))} to ${plain}`,
    ),
    atLeast(
      `${name}: of a raw keyset SELECT`,
      ratio(found.subscription, found.keyset),
      0.6,
      `${handled} to ${plain}`,
    ),
    atLeast(`${name}: of emmett`, speed(found.subscription) / defaults, 50, perSecond(defaults)),
    atLeast(`${name}: of emmett, tuned`, speed(found.subscription) / tuned, 2.5, perSecond(tuned)),
  ];
}

export function* orders(events: number) {
  for (let n = 0; n < events; n++) {
    const { type, data, meta } = payload(n);
    const stream = `order-${Math.floor(n / 20)}`;
    yield { stream, type, schemaVersion: 1, data: { ...data, meta } };
  }
}

async function timed(work: () => Promise<number>): Promise<Slice> {
  const start = performance.now();
  const events = await work();
  return { perSecond: (events / (performance.now() - start)) * 1_000, milliseconds: [] };
}

async function keyset(pool: pg.Pool): Promise<number> {
  let events = 0;
  for (let after = "0"; ; ) {
    const { rows } = await pool.query<{ global_position: string }>({
      name: "keyset",
      text: `select global_position, recorded_at, stream_id, version, event_id, type, schema_version, correlation_id,
               causation_id, occurred_at, data
             from newsledger.events where global_position > $1 order by global_position limit $2`,
      values: [after, page],
    });
    events += rows.length;
    const last = rows.at(-1);
    if (!last) return events;
    after = last.global_position;
  }
}

async function count(log: EventLog<Orders>): Promise<number> {
  let events = 0;
  for await (const _ of log.read()) events++;
  return events;
}

async function subscribe(log: EventLog<Orders>): Promise<number> {
  let events = 0;
  await using subscription = log.subscribe({
    name: `bench-${randomUUID()}`,
    batchSize: page,
    async handle(batch) {
      events += batch.length;
      return undefined;
    },
  });
  await subscription.caughtUp();
  return events;
}

/** Events a second in its first seconds: it would take too long to let it finish. */
async function emmettSubscription(
  { store }: Emmett,
  pulling: { batchSize?: number; pullingFrequencyInMs?: number },
): Promise<number> {
  let events = 0;
  const consumer = store.consumer({ pulling });
  consumer.reactor({
    processorId: `bench-${randomUUID()}`,
    startFrom: "BEGINNING",
    eachMessage: () => {
      events++;
    },
  });
  const start = performance.now();
  const running = consumer.start();
  await pause(firstMs);
  const speed = (events / (performance.now() - start)) * 1_000;
  await consumer.close();
  await running.catch(() => {}); // it is told to stop in the middle
  return speed;
}

/** From the call of append to the handler, one event at a time. */
export async function measureLatency({ log }: Ours): Promise<Row[]> {
  const delays: number[] = [];
  await using _ = log.subscribe({
    name: `latency-${randomUUID()}`,
    from: "now",
    async handle(events) {
      for (const { data } of events) {
        const { sent } = data as { sent?: number };
        if (sent !== undefined) delays.push(performance.now() - sent);
      }
      return undefined;
    },
  });
  await pause(200);
  for (let n = 0; n < 150; n++) {
    const data = { ...payload(n).data, meta: {}, sent: performance.now() };
    void log.append(`latency-${n}`, [{ type: "order.placed", schemaVersion: 1, data }]);
    await pause(20);
  }
  await pause(200);
  const p95 = delays.toSorted((a, b) => a - b)[Math.floor(delays.length * 0.95)] ?? Number.NaN;
  const row = atMost("append to handler, p50", median(delays), 10, " ms");
  return [{ ...row, measured: `${row.measured} (p95 ${ms(p95)}, ${delays.length} events)` }];
}
