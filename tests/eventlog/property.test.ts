import type { AppendRequest, AppendResult, EventLog } from "@newsledger/eventlog";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAnything, type TestLogOf } from "./open.ts";

let t: TestLogOf<Record<string, unknown>>;
beforeAll(async () => {
  t = await openAnything();
});
afterAll(() => t[Symbol.asyncDispose]());

/** A name of our own for each run of a property, so that runs do not meet. */
let runs = 0;
const fresh = (): string => `run-${++runs}`;

// What Postgres refuses is refused before: see valid-text.test.ts.
const text = fc
  .string({ unit: "binary" })
  .map((value) => value.replaceAll("\u0000", "").toWellFormed());
const json = fc.jsonValue({ stringUnit: "binary" }).map((value) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll("\\u0000", "")
      .replaceAll(/\\ud[89a-f]../g, "?"),
  ),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.maxSafeInteger(),
);
const data = fc.oneof(json, fc.array(number), fc.dictionary(text, fc.oneof(number, text, json)));
const moment = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const event = fc.record(
  {
    type: fc.stringMatching(/^[a-z]{1,8}(\.[a-z]{1,8})?$/),
    schemaVersion: fc.integer({ min: 1, max: 32_767 }),
    data,
    occurredAt: moment,
  },
  { requiredKeys: ["type", "schemaVersion", "data"] },
);

const sameJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("whatever JSON is appended comes back, and the database computes the same hash of it", async () => {
  const options = fc.record(
    { correlationId: fc.uuid(), causationId: fc.uuid(), key: text },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 8 }),
      options,
      text,
      async (events, { key, ...ids }, name) => {
        const run = fresh();
        const stream = `${run} ${name}`.slice(0, 800);
        const keyed = key === undefined ? {} : { key: `${run} ${key}` };
        await t.log.append(stream, events, { ...ids, ...keyed });
        const read = await Array.fromAsync(t.log.readStream(stream));
        expect(
          read.map(({ type, schemaVersion, data, occurredAt }) => [
            type,
            schemaVersion,
            data,
            occurredAt,
          ]),
        ).toEqual(
          events.map((one) => [
            one.type,
            one.schemaVersion,
            sameJson(one.data),
            one.occurredAt ?? null,
          ]),
        );
        expect(await unchained(stream)).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

/** Versions of the stream whose hash the database itself would compute otherwise. */
async function unchained(stream: string): Promise<unknown[]> {
  const { rows } = await t.pool.query(
    `with linked as (
       select e as event, lag(e.hash) over (order by e.version) as previous
       from newsledger.events e where stream_id = $1)
     select (event).version, (event).data::text from linked
     where (event).hash <> newsledger.event_hash(previous, event)`,
    [stream],
  );
  return rows;
}

interface Step {
  readonly stream: string;
  readonly size: number;
  readonly expected: "any" | "none" | "exists" | number;
  readonly key?: string | undefined;
}

const step: fc.Arbitrary<Step> = fc.record(
  {
    stream: fc.constantFrom("a", "b", "c"),
    size: fc.integer({ min: 1, max: 3 }),
    expected: fc.oneof(
      fc.constantFrom("any" as const, "none" as const, "exists" as const),
      fc.integer({ min: 0, max: 6 }),
    ),
    key: fc.constantFrom("k", "l", "m"),
  },
  { requiredKeys: ["stream", "size", "expected"] },
);

/** Single events without a key at versions that are named: they have a statement of their own. */
const plainStep: fc.Arbitrary<Step> = fc.record({
  stream: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  size: fc.constant(1),
  expected: fc.oneof(fc.constant("none" as const), fc.integer({ min: 0, max: 3 })),
});

const steps = fc.oneof(
  fc.array(step, { minLength: 1, maxLength: 12 }),
  fc.array(plainStep, { minLength: 1, maxLength: 24 }),
);

/** What the log promises, in a few lines of plain code. */
class Model {
  readonly versions = new Map<string, number>();
  readonly answers = new Map<string, { status: string; version: number }>();

  append({ stream, size, expected, key }: Step): { status: string; version: number } {
    const known = key === undefined ? undefined : this.answers.get(key);
    if (known) return { ...known, status: "duplicate" };
    const version = this.versions.get(stream) ?? 0;
    const fits =
      expected === "any" ||
      (expected === "none" && version === 0) ||
      (expected === "exists" && version > 0) ||
      expected === version;
    if (!fits) return { status: "conflict", version };
    const answer = { status: "appended", version: version + size };
    this.versions.set(stream, answer.version);
    if (key !== undefined) this.answers.set(key, answer);
    return answer;
  }
}

const request = (run: string, { stream, size, expected, key }: Step): AppendRequest => ({
  stream: `${run} ${stream}`,
  events: Array.from({ length: size }, (_, n) => ({
    type: "noted",
    schemaVersion: 1,
    data: { n },
  })),
  expected,
  ...(key === undefined ? {} : { key: `${run} ${key}` }),
});

type Way = (
  log: EventLog<Record<string, unknown>>,
  requests: readonly AppendRequest[],
) => Promise<AppendResult[]>;

const ways: Record<string, Way> = {
  "one after the other": async (log, requests) => {
    const results: AppendResult[] = [];
    for (const { stream, events, ...options } of requests)
      results.push(await log.append(stream, events, options));
    return results;
  },
  "all at once": (log, requests) =>
    Promise.all(requests.map(({ stream, events, ...rest }) => log.append(stream, events, rest))),
  "as one batch": (log, requests) => log.appendMany(requests),
  "in a transaction": (log, requests) =>
    t.db.transaction().execute((trx) => log.within(trx).appendMany(requests)),
};

test.each(Object.entries(ways))(
  "appends %s are answered as the model answers them",
  async (_, way) => {
    await fc.assert(
      fc.asyncProperty(steps, async (wanted) => {
        const run = fresh();
        const model = new Model();
        const answers = await way(
          t.log,
          wanted.map((one) => request(run, one)),
        );
        expect(answers.map(({ status, version }) => ({ status, version }))).toEqual(
          wanted.map((one) => model.append(one)),
        );
        for (const [stream, version] of model.versions) {
          const read = await Array.fromAsync(t.log.readStream(`${run} ${stream}`));
          expect(read.map((one) => one.version)).toEqual(
            Array.from({ length: version }, (_, i) => i + 1),
          );
          expect(await unchained(`${run} ${stream}`)).toEqual([]);
        }
      }),
      { numRuns: 120 },
    );
  },
);

test("any part of the log, read in any direction, is that part of the whole", async () => {
  const run = fresh();
  await t.log.appendMany(
    Array.from({ length: 60 }, (_, n) => ({
      stream: `${run} ${n % 7}`,
      events: [{ type: n % 3 ? "noted" : "counted", schemaVersion: 1, data: { n } }],
    })),
  );
  const all = await Array.fromAsync(t.log.read({ streamPrefix: run }));
  expect(all).toHaveLength(60);
  const edge = fc.constantFrom(...all.map(({ position }) => position));
  await fc.assert(
    fc.asyncProperty(
      fc.record(
        {
          after: edge,
          upTo: edge,
          limit: fc.integer({ min: 1, max: 70 }),
          types: fc.constantFrom<string[]>(["noted"], ["counted"], ["noted", "counted"]),
          direction: fc.constantFrom("forward" as const, "backward" as const),
        },
        { requiredKeys: [] },
      ),
      async (options) => {
        const { after = 0n, upTo = all.at(-1)?.position ?? 0n, limit = 1000 } = options;
        const wanted = all.filter(
          ({ position, type }) =>
            position > after && position <= upTo && (options.types?.includes(type) ?? true),
        );
        if (options.direction === "backward") wanted.reverse();
        const read = await Array.fromAsync(t.log.read({ streamPrefix: run, ...options }));
        expect(read).toEqual(wanted.slice(0, limit));
      },
    ),
    { numRuns: 100 },
  );
});
