import { expect, test } from "vitest";
import { politely } from "./polite.ts";
import type { PageOutcome } from "./types.ts";

const fetched = (html: string): PageOutcome => ({
  ...{ outcome: "fetched", status: 200, html, contentType: "text/plain" },
  ...{ bodyHash: "", finalUrl: "" },
});
const status = (code: number): PageOutcome => ({
  ...{ outcome: "failed", code: `http-${code}`, reason: "r", hard: false, status: code },
});

/** Sites by path; what was asked for, in order. */
function sites(pages: Record<string, PageOutcome>, facts: { spacingSeconds?: number } = {}) {
  const asked: string[] = [];
  const clock = { now: 0 };
  const page = politely(
    async (url) => {
      asked.push(url);
      return pages[url] ?? status(404);
    },
    {
      agent: "Newsledger",
      isExempt: ({ hostname }) => hostname === "mine.example",
      now: () => clock.now,
      ...facts,
    },
  );
  return { page, asked, clock };
}
const home = "https://gazette.example";
const rules = fetched("User-agent: *\nDisallow: /private");

test("what robots.txt forbids is not asked for, and the file is read once a day", async () => {
  const { page, asked, clock } = sites(
    { [`${home}/robots.txt`]: rules, [`${home}/a`]: fetched("a") },
    { spacingSeconds: 0 },
  );
  expect(await page(`${home}/private/x`)).toMatchObject({
    outcome: "failed",
    code: "robots",
    hard: true,
  });
  expect(await page(`${home}/a`)).toMatchObject({ outcome: "fetched", html: "a" });
  expect(asked).toEqual([`${home}/robots.txt`, `${home}/a`]);
  clock.now = 86_400_001;
  await page(`${home}/a`);
  expect(asked.slice(2)).toEqual([`${home}/robots.txt`, `${home}/a`]);
});

test("a host that the operator opened is asked without ado", async () => {
  const { page, asked } = sites({});
  await Promise.all([page("https://mine.example/1"), page("https://mine.example/2")]);
  expect(asked).toEqual(["https://mine.example/1", "https://mine.example/2"]);
});

test.each([
  [404, "fetched"],
  [403, "fetched"],
  [503, "failed"],
])("a robots.txt that is answered %d: the page is %s", async (code, outcome) => {
  const { page, asked } = sites({
    [`${home}/robots.txt`]: status(code),
    [`${home}/a`]: fetched("a"),
  });
  const answer = await page(`${home}/a`);
  expect(answer.outcome).toBe(outcome);
  if (answer.outcome === "failed") {
    expect(answer).toMatchObject({ code: "robots-unknown", hard: false });
    await page(`${home}/a`); // trouble is not remembered
    expect(asked).toEqual([`${home}/robots.txt`, `${home}/robots.txt`]);
  }
});

test.each(["timeout", "dns", "proxy"])(
  "a robots.txt that cannot be reached (%s) opens nothing, and is asked for again",
  async (code) => {
    const away = { outcome: "failed", code, reason: "Away.", hard: false } as const;
    const { page, asked } = sites({ [`${home}/robots.txt`]: away, [`${home}/a`]: fetched("a") });
    expect(await page(`${home}/a`)).toEqual(away);
    expect(await page(`${home}/a`)).toEqual(away);
    expect(asked).toEqual([`${home}/robots.txt`, `${home}/robots.txt`]);
  },
);

test("pages of one host wait for each other", async () => {
  const { page } = sites({}, { spacingSeconds: 0.05 });
  const start = performance.now();
  await Promise.all(["/a", "/b", "/c"].map((path) => page(home + path)));
  expect(performance.now() - start).toBeGreaterThan(95);
});

test("those of another host do not, and the caller may stop waiting", async () => {
  const { page, asked } = sites({}, { spacingSeconds: 50 });
  const stopping = new AbortController();
  await page(`${home}/a`);
  const waiting = page(`${home}/b`, { signal: stopping.signal });
  await page("https://other.example/a");
  stopping.abort(new Error("we close"));
  await expect(waiting).rejects.toThrow("we close");
  expect(asked).toEqual([
    ...[`${home}/robots.txt`, `${home}/a`],
    ...["https://other.example/robots.txt", "https://other.example/a"],
  ]);
});

test("who would wait for more than a minute is told to come again", async () => {
  const { page } = sites({}, { spacingSeconds: 61 });
  await page(`${home}/a`);
  expect(await page(`${home}/b`)).toMatchObject({
    code: "busy",
    hard: false,
    retryAfterSeconds: 61,
  });
});
