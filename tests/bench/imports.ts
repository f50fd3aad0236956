import { randomUUID } from "node:crypto";
import { copyEvents, type StreamedEvent } from "@newsledger/eventlog";
import { copyIn } from "@newsledger/eventlog/copy-in";
import type pg from "pg";
import type { Pace } from "./appends.ts";
import { payload } from "./payload.ts";
import { atLeast, perSecond, type Row } from "./report.ts";
import { interleave, ratio, type Slice, speed } from "./slices.ts";

const batch = 15_000;
const eventsAStream = 50;

/** The nth batch: whole streams, told apart by a new name each time. */
function nextBatch(): StreamedEvent[] {
  const serial = randomUUID();
  return Array.from({ length: batch }, (_, n) => {
    const { type, data, meta } = payload(n);
    const stream = `import-${serial}-${Math.floor(n / eventsAStream)}`;
    return { stream, type, schemaVersion: 1, data: { ...data, meta } };
  });
}

/** Both begin with the same objects, and end with committed rows. */
export async function measureImport(
  floor: pg.Pool,
  ours: pg.Pool,
  { rounds }: Pace,
): Promise<Row[]> {
  const once = async (work: (events: StreamedEvent[]) => Promise<unknown>): Promise<Slice> => {
    const events = nextBatch();
    const start = performance.now();
    await work(events);
    return { perSecond: (batch / (performance.now() - start)) * 1_000, milliseconds: [] };
  };
  const found = await interleave(
    {
      floor: () => once((events) => rawCopy(floor, events)),
      ours: () => once((events) => copyEvents(ours, events)),
    },
    2 * rounds,
  );
  const speeds = `${perSecond(speed(found.ours))} to ${perSecond(speed(found.floor))}`;
  return [atLeast("COPY import: of a raw COPY", ratio(found.ours, found.floor), 0.8, speeds)];
}

async function rawCopy(pool: pg.Pool, events: readonly StreamedEvent[]): Promise<void> {
  const columns = "stream_id, version, event_id, type, schema_version, correlation_id, data";
  const client = await pool.connect();
  try {
    await copyIn(client, `copy events (${columns}) from stdin`, lines(events));
  } finally {
    client.release();
  }
}

function* lines(events: readonly StreamedEvent[]): Generator<Buffer> {
  let chunk = "";
  for (const [n, { stream, type, schemaVersion, data }] of events.entries()) {
    const json = JSON.stringify(data).replaceAll("\\", "\\\\");
    const version = (n % eventsAStream) + 1;
    chunk += `${stream}\t${version}\t${randomUUID()}\t${type}\t${schemaVersion}\t\\N\t${json}\n`;
    if (chunk.length < 64 * 1024) continue;
    yield Buffer.from(chunk);
    chunk = "";
  }
  yield Buffer.from(chunk);
}
