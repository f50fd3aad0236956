import {
  type FeedOutcome,
  type Fetcher,
  giveBack,
  isLocal,
  itemsHash,
  NotAFeed,
  type ParsedFeed,
  type ReadFeed,
  readLocal,
  TooSlow,
} from "@newsledger/feeds";
import type { Feed } from "./feed.ts";
import { type Outcome, severityOf } from "./health.ts";

/** What one look at a feed brought. */
export type Reading =
  | {
      readonly kind: "items";
      readonly parsed: ParsedFeed;
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly bodyHash: string;
      readonly itemsHash: string | null;
      readonly maxAgeSeconds: number | null;
      readonly retryAfterSeconds: number | null;
      readonly movedTo: string | null;
    }
  | {
      readonly kind: "unchanged";
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly maxAgeSeconds: number | null;
      readonly movedTo: string | null;
    }
  | { readonly kind: "gone"; readonly reason: string }
  | (Extract<Outcome, { kind: "failure" }> & {
      readonly retryAfterSeconds: number | null;
      /** A fault of our own that a programmer should see. */
      readonly fault?: unknown;
    });

export interface ReadOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Every so often without validators: some servers answer 304 for ever. */
const unconditionalEvery = 50;

/** Asks the server, and reads what it answers. Trouble is an outcome; only the caller's own end is thrown. */
export async function readFeed(
  { fetcher, parse }: { fetcher: Fetcher; parse: ReadFeed },
  feed: Feed,
  { timeoutMs, signal }: ReadOptions,
): Promise<Reading> {
  const conditional = feed.polls % unconditionalEvery !== unconditionalEvery - 1;
  const known = {
    ...(conditional && feed.etag !== null && { etag: feed.etag }),
    ...(conditional && feed.lastModified !== null && { lastModified: feed.lastModified }),
  };
  const answer = isLocal(feed.url)
    ? await readLocal(feed.url, known)
    : await fetcher.feed(feed.url, { ...known, timeoutMs, signal });
  return readAnswer(answer, feed, parse);
}

export function readAnswer(
  answer: FeedOutcome,
  feed: Feed,
  parse: ReadFeed,
): Reading | Promise<Reading> {
  switch (answer.outcome) {
    case "failed":
      return {
        kind: "failure",
        code: answer.code,
        reason: answer.reason,
        severity: severityOf(answer),
        retryAfterSeconds: answer.retryAfterSeconds ?? null,
      };
    case "gone":
      return { kind: "gone", reason: answer.reason };
    case "not-modified":
      // A 304 may carry newer validators than we hold (RFC 9111 §4.3.4), and need not repeat those we do.
      return {
        kind: "unchanged",
        etag: answer.etag ?? feed.etag,
        lastModified: answer.lastModified ?? feed.lastModified,
        maxAgeSeconds: answer.maxAgeSeconds ?? null,
        movedTo: answer.permanentRedirect ?? null,
      };
    case "fetched":
      return readBody(answer, feed, parse).finally(() => giveBack(answer.bytes));
  }
}

async function readBody(
  answer: Extract<FeedOutcome, { outcome: "fetched" }>,
  feed: Feed,
  parse: ReadFeed,
): Promise<Reading> {
  const common = {
    etag: answer.etag ?? null,
    lastModified: answer.lastModified ?? null,
    maxAgeSeconds: answer.maxAgeSeconds ?? null,
    movedTo: answer.permanentRedirect ?? null,
  };
  if (answer.bodyHash === feed.bodyHash) return { kind: "unchanged", ...common };
  const { bytes, headers, finalUrl, bodyHash } = answer;
  const items = itemsHash(bytes);
  if (items !== null && items === feed.portrait?.itemsHash) return { kind: "unchanged", ...common };
  try {
    const contentType = headers["content-type"] ?? null;
    const parsed = await parse({ bytes, headers, contentType, url: finalUrl }, feed.reader);
    const retryAfterSeconds = answer.retryAfterSeconds ?? null;
    return { kind: "items", parsed, bodyHash, itemsHash: items, retryAfterSeconds, ...common };
  } catch (error) {
    // One that was a feed before is more likely to be ill than to be something else.
    const severity = feed.lastSuccessAt === null ? "hard" : "soft";
    const typed = error instanceof NotAFeed || error instanceof TooSlow;
    const code = typed ? error.code : "unreadable";
    const reason = typed ? error.message : `What ${feed.hostKey} sent could not be read as a feed.`;
    const fault = typed ? undefined : error;
    return { kind: "failure", code, reason, severity, retryAfterSeconds: null, fault };
  }
}
