import { copyEvents, InvalidText, type StreamedEvent } from "@newsledger/eventlog";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAnything, type TestLogOf } from "./open.ts";

let t: TestLogOf<Record<string, unknown>>;
beforeAll(async () => {
  t = await openAnything();
});
afterAll(() => t[Symbol.asyncDispose]());

const noted = (stream: string, data: unknown): StreamedEvent => ({
  stream,
  type: "noted",
  schemaVersion: 1,
  data,
});

/** Events whose hash the database itself would compute otherwise, and streams that end elsewhere. */
async function broken(): Promise<unknown[]> {
  const { rows } = await t.pool.query(
    `with linked as (
       select e as event, lag(e.hash) over (partition by e.stream_id order by e.version) as previous
       from newsledger.events e)
     select (event).stream_id, (event).version, (event).data::text from linked
     where (event).hash <> newsledger.event_hash(previous, event)
     union all
     select s.stream_id, s.version, 'tip' from newsledger.streams s
     where s.last_hash is distinct from
       (select e.hash from newsledger.events e where e.stream_id = s.stream_id and e.version = s.version)`,
  );
  return rows;
}

test("events that are copied go to the ends of their streams, in order, and into the chain", async () => {
  await t.log.append("a", [{ type: "noted", schemaVersion: 1, data: "first" }]);
  const occurredAt = new Date("1969-07-20T20:17:40.123Z");
  const [id, correlationId, causationId] = [1, 2, 3].map(() => crypto.randomUUID());
  const copied = await copyEvents(t.pool, [
    noted("b", { n: 1 }),
    { ...noted("a", "ñ 😀"), occurredAt, id, correlationId, causationId } as StreamedEvent,
    noted("b", [2]),
    noted("a", null),
  ]);
  expect(copied).toBe(4);
  await t.log.append("a", [{ type: "noted", schemaVersion: 1, data: "last" }], { expected: 3 });
  const all = await Array.fromAsync(t.log.read());
  expect(all.map(({ stream, version, data }) => [stream, version, data])).toEqual([
    ["a", 1, "first"],
    ["b", 1, { n: 1 }],
    ["a", 2, "ñ 😀"],
    ["b", 2, [2]],
    ["a", 3, null],
    ["a", 4, "last"],
  ]);
  expect(all[2]).toMatchObject({ id, correlationId, causationId, occurredAt });
  expect(await broken()).toEqual([]);
});

test("thousands of events come in several commits, and each is told", async () => {
  const commits: number[] = [];
  const events = Array.from({ length: 11_000 }, (_, n) => noted(`many-${n % 100}`, { n }));
  await copyEvents(t.pool, events, { onCommit: (soFar) => commits.push(soFar) });
  expect(commits).toEqual([5_000, 10_000, 11_000]);
  const read = await Array.fromAsync(t.log.read({ streamPrefix: "many-" }));
  expect(read.map(({ data }) => data)).toEqual(events.map(({ data }) => data));
  expect(await broken()).toEqual([]);
});

test("an event that cannot be kept ends it, and nothing of its commit stays", async () => {
  const poisoned = [noted("poison", 1), noted("poison", "a\u0000")];
  await expect(copyEvents(t.pool, poisoned)).rejects.toThrow(InvalidText);
  await expect(copyEvents(t.pool, [{ ...noted("poison", 1), type: "" }])).rejects.toThrow("type");
  expect(await Array.fromAsync(t.log.readStream("poison"))).toEqual([]);
  expect(await copyEvents(t.pool, [noted("poison", 2)])).toBe(1);
});

test("what Postgres refuses is told as it tells it, and the pool goes on", async () => {
  const before = new Date(-8.64e15); // a year that Postgres does not know
  await expect(
    copyEvents(t.pool, [{ ...noted("refused", 1), occurredAt: before }]),
  ).rejects.toThrow("timestamp out of range");
  expect(await copyEvents(t.pool, [noted("refused", 2)])).toBe(1);
});

test("the database computes the same hash of whatever JSON is copied", async () => {
  const json = fc.jsonValue({ stringUnit: "binary" }).map((value) =>
    JSON.parse(
      JSON.stringify(value)
        .replaceAll("\\u0000", "")
        .replaceAll(/\\ud[89a-f]../g, "?"),
    ),
  );
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(json, number, fc.dictionary(fc.string(), number)), {
        minLength: 1,
        maxLength: 50,
      }),
      async (values) => {
        const stream = `json-${crypto.randomUUID()}`;
        await copyEvents(
          t.pool,
          values.map((value) => noted(stream, value)),
        );
        const read = await Array.fromAsync(t.log.readStream(stream));
        expect(read.map(({ data }) => data)).toEqual(
          values.map((value) => JSON.parse(JSON.stringify(value))),
        );
      },
    ),
    { numRuns: 100 },
  );
  expect(await broken()).toEqual([]);
});
