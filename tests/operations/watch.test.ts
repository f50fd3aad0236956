import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { freePort } from "../harness/cluster.ts";
import { Installation } from "../harness/newsledger.ts";
import { redisMissing, startTestRedis, type TestRedis } from "../harness/redis.ts";

const infra = join(import.meta.dirname, "../../infra");

let newsledger: Installation;
let redis: TestRedis | null;
let watch: string;

beforeAll(async () => {
  const port = await freePort();
  redis = redisMissing ? null : await startTestRedis(["--appendonly", "yes"]);
  newsledger = await Installation.create({
    NEWSLEDGER_WATCH_PORT: String(port),
    ...(redis ? { QUEUE_URL: redis.url } : {}),
  });
  watch = `http://127.0.0.1:${port}`;
  await newsledger.up("--only", "poller,extractor,alerts,digest");
}, 240_000);

afterAll(async () => {
  await newsledger?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
});

const get = async (path: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${watch}${path}`);
  return { status: answer.status, text: await answer.text() };
};

test("a process without the site says that it is alive and can work", async () => {
  expect(await get("/healthz")).toEqual({ status: 200, text: "ok\n" });
  expect(await get("/readyz")).toEqual({ status: 200, text: "ready\n" });
  expect((await get("/v1/events")).status).toBe(404);
});

test("every metric that the dashboard and the alert rules name is one that the process exports", async () => {
  const { text } = await get("/metrics");
  const exported = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => [name, type]),
  );
  const dashboard = readFileSync(join(infra, "grafana/newsledger.json"), "utf8");
  const rules = readFileSync(join(infra, "prometheus/alerts.yml"), "utf8");
  const named = namesIn([...expressionsOf(JSON.parse(dashboard)), ...expressionsOf(parse(rules))]);
  expect(named.length).toBeGreaterThan(25);
  const known = new Set(
    [...exported].flatMap(([name, type]) => (type === "histogram" ? [`${name}_bucket`] : [name])),
  );
  expect(named.filter((name) => name !== "up" && !known.has(name))).toEqual([]);
  const ours = [...exported.keys()].filter((name) => name.startsWith("newsledger_"));
  const unseen = ours.filter((name) => !named.some((one) => one.startsWith(name)));
  expect(unseen, "exported, but on no dashboard and in no rule").toEqual([]);
});

test("a ledger that works is told to be well, part by part", async () => {
  const lines = await newsledger.rows<{ part: string; state: string; found: string }>(
    "status",
    "--system",
  );
  expect(lines.filter(({ state }) => state === "bad")).toEqual([]);
  const parts = lines.map(({ part }) => part);
  for (const part of [
    "database",
    "partitions",
    "disk",
    "fence",
    "seals",
    "queue",
    "feeds",
    "polling",
  ])
    expect(parts).toContain(part);
  for (const part of ["deliveries", "digests", "reads: relay"]) expect(parts).toContain(part);
  if (redis)
    expect(lines.find(({ part }) => part === "queue")?.found).toMatch(
      /^Redis, noeviction, append-only on/,
    );
}, 60_000);

test.skipIf(redisMissing)(
  "a Redis that went away is told, with an exit code for monitoring, and the process is not ready",
  async () => {
    await redis?.[Symbol.asyncDispose]();
    const { code, stdout, stderr } = await newsledger.run("status", "--system", "--quiet");
    expect(code).toBe(1);
    expect(stdout).toMatch(/queue +BAD +Redis at .* does not answer/);
    expect(stderr).toMatch(/Not well: queue/);
    expect((await get("/readyz")).status).toBe(503);
    expect((await get("/healthz")).status).toBe(200);
  },
  60_000,
);

/** Every "expr" in a document, wherever it stands. */
function expressionsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(expressionsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    name === "expr" && typeof child === "string" ? [child] : expressionsOf(child),
  );
}

/** The metric names of PromQL expressions: words that are neither functions, keywords, labels nor numbers. */
function namesIn(expressions: readonly string[]): string[] {
  const names = expressions.flatMap((expression) =>
    [
      ...expression
        .replaceAll(/\{[^}]*\}/g, "")
        .replaceAll(/\b(by|without) \([^)]*\)/g, "")
        .replaceAll(/\[[^\]]*\]/g, "")
        .matchAll(/\b[a-z_][a-z0-9_]*\b(?! ?\()/g),
    ].map(([name]) => name),
  );
  const words = new Set(["and", "or", "unless", "max", "min", "sum"]);
  return [...new Set(names)].filter((name) => !words.has(name)).toSorted();
}
