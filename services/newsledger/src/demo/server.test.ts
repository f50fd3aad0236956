import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createPress, type Press } from "./press.ts";
import { type RunningPress, startPress } from "./server.ts";

const now = new Date("2026-11-24T07:00:00Z");
let press: Press;
let server: RunningPress;
const running: RunningPress[] = [];

beforeEach(async () => {
  press = createPress({ now });
  server = await startPress(press);
  running.push(server);
});
afterAll(async () => {
  for (const each of running) await each[Symbol.asyncDispose]();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.origin + path, { headers });

describe("the press server", () => {
  it("answers a second poll with 304 when nothing changed, by tag or by date", async () => {
    const first = await get("/houston-ledger/feed.json");
    expect(first.status).toBe(200);
    const etag = first.headers.get("etag") ?? "";
    const modified = first.headers.get("last-modified") ?? "";

    expect((await get("/houston-ledger/feed.json", { "if-none-match": etag })).status).toBe(304);
    expect((await get("/houston-ledger/feed.json", { "if-modified-since": modified })).status).toBe(
      304,
    );
    expect(server.requests().map(({ status }) => status)).toEqual([200, 304, 304]);
    expect(server.requests()[1]?.ifNoneMatch).toBe(etag);
  });

  it("answers with the whole feed again after a silent edit", async () => {
    press.advance("today");
    const etag = (await get("/houston-ledger/feed.json")).headers.get("etag") ?? "";
    press.advance("edit");
    const after = await get("/houston-ledger/feed.json", { "if-none-match": etag });
    expect(after.status).toBe(200);
    expect(await after.text()).toContain("$400 million suit");
  });

  it("holds the whole history of an outlet in its feed", async () => {
    for (const { path, trouble, id } of press.feeds()) {
      if (trouble !== null) continue;
      const feed = await (await get(path)).text();
      const missing = press
        .expected()
        .filter((article) => article.feed === id && !feed.includes(article.path));
      expect([id, missing]).toEqual([id, []]);
    }
  });

  it("writes one feed in ISO-8859-1, with references for what the charset lacks", async () => {
    const response = await get("/diario-del-avila/portada.xml");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-type")).toBe("text/xml; charset=ISO-8859-1");
    expect(bytes.subarray(0, 60).toString("latin1")).toContain('encoding="ISO-8859-1"');
    expect(bytes.toString("latin1")).toContain("Familiares denuncian que los seis de Citgo");
    expect(bytes.toString("latin1")).toContain("extradición");
    expect(bytes.toString("utf8")).not.toContain("extradición");
  });

  it("puts every article on a page with its date in JSON-LD and its words in an article element", async () => {
    const [article] = press.expected().filter(({ topics, page }) => topics.length > 0 && page);
    const html = await (await get(article?.path ?? "")).text();
    expect(html).toContain(`"datePublished":"${article?.publishedAt}"`);
    expect(html).toMatch(/<article>[\s\S]+<p>[\s\S]+<\/article>/);
    expect(html).toContain("<nav>");
    expect(html).toContain("simulated");
  });

  it("has a page for every article but the one that was removed", async () => {
    const answers = await Promise.all(
      press.expected().map(async ({ path, page }) => [(await get(path)).status, page ? 200 : 410]),
    );
    expect(answers.filter(([status, wanted]) => status !== wanted)).toEqual([]);
    expect(answers.filter(([status]) => status === 410)).toHaveLength(1);
  });

  it("goes down with one outlet for a while", async () => {
    press.advance("today");
    const down = await get("/lucero-del-lago/rss.xml");
    expect([down.status, down.headers.get("retry-after")]).toEqual([503, "1"]);
    press.advance("edit");
    expect((await get("/lucero-del-lago/rss.xml")).status).toBe(200);
  });

  it("answers with a web page where one outlet promises a feed", async () => {
    const response = await get("/isthmus-review/feed");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
  });

  it("refuses what is not a reading", async () => {
    const response = await fetch(`${server.origin}/harbor-wire/all.rss`, { method: "POST" });
    expect(response.status).toBe(405);
    expect((await get("/nowhere")).status).toBe(404);
  });
});
