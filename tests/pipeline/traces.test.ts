import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { Installation, until } from "../harness/newsledger.ts";
import { Newspaper } from "../harness/press.ts";
import { Sink } from "../harness/sink.ts";
import { envoyVisit } from "./envoy-visit.ts";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

let paper: Newspaper;
let receiver: Sink;
let collector: Sink;
let database: TestDatabase;
let reading: Installation;
let telling: Installation;
let spans: Span[];

/** What the collector has been told so far. */
const told = (): Span[] =>
  collector.received.flatMap(({ body }) => {
    const sent = JSON.parse(body) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    return sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans));
  });

beforeAll(async () => {
  paper = await Newspaper.open("The Harbour Gazette");
  receiver = await Sink.open();
  collector = await Sink.open();
  database = await createTestDatabase([]);
  paper.publish(envoyVisit.headline, envoyVisit.paragraphs);
  const env = {
    DATABASE_URL: database.url,
    NEWSLEDGER_SECRET_KEY: "a key that both of them know",
    NEWSLEDGER_ALLOW_HOSTS: `${paper.host},${receiver.host}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin,
  };
  reading = await Installation.create(env);
  telling = await Installation.create(env);
  await reading.up("--only", "poller,extractor");
  await telling.up("--only", "alerts,api");
  await telling.ask("webhooks", "add", `${receiver.origin}/hook`);
  await telling.ask("feeds", "add", paper.feedUrl);
  spans = await until(
    async () => told(),
    (some) => some.some(({ name }) => name === "delivery attempt"),
    { seconds: 60 },
  );
  await reading.stop();
  await telling.stop();
  spans = told(); // what they still had to tell
}, 120_000);

afterAll(async () => {
  for (const one of [reading, telling, database, collector, receiver, paper])
    await one?.[Symbol.asyncDispose]();
});

const named = (name: string): Span => {
  const found = spans.filter((span) => span.name === name);
  expect(found, name).toHaveLength(1);
  return found[0] as Span;
};

test("an item's way from the feed to the delivery is one trace, though two processes went it", () => {
  const names = [
    ...["poll", "item.seen", "item.matched", "read page", "understand", "article.understood"],
    ...["story.opened", "alert.raised", "delivery.succeeded", "delivery attempt"],
  ];
  const traces = new Set(names.map((name) => named(name).traceId));
  expect(traces.size).toBe(1);
  expect([...traces][0]).toMatch(/^[0-9a-f]{32}$/);
});

test("each step hangs on the one that brought it about", () => {
  const parents = {
    "item.seen": "poll",
    "item.matched": "item.seen",
    "read page": "item.seen",
    understand: "item.seen",
    "article.understood": "item.seen",
    "story.opened": "article.understood",
    "alert.raised": "story.opened",
    "delivery.succeeded": "alert.raised",
    "delivery attempt": "delivery.succeeded",
  };
  for (const [child, parent] of Object.entries(parents))
    expect([child, named(child).parentSpanId]).toEqual([child, named(parent).spanId]);
  expect(named("poll").parentSpanId ?? "").toBe("");
});

test("steps take time: from what brought them about to their own end", () => {
  for (const name of ["poll", "read page", "article.understood", "delivery.succeeded"]) {
    const { startTimeUnixNano: from, endTimeUnixNano: to } = named(name);
    expect(BigInt(to) > BigInt(from), name).toBe(true);
  }
});

test("whoever asks for no traces again leaves no reader behind that seems to lag", async () => {
  const readers = async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      "select name from newsledger.checkpoints where name = 'traces'",
    );
    return rows.length;
  };
  expect(await readers()).toBe(1);
  const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...env } = reading.env;
  await using quiet = await Installation.create(env);
  await quiet.up("--only", "extractor");
  expect(await readers()).toBe(0);
});
