import { type FeedOutcome, NotAFeed, parseFeed, secondOpinion } from "@newsledger/feeds";
import { impressionOf } from "@newsledger/poller";
import { expect, test } from "vitest";
import { troubleOf } from "./feed-advice.ts";
import { checkFeed, findings } from "./feed-check.ts";

const url = "https://gazette.example/feed";
const now = new Date("2026-03-02T12:00:00Z");

const check = (answer: FeedOutcome) =>
  checkFeed(
    url,
    { fetcher: { feed: async () => answer }, parseFeed, secondOpinion, impressionOf },
    now,
  );

const fetched = (body: string, more: object = {}): FeedOutcome => ({
  ...{ outcome: "fetched", status: 200, finalUrl: url, headers: {}, bodyHash: "" },
  bytes: new TextEncoder().encode(body),
  ...more,
});

const item = (n: number, date = `Mon, 02 Mar 2026 0${n}:00:00 GMT`) =>
  `<item><title>Story ${n}</title><link>https://gazette.example/${n}</link><guid>${n}</guid>${date && `<pubDate>${date}</pubDate>`}</item>`;
const rss = (inner: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>The Gazette</title><link>https://gazette.example/</link><language>en</language>${inner}</channel></rss>`;

test("a feed that is well is described in a few lines", async () => {
  const answer = fetched(rss([4, 3, 2, 1].map((n) => item(n)).join("")), { etag: '"1"' });
  expect(findings(await check(answer))).toEqual([
    "The Gazette",
    "  RSS, 1 kB, in utf-8",
    "  4 items, all with a date, the newest of 2026-03-02; the first are",
    "    “Story 4”",
    "    “Story 3”",
    "    “Story 2”",
    "  language: en",
    "  its server says when nothing changed: asking costs little",
    "  well-formed: a strict reader finds the same items",
  ]);
});

test("a feed that is asked by way of a proxy says so, and what is the proxy's fault is not the feed's", async () => {
  const via = "proxy.example:3128";
  const ask = (answer: FeedOutcome) => {
    const readers = { via, parseFeed, secondOpinion, impressionOf };
    return checkFeed(url, { fetcher: { feed: async () => answer }, ...readers }, now);
  };
  const line = `  asked by way of the proxy at ${via}`;
  expect(findings(await ask(fetched(rss(item(1)))))).toContain(line);
  const reason = `The proxy at ${via} does not accept connections.`;
  const failed = await ask({ outcome: "failed", code: "proxy", reason, hard: false });
  expect(failed.trouble).toMatchObject({ code: "proxy", problem: reason, passes: true });
  expect(findings(failed)).toEqual([
    url,
    line,
    `  cannot be read: ${reason}`,
    expect.stringMatching(/what to do: This says nothing of the feed.*NEWSLEDGER_PROXY/),
  ]);
});

test("what is odd about one that can be read is said, each on one line", async () => {
  const cut = rss(item(1, "") + item(2, "") + item(3, "") + item(4, "")).slice(0, -60);
  const lines = findings(await check(fetched(cut, { finalUrl: "https://b.example/feed" })));
  expect(lines).toContain("  leads to https://b.example/feed");
  expect(lines.join("\n")).toMatch(
    /broken in places: strict readers cannot read it \([^\n]+\); this/,
  );
  expect(lines.join("\n")).toMatch(/careful: None of its 3 items says when it was published/);
  expect(lines.at(-1)).toMatch(/^ {2}repaired: The document ends inside an item/);
  expect(findings(await check(fetched(rss(""))))).toContain(
    "  careful: It is a feed, and there is nothing in it.",
  );
});

test.each<[FeedOutcome, RegExp, boolean]>([
  [failed("http-404"), /has moved or ended/, false],
  [failed("http-503"), /Follow it all the same/, true],
  [failed("timeout"), /Follow it all the same/, true],
  [failed("http-418"), /tell them/, false],
  [failed("tls"), /certificate/, false],
  [{ outcome: "gone", status: 410, reason: "Gone.", finalUrl: url }, /will not come back/, false],
  [fetched("<html><body>hello"), /Look on the site/, false],
  [fetched('{"error":1}'), /Look on the site/, false],
  [fetched(""), /Follow it all the same/, true],
  [fetched("<opml><body/></opml>"), /feeds import/, false],
])("one that cannot be read comes with advice: %#", async (answer, advice, passes) => {
  const checked = await check(answer);
  expect(checked).toMatchObject({ readable: false, trouble: { passes } });
  const lines = findings(checked);
  expect(lines[0]).toBe(url);
  expect(lines.at(-2)).toMatch(/^ {2}cannot be read: .+\.$/);
  expect(lines.at(-1)).toMatch(/^ {2}what to do: /);
  expect(lines.at(-1)).toMatch(advice);
});

function failed(code: string): FeedOutcome {
  return { outcome: "failed", code, reason: `It says ${code}.`, hard: false };
}

test("every kind of thing that is no feed has advice of its own", () => {
  for (const looks of ["empty", "html", "json", "opml", "sitemap-index", "xml", "text"] as const)
    expect(troubleOf(new NotAFeed(looks)).advice).not.toMatch(/publisher's/);
});
