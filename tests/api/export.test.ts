import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellTheCase } from "../readmodels/coverage.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await tellTheCase(site.ledger);
  for (let nth = 0; nth < 210; nth += 1)
    await site.ledger.tell({ key: `more-${nth}`, title: `=${nth}+1 is how this title begins` });
  const odd = ["javascript:alert(1)", "http://1.2.3.999/", "https://example.com:99999/a"];
  for (const [nth, url] of odd.entries())
    await site.ledger.tell({ key: `odd-${nth}`, title: 'Odd "address"\n\u2028 \\ ü', url });
  await site.ledger.caughtUp();
});
afterAll(() => site[Symbol.asyncDispose]());

const text = async (path: string): Promise<string> => (await site.get(path)).text();

test("an export holds every line once, oldest first, in every form", async () => {
  const lines = (await text("/v1/export/events.ndjson")).trim().split("\n");
  const positions = lines.map((line) =>
    Number((JSON.parse(line) as { position: string }).position),
  );
  expect(positions.length).toBe(221 * 4);
  expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
  const json = JSON.parse(await text("/v1/export/events.json")) as unknown[];
  expect(json).toEqual(lines.map((line) => JSON.parse(line) as unknown));
  const csv = (await text("/v1/export/events.csv")).split("\r\n");
  expect(csv.length).toBe(lines.length + 2);
  expect(csv[0]).toMatch(/^position,type,recordedAt,title,source,url,publishedAt,foundAt,why/);
});

test("what Postgres writes for an export is what the list says, to the letter", async () => {
  const lines = (await text("/v1/export/events.ndjson")).trim().split("\n");
  const listed: string[] = [];
  let next: string | null = null;
  do {
    const cursor: string = next ? `&cursor=${next}` : "";
    const page = JSON.parse(await text(`/v1/events?direction=forward&limit=200${cursor}`)) as {
      items: object[];
      next: string | null;
    };
    listed.push(...page.items.map((item) => JSON.stringify(item)));
    next = page.next;
  } while (next);
  expect(lines).toEqual(listed);
  expect(lines.filter((line) => line.includes("Odd")).length).toBeGreaterThan(3);
  expect(lines.join()).not.toContain("99999");
});

test("an export of nothing is empty, in every form", async () => {
  expect(await text("/v1/export/events.ndjson?source=Nobody")).toBe("");
  expect(JSON.parse(await text("/v1/export/events.json?source=Nobody"))).toEqual([]);
  expect((await text("/v1/export/events.csv?source=Nobody")).split("\r\n")).toHaveLength(2);
});

test("a title that begins as a formula does not run in a spreadsheet", async () => {
  const csv = await text("/v1/export/articles.csv");
  expect(csv).toContain(",'=7+1 is how this title begins,");
  expect(csv).not.toMatch(/(^|,)"?=/m);
});

test("stories, articles and occurrences are narrowed as their lists are", async () => {
  const stories = JSON.parse(await text("/v1/export/stories.json?min_sources=2")) as unknown[];
  expect(stories).toHaveLength(1);
  const occurrences = await text("/v1/export/occurrences.ndjson?happened_from=2022-10-01");
  expect(occurrences.trim().split("\n")).toHaveLength(1);
  expect(JSON.parse(await text("/v1/export/articles.json?q=nowhere"))).toEqual([]);
});

test("an export is of one moment, and the same moment costs nothing the second time", async () => {
  const path = "/v1/export/events.ndjson?topic=citgo-6";
  const first = await site.get(path);
  const position = first.headers.get("newsledger-position");
  const tag = first.headers.get("etag") ?? "";
  await first.text();
  const again = await site.get(path, { headers: { "If-None-Match": tag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  await site.ledger.tell({ key: "later", title: "Told later of Citgo" });
  await site.ledger.caughtUp();
  const later = await site.get(path, { headers: { "If-None-Match": tag } });
  expect(later.status).toBe(200);
  const now = await later.text();
  const then = await text(`/v1/export/events.ndjson?topic=citgo-6&known_at=${position}`);
  expect(now.startsWith(then)).toBe(true);
  expect(now.length).toBeGreaterThan(then.length);
});

test("the evidence of a story verifies with the program beside it and nothing else; one changed byte is found", async () => {
  const { items } = JSON.parse(await text("/v1/stories?min_sources=2")) as {
    items: { storyId: string }[];
  };
  const bundle = await text(`/v1/stories/${items[0]?.storyId}/evidence`);
  const directory = await mkdtemp(join(tmpdir(), "evidence-"));
  try {
    await writeFile(join(directory, "verify-bundle.ts"), await text("/v1/verify-bundle.ts"));
    const check = async (content: string) => {
      await writeFile(join(directory, "evidence.ndjson"), content);
      const args = ["verify-bundle.ts", "evidence.ndjson"];
      return spawnSync(process.execPath, args, { cwd: directory }).status;
    };
    expect(await check(bundle)).toBe(0);
    expect(await check(bundle.replace("Caracas", "Caracos"))).toBe(1);
  } finally {
    await rm(directory, { recursive: true });
  }
});

test("whoever leaves in the middle of an export leaves nothing running", async () => {
  const left = new AbortController();
  const response = await site.get("/v1/export/events.ndjson", { signal: left.signal });
  await response.body?.getReader().read();
  left.abort();
  expect((await site.get("/v1/events?limit=1")).status).toBe(200);
});
