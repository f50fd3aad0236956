import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";
import { Installation, until } from "../harness/newsledger.ts";
import { type Headline, Newspaper } from "../harness/press.ts";
import { redisMissing, startTestRedis, type TestRedis } from "../harness/redis.ts";
import { Sink } from "../harness/sink.ts";
import { envoyVisit } from "../pipeline/envoy-visit.ts";

const reader = "family@example.org";

const release: Headline = {
  title: "Two of the Citgo 6 freed and flown home from Caracas",
  path: "/two-freed",
  publishedAt: "2022-03-09T03:00:00Z",
};
const releaseText = [
  "CARACAS, March 8, 2022: Gustavo Cárdenas, one of the six Citgo executives jailed in Venezuela since 2017, was released on Tuesday and flown home to the United States.",
  "A lawyer of the family said that the five other oil executives remain in prison in Caracas.",
];
const hearing: Headline = {
  title: "Citgo 6: Tomeu Vadell taken back to prison from house arrest, lawyer says",
  path: "/vadell-back",
  publishedAt: "2022-03-12T03:00:00Z",
};
const hearingText = [
  "CARACAS, March 11, 2022: Tomeu Vadell, one of the six Citgo executives, was taken back to prison from house arrest on Friday, his lawyer said.",
  "Venezuelan intelligence agents came to the house in the morning. The US State Department demanded the release of all of the Citgo 6.",
];

let paper: Newspaper;
let sink: Sink;
let redis: TestRedis | null;
/** The machine that is lost, and the empty one that takes its place. */
let lost: Installation;
let fresh: Installation;
let backup: string;
let secret: string;
let before: string;

beforeAll(async () => {
  paper = await Newspaper.open("The Harbour Gazette");
  sink = await Sink.open();
  redis = redisMissing ? null : await startTestRedis();
  const env = {
    NEWSLEDGER_ALLOW_HOSTS: `${paper.host},${sink.host}`,
    NEWSLEDGER_QUEUE_RECONCILE_EVERY_SECONDS: "1",
    NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "1",
    NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: "1",
    NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: "2",
  };
  lost = await Installation.create(env);
  fresh = await Installation.create({ ...env, ...(redis ? { QUEUE_URL: redis.url } : {}) });
  backup = join(lost.directory, "night.backup");
  await live();
}, 240_000);

/** One story told by webhook and mail, one that the receiver did not take yet; then the backup, while it runs. */
async function live(): Promise<void> {
  await lost.up();
  const [webhook] = await lost.rows<{ secret: string }>("webhooks", "add", `${sink.origin}/hook`);
  secret = webhook?.secret ?? "";
  await lost.ask("subscribers", "add", reader, "--topic", "citgo-6");
  paper.publish(envoyVisit.headline, envoyVisit.paragraphs);
  await lost.ask("feeds", "add", paper.feedUrl);
  await until(
    async () => sink.received.length,
    (count) => count === 1,
    { seconds: 90 },
  );
  await lost.ask("digest", "send", reader);
  await until(
    () => mailsOf(lost),
    (names) => names.length === 1,
    { seconds: 60 },
  );
  sink.status = 500;
  paper.publish(release, releaseText);
  await until(
    async () => sink.received.length,
    (count) => count >= 2,
    { seconds: 90 },
  );
  await lost.ask("backup", backup);
  before = await lost.ask("export", "--texts");
  await lost.kill();
  sink.status = 204;
}

afterAll(async () => {
  for (const one of [lost, fresh, redis, sink, paper]) await one?.[Symbol.asyncDispose]();
});

const mailsOf = (newsledger: Installation): Promise<string[]> =>
  readdir(join(newsledger.directory, "data", "mail")).then(
    (names) => names.filter((name) => name.endsWith(".eml")),
    () => [],
  );

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("a backup that was damaged or cut off is refused, and nothing of it is taken", async () => {
  const whole = gunzipSync(await readFile(backup));
  const changed = Buffer.from(whole);
  const at = changed.indexOf("Helicoide");
  expect(at).toBeGreaterThan(0);
  changed.write("helicoide", at);
  const damages: [string, Buffer, RegExp][] = [
    ["changed", gzipSync(changed), /its rows are not those that were written/],
    ["short", gzipSync(whole.subarray(0, whole.length / 2)), /middle of a line|ends too early/],
    ["cut", (await readFile(backup)).subarray(0, 5_000), /damaged, cut off, or no backup/],
    ["other", gzipSync("{}\n"), /no backup of Newsledger/],
  ];
  // All at once, into one empty database: what one of them left behind would be found.
  await using database = await createTestDatabase([]);
  await using empty = await Installation.create({ DATABASE_URL: database.url });
  const refuse = async ([name, bytes, refusal]: (typeof damages)[number]) => {
    const file = join(empty.directory, `${name}.backup`);
    await writeFile(file, bytes);
    const { code, stderr } = await empty.run("restore", file);
    expect(stderr, name).toMatch(refusal);
    expect(code, name).toBe(1);
  };
  await Promise.all(damages.map(refuse));
  for (const table of ["events", "texts", "feeds", "webhooks", "subscribers"]) {
    const { rows } = await database.pool.query(`select 1 from newsledger.${table} limit 1`);
    expect(rows, table).toEqual([]);
  }
}, 240_000);

test("a backup is restored into an empty machine: every event and text is there, and it verifies", async () => {
  const report = await fresh.ask("restore", backup);
  expect(report).toMatch(/Whole: \d+ events/);
  await copyFile(
    join(lost.directory, "data", "secret.key"),
    join(fresh.directory, "data", "secret.key"),
  );
  // Side by side: commands share one start of the database.
  const [verified, exported, found, again] = await Promise.all([
    fresh.ask("verify"),
    fresh.ask("export", "--texts"),
    fresh.rows("search", "helicoide"),
    fresh.run("restore", backup),
  ]);
  expect(verified).toMatch(/^Whole: /);
  // What was appended between the backup and the export is not in it; all that is in it is the same.
  const restored = exported.split("\n");
  expect(restored.length).toBeGreaterThan(10);
  for (const line of restored) expect(before).toContain(line);
  expect(found).toHaveLength(1);
  // A ledger that is in use takes no backup.
  expect(again.stderr).toMatch(/holds a ledger already/);
  expect(again.code).toBe(1);
}, 240_000);

test("started again, with an empty queue, it sends nothing that was or may have been sent", async () => {
  const received = sink.received.length;
  await fresh.up();
  await fresh.ask("feeds", "poll");
  await pause(5_000);
  expect(sink.received).toHaveLength(received);
  expect(await mailsOf(fresh)).toEqual([]);
  expect(fresh.notes).toMatch(/webhooks release/);
  const log = await fresh.rows<{ state: string }>("webhooks", "log");
  expect(log.map(({ state }) => state).toSorted()).toEqual(["delivered", "suspended"]);
}, 120_000);

test("and goes on working: what is new is polled, understood, and told under new ids, with the old secret", async () => {
  const told = new Set(sink.received.map(({ headers }) => headers["webhook-id"]));
  const received = sink.received.length;
  paper.publish(hearing, hearingText);
  await fresh.ask("feeds", "poll");
  await until(
    async () => sink.received.length,
    (count) => count > received,
    { seconds: 90 },
  );
  const arrived = sink.received.slice(received);
  for (const { headers, body } of arrived) {
    expect(told).not.toContain(headers["webhook-id"]);
    expect(body).toContain(hearing.path);
    new Webhook(secret).verify(body, headers);
  }
  await fresh.ask("webhooks", "release");
  await until(
    () => fresh.rows<{ state: string }>("webhooks", "log", "--state", "suspended"),
    (rows) => rows.length === 0,
    { seconds: 60 },
  );
  await until(
    async () => sink.received.filter(({ body }) => body.includes(release.path)).at(-1),
    (last) => last !== undefined && sink.received.indexOf(last) >= received,
    { seconds: 60 },
  );
  expect(await fresh.ask("verify")).toMatch(/^Whole: /);
}, 240_000);
