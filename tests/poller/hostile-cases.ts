/** A feed as `feeds list --ndjson` tells of it, or listFeeds. */
export interface Listed {
  readonly title: string;
  readonly url: string;
  readonly state: string;
  readonly concern: string | null;
  readonly reason: string | null;
  readonly items: number;
  readonly lastSuccessAt: unknown;
  readonly nextPollAt: unknown;
}

type Judge = (feed: Listed) => boolean;

/** It moved for good to another case, which is followed already: that one goes on alone. */
const moved: Judge = () => false;

/** Nothing comes of it, why is said in a sentence, and it is never given up. */
const fails =
  (reason: RegExp): Judge =>
  (feed) =>
    ["new", "degraded"].includes(feed.state) &&
    feed.items === 0 &&
    feed.lastSuccessAt === null &&
    feed.nextPollAt !== null &&
    reason.test(feed.reason ?? "") &&
    (feed.reason ?? "").endsWith(".");

/** So many items, each once, however often it is asked. */
const holds =
  (items: number): Judge =>
  (feed) =>
    feed.state === "ok" && feed.items === items && feed.lastSuccessAt !== null;

const late = fails(/in time/);
const large = fails(/more than|larger|reasonable|no real document/);
const blocked = fails(/on this machine or inside a private network/);
const neverRead: Judge = (feed) =>
  holds(0)(feed) && feed.concern === "never-read" && /never was/.test(feed.reason ?? "");
const circles = fails(/again and again/);

/** What must have come of each case of the hostile server once it was asked a few times. */
const outcomes: Readonly<Record<string, Judge>> = {
  ...{ "slow-body": late, "never-respond": late },
  ...{ "infinite-body": large, "gzip-bomb": large, "br-bomb": large, "header-bomb": large },
  "gzip-lie": fails(/compress|unpack|decode/),
  ...{ "redirect-loop": circles, "redirect-chain": circles },
  ...{ "redirect-metadata": blocked, "redirect-canary": blocked, "redirect-ipv6": blocked },
  "redirect-file": fails(/not a web address/),
  "redirect-permanent": moved,
  ...{ ok: holds(1), "charset-1252": holds(1), "charset-utf16": holds(1) },
  ...{ "charset-unknown": holds(1), "charset-invalid": holds(1), "nul-char": holds(3) },
  ...{ "304-always": neverRead, "etag-churn": holds(1), "etag-weird": holds(1) },
  ...{ "429-seconds": fails(/fewer requests/), "429-date": fails(/fewer requests/) },
  ...{ 500: fails(/fault of its own/), "503-html": fails(/out of service/) },
  410: (feed) => feed.state === "retired" && feed.items === 0 && feed.nextPollAt === null,
  ...{ "200-empty": fails(/empty/), truncated: holds(1), "reset-mid": fails(/cut the conn/) },
  ...{ "cookie-bomb": holds(1), "huge-title": holds(1), "huge-content": holds(2) },
  ...{ "items-10k": holds(2_000), "deep-nest": holds(1), "billion-laughs": holds(1) },
  ...{ "xxe-file": holds(1), "xxe-http": holds(1), "proto-elements": holds(1), xss: holds(2) },
  ...{ "crlf-title": holds(1), formula: holds(1), traversal: holds(2) },
  ...{ "dup-guid": holds(1), "dup-guid-diff": holds(2), "no-guid": holds(1) },
  ...{ "no-guid-no-link": holds(1), mutate: holds(1), reorder: holds(20), dates: holds(12) },
  ...{ "redos-text": holds(1), "prompt-injection": holds(1), "long-link": holds(1) },
  ...{ "enclosure-ssrf": holds(1), "article-ssrf": holds(2) },
  flapping: (feed) => ["ok", "new"].includes(feed.state) && feed.items > 0,
};

export const casesJudged = (): string[] => Object.keys(outcomes).sort();

/** Titles are the paths that were followed: the cases of which something else came than should, and what. */
export function misfits(feeds: readonly Listed[]): string[] {
  return Object.entries(outcomes).flatMap(([name, judge]) => {
    const feed = feeds.find(({ title }) => title === `/hostile/${name}`);
    if (feed ? judge(feed) : judge === moved) return [];
    return [`${name}: ${feed ? JSON.stringify(feed) : "is not in the list"}`];
  });
}
