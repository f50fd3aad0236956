import {
  createFetcher,
  type FeedOutcome,
  type Fetcher,
  itemIdentity,
  NotAFeed,
  type ParsedFeed,
  parseFeed,
} from "@newsledger/feeds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFeedServer, type FeedServer, HOSTILE } from "../tools/feed-server.mjs";

// The server is on loopback and so is its canary. Only the server's own name and port are opened: whatever leads
// anywhere else, under any spelling of loopback, must be refused.
const name = "feeds.test";
let server: FeedServer;
let fetcher: Fetcher;

beforeAll(async () => {
  server = await createFeedServer({ feeds: 3, items: 4 });
  fetcher = createFetcher({
    userAgent: "Newsledger/test (+http://127.0.0.1/)",
    allowHosts: [`${name}:${server.cfg.port}`],
    resolve: (_host, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]),
  });
});

afterAll(async () => {
  await fetcher[Symbol.asyncDispose]();
  await server.close();
});

const hanging = new Set(["slow-body", "never-respond"]);
const ask = (hostile: string): Promise<FeedOutcome> =>
  fetcher.feed(`http://${name}:${server.cfg.port}/hostile/${hostile}`, {
    timeoutMs: hanging.has(hostile) ? 1_000 : 30_000,
  });

function parsed(outcome: FeedOutcome): ParsedFeed {
  if (outcome.outcome !== "fetched") throw new Error(`not fetched: ${JSON.stringify(outcome)}`);
  const { bytes, headers, finalUrl } = outcome;
  return parseFeed({ bytes, contentType: headers["content-type"] ?? null, url: finalUrl, headers });
}

const failed =
  (code: string, more: object = {}) =>
  (outcome: FeedOutcome) =>
    expect(outcome).toMatchObject({
      outcome: "failed",
      code,
      reason: expect.stringMatching(/\.$/),
      ...more,
    });

const titles =
  (...expected: string[]) =>
  (outcome: FeedOutcome) =>
    expect(parsed(outcome).items.map(({ title }) => title)).toEqual(expected);

const distinct = (count: number) => (outcome: FeedOutcome) =>
  expect(new Set(itemIdentity(parsed(outcome).items).keys).size).toBe(count);

const expected: Record<string, (outcome: FeedOutcome) => void> = {
  "slow-body": failed("timeout"),
  "never-respond": failed("timeout"),
  "infinite-body": failed("too-large"),
  "gzip-lie": failed("bad-encoding"),
  "redirect-loop": failed("redirect-loop", { hard: true }),
  "redirect-chain": failed("redirect-loop"),
  "redirect-metadata": failed("blocked-address", { hard: true }),
  "redirect-canary": failed("blocked-address"),
  "redirect-ipv6": failed("blocked-address"),
  "redirect-file": failed("bad-address", { hard: true }),
  "redirect-permanent": (outcome) => {
    titles("ok item")(outcome);
    expect(outcome).toMatchObject({ permanentRedirect: expect.stringMatching(/\/hostile\/ok$/) });
  },
  ok: titles("ok item"),
  "charset-1252": titles("café – Citgo"),
  "charset-utf16": titles("café"),
  "charset-unknown": titles("x"),
  "charset-invalid": titles("bad \ufffd(\ufffd"),
  "nul-char": (outcome) => {
    const { items } = parsed(outcome);
    expect(items.map(({ guid }) => guid)).toEqual(["a", "bc", "c"]);
    expect(items[1]).toMatchObject({ title: "nul and \ufffd lone surrogate", content: "xy" });
  },
  "304-always": (outcome) =>
    expect(outcome).toMatchObject({ outcome: "not-modified", etag: '"x"' }),
  "etag-churn": titles("stable"),
  "etag-weird": (outcome) => {
    titles("x")(outcome);
    expect(outcome).not.toHaveProperty("etag");
  },
  "429-seconds": failed("http-429", { retryAfterSeconds: 120, hard: false }),
  "429-date": failed("http-429", { retryAfterSeconds: expect.closeTo(120, -1) }),
  "500": failed("http-500", { hard: false }),
  "503-html": failed("http-503", { retryAfterSeconds: 30 }),
  "410": (outcome) => expect(outcome).toMatchObject({ outcome: "gone", status: 410 }),
  "200-empty": (outcome) => expect(() => parsed(outcome)).toThrowError(NotAFeed),
  truncated: (outcome) => {
    titles("a")(outcome);
    expect(parsed(outcome).warnings).toHaveLength(1);
  },
  "reset-mid": failed("reset"),
  "header-bomb": failed("too-large"),
  "cookie-bomb": titles("x"),
  "huge-title": (outcome) => expect(parsed(outcome).items[0]?.title).toHaveLength(1_000),
  "huge-content": (outcome) => {
    const { items, warnings } = parsed(outcome);
    expect(items.map(({ guid }) => guid)).toEqual(["g1", "g2"]);
    expect(JSON.stringify(items).length).toBeLessThan(2 << 20);
    expect(warnings).toEqual(["A text was too long and was cut."]);
  },
  "items-10k": (outcome) => {
    distinct(2_000)(outcome);
    expect(parsed(outcome).warnings).toEqual(["Only the first 2000 items were read."]);
  },
  "deep-nest": titles("deep"),
  "billion-laughs": (outcome) => expect(JSON.stringify(parsed(outcome)).length).toBeLessThan(5_000),
  "xxe-file": (outcome) => {
    titles("xxe &x;")(outcome);
    expect(JSON.stringify(parsed(outcome))).not.toContain("root:");
  },
  "xxe-http": titles("xxe &x;"),
  "proto-elements": (outcome) => {
    titles("p")(outcome);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  },
  xss: (outcome) => {
    const { items } = parsed(outcome);
    expect(items.map(({ title, link }) => [title, link])).toEqual([
      ["Title", null],
      ["T", null],
    ]);
    expect(items.map(({ summary }) => summary).join()).not.toMatch(/alert|import|</);
  },
  "crlf-title": (outcome) => expect(JSON.stringify(parsed(outcome).items)).not.toMatch(/\\[rn]/),
  formula: (outcome) => expect(parsed(outcome).items[0]?.title).toMatch(/^=HYPERLINK/),
  traversal: distinct(2),
  "dup-guid": distinct(1),
  "dup-guid-diff": distinct(2),
  "no-guid": distinct(1),
  "no-guid-no-link": distinct(1),
  mutate: distinct(1),
  reorder: distinct(20),
  dates: (outcome) => {
    const { items } = parsed(outcome);
    expect(items).toHaveLength(12);
    const read = items.flatMap(({ title, published }) => (published ? [[title, published]] : []));
    expect(read).toEqual([
      ["d6", "2021-12-10T12:01:00.000Z"],
      ["d7", "2021-12-10T12:00:00.000Z"],
    ]);
  },
  "redos-text": titles("redos"),
  "prompt-injection": titles("Citgo 6 update"),
  "long-link": (outcome) => {
    const item = parsed(outcome).items[0];
    expect(item).toMatchObject({ title: "l", link: null, guid: expect.stringMatching(/^sha256:/) });
  },
  "enclosure-ssrf": titles("e"),
  "article-ssrf": titles("a", "m"),
  flapping: (outcome) => expect(["fetched", "failed"]).toContain(outcome.outcome),
};

describe("a hostile feed server", () => {
  // Memory is looked at from outside, in memory.test.ts.
  const elsewhere = ["gzip-bomb", "br-bomb"];
  const cases = Object.keys(HOSTILE).filter((hostile) => !elsewhere.includes(hostile));

  it("holds no case that we forgot", () => {
    expect(Object.keys(expected).sort()).toEqual(cases.sort());
  });

  it.each(cases)("%s", async (hostile) => expected[hostile]?.(await ask(hostile)));

  it("gave the same items in another order the same keys", async () => {
    const [first, second] = [await ask("reorder"), await ask("reorder")].map(
      (outcome) => itemIdentity(parsed(outcome).items).keys,
    );
    expect(first).not.toEqual(second);
    expect(new Set(first)).toEqual(new Set(second));
  });

  it("never reached an address behind the one that was opened", async () => {
    for (const path of ["/canary?direct", "/articles/0/0"]) {
      for (const host of ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "other.test"]) {
        const outcome = await fetcher.page(`http://${host}:${server.cfg.port}${path}`);
        expect(outcome).toMatchObject({ outcome: "failed", code: "blocked-address" });
      }
    }
    expect(server.st.canary).toEqual([]);
  });

  it("serves good feeds of three kinds, and a second visit costs a 304", async () => {
    for (const feed of [0, 1, 2]) {
      const url = `http://${name}:${server.cfg.port}/feeds/${feed}.xml`;
      const first = await fetcher.feed(url);
      expect(parsed(first).items).toHaveLength(4);
      expect(first).toMatchObject({ maxAgeSeconds: 1 });
      const { etag, lastModified } = first as { etag: string; lastModified: string };
      const second = await fetcher.feed(url, { etag, lastModified });
      expect(second).toMatchObject({ outcome: "not-modified", status: 304, etag });
    }
  });
});
