import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Installation, until } from "../harness/newsledger.ts";
import { Newspaper } from "../harness/press.ts";
import { Sink } from "../harness/sink.ts";
import { envoyVisit } from "./envoy-visit.ts";

interface LedgerEvent {
  position: string;
  type: string;
  id: string;
  data: Record<string, unknown>;
}

let paper: Newspaper;
let sink: Sink;
let newsledger: Installation;
let events: LedgerEvent[];
let secret: string;

beforeAll(async () => {
  paper = await Newspaper.open("The Harbour Gazette");
  sink = await Sink.open();
  paper.publish(envoyVisit.headline, envoyVisit.paragraphs);
  newsledger = await Installation.create({ NEWSLEDGER_ALLOW_HOSTS: `${paper.host},${sink.host}` });
  await newsledger.up();
  const [webhook] = await newsledger.rows<{ secret: string }>(
    "webhooks",
    "add",
    `${sink.origin}/hook`,
  );
  secret = webhook?.secret ?? "";
  await newsledger.ask(
    "subscribers",
    "add",
    "family@example.org",
    "--topic",
    "citgo-6",
    "--topic",
    "us-venezuela",
  );
  await newsledger.ask("feeds", "add", paper.feedUrl);
  await until(
    () => newsledger.rows<{ type: string }>("events"),
    (rows) => rows.some(({ type }) => type === "delivery.succeeded"),
    { seconds: 60, everyMs: 500 },
  );
  events = (await newsledger.rows<LedgerEvent>("export")).toSorted(
    (a, b) => Number(a.position) - Number(b.position),
  );
}, 120_000);

afterAll(async () => {
  await newsledger?.[Symbol.asyncDispose]();
  await sink?.[Symbol.asyncDispose]();
  await paper?.[Symbol.asyncDispose]();
});

const one = (type: string): LedgerEvent => {
  const found = events.filter((event) => event.type === type);
  expect(found, type).toHaveLength(1);
  return found[0] as LedgerEvent;
};

test("an item goes from seen through matched and understood to a story, in that order, each once", () => {
  const chain = [
    "item.seen",
    "item.matched",
    "article.understood",
    "story.opened",
    "alert.raised",
    "delivery.succeeded",
  ];
  const positions = chain.map((type) => Number(one(type).position));
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
});

test("both topics match, each with its reasons", () => {
  const matches = events
    .filter(({ type }) => type === "item.matched")
    .flatMap(
      ({ data }) =>
        data.matches as { topicId: string; reasons: { rule: string; matched: string }[] }[],
    );
  expect(matches.map(({ topicId }) => topicId).toSorted()).toEqual(["citgo-6", "us-venezuela"]);
  for (const { reasons } of matches) expect(reasons[0]?.matched).toBeTruthy();
});

test("the article yields every person, organisation, place and date once, under its canonical name", () => {
  const { understanding } = one("article.understood").data as {
    understanding: { entities: { type: string; name: string }[]; dates: { iso: string }[] };
  };
  const named = (type: string) =>
    understanding.entities
      .filter((entity) => entity.type === type)
      .map(({ name }) => name)
      .toSorted();
  expect(named("person")).toEqual([...envoyVisit.persons]);
  expect(named("organisation")).toEqual([...envoyVisit.organisations]);
  expect(named("place")).toEqual([...envoyVisit.places]);
  expect(understanding.dates.map(({ iso }) => iso).toSorted()).toEqual([...envoyVisit.dates]);
});

test("one webhook arrives, signed so that the reference library accepts it", () => {
  expect(sink.received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: "" }] = sink.received;
  const payload = new Webhook(secret).verify(body, headers) as {
    type: string;
    data: Record<string, unknown>;
  };
  expect(payload.type).toBe("alert.raised");
  expect(JSON.stringify(payload.data)).toContain(envoyVisit.headline.path);
});

test("the digest has the story with its source and both dates, as text and as HTML", async () => {
  await newsledger.ask("digest", "send", "family@example.org");
  const mails = join(newsledger.directory, "data", "mail");
  const files = await until(
    () => readdir(mails).catch(() => [] as string[]),
    (names) => names.some((name) => name.endsWith(".eml")),
  );
  const mail = await readFile(join(mails, files[0] ?? ""), "utf8");
  expect(mail).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  expect(mail).toContain("text/plain");
  expect(mail).toContain("text/html");
  const decoded = mail.replaceAll(/=\r?\n/g, "");
  expect(decoded).toContain(envoyVisit.headline.path);
  expect(decoded).toContain("The Harbour Gazette");
});

test("status, timeline, search and events answer on the command line and over HTTP alike", async () => {
  const status = JSON.parse(
    await newsledger.ask("status", "citgo-6", "--json", "--as-of", "2021-12-31"),
  );
  expect(status.persons).toHaveLength(6);
  for (const person of status.persons) expect(person.status, person.name).not.toBe("unknown");

  const timeline = await newsledger.rows<{ title: string }>("timeline", "citgo-6");
  expect(timeline.map(({ title }) => title)).toEqual([envoyVisit.headline.title]);
  expect(await newsledger.rows("search", "helicoide")).toHaveLength(1);
  expect(await newsledger.rows("events", "--topic", "citgo-6", "--as-of", "2021-12-09")).toEqual(
    [],
  );

  const overHttp = await fetch(`${newsledger.origin}/v1/cases/citgo-6/timeline`);
  expect(overHttp.status).toBe(200);
  expect(JSON.stringify(await overHttp.json())).toContain(envoyVisit.headline.title);
  const pageAnswer = await fetch(`${newsledger.origin}/cases/citgo-6`);
  expect(await pageAnswer.text()).toContain("Tomeu Vadell");
});

test("a second instance on the same data directory says so and ends", async () => {
  const { code, stderr } = await newsledger.run("up");
  expect(code).toBe(1);
  expect(stderr).toMatch(/already running/i);
});

test("Ctrl-C stops it within ten seconds, and a second start goes on where it was", async () => {
  const before = performance.now();
  expect(await newsledger.stop("SIGINT")).toBe(0);
  expect(performance.now() - before).toBeLessThan(10_000);
  await newsledger.up();
  paper.publish(
    {
      title: "Weather stays warm on the coast",
      path: "/weather",
      publishedAt: "2021-12-11T08:00:00Z",
    },
    ["Nothing of note happened today."],
  );
  await newsledger.ask("feeds", "poll");
  const seen = await until(
    () => newsledger.rows("events", "--type", "item.seen"),
    (rows) => rows.length >= 2,
  );
  expect(seen).toHaveLength(2);
}, 60_000);
