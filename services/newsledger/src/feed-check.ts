import {
  type Fetcher,
  NotAFeed,
  type parseFeed,
  type SecondOpinion,
  type secondOpinion,
} from "@newsledger/feeds";
import type { impressionOf } from "@newsledger/poller";

export interface FeedCheck {
  readonly url: string;
  readonly readable: boolean;
  /** What stopped it, for people; null when it can be read. */
  readonly problem: string | null;
  readonly finalUrl: string | null;
  readonly title: string | null;
  readonly language: string | null;
  readonly items: number;
  readonly dated: number;
  readonly newest: string | null;
  readonly validators: boolean;
  readonly warnings: readonly string[];
  /** What its items give reason to suspect, in a sentence. */
  readonly concern: string | null;
  /** What a strict reader (rss-parser) makes of the same bytes. */
  readonly second: SecondOpinion | null;
}

interface Readers {
  readonly fetcher: Pick<Fetcher, "feed">;
  readonly parseFeed: typeof parseFeed;
  readonly secondOpinion: typeof secondOpinion;
  readonly impressionOf: typeof impressionOf;
}

const unread = {
  title: null,
  language: null,
  items: 0,
  dated: 0,
  newest: null,
  warnings: [],
  concern: null,
  second: null,
};

/** Fetches and reads one feed, and gathers what a person should know before following it. */
export async function checkFeed(url: string, readers: Readers, now: Date): Promise<FeedCheck> {
  const fetched = await readers.fetcher.feed(url);
  if (fetched.outcome !== "fetched") {
    const problem =
      fetched.outcome === "not-modified" ? "It answered 304 to a first request." : fetched.reason;
    return { url, readable: false, problem, finalUrl: null, validators: false, ...unread };
  }
  const { bytes, finalUrl, headers } = fetched;
  const validators = fetched.etag !== undefined || fetched.lastModified !== undefined;
  const contentType = headers["content-type"];
  try {
    const parsed = readers.parseFeed({
      bytes,
      url: finalUrl,
      ...(contentType === undefined ? {} : { contentType }),
    });
    const { title, language, encoding, items, warnings } = parsed;
    const dates = items.flatMap(({ published }) => (published ? [published] : [])).toSorted();
    return {
      ...{ url, readable: true, problem: null, finalUrl, validators },
      ...{ title, language, items: items.length, dated: dates.length, warnings },
      newest: dates.at(-1) ?? null,
      concern: readers.impressionOf(parsed, now)?.reason ?? null,
      second: await readers.secondOpinion(new TextDecoder(encoding).decode(bytes)),
    };
  } catch (error) {
    if (!(error instanceof NotAFeed)) throw error;
    return { url, readable: false, problem: error.message, finalUrl, validators, ...unread };
  }
}

/** The check as lines for a person. */
export function findings(check: FeedCheck): string[] {
  if (!check.readable) return [check.url, `  cannot be read: ${check.problem}`];
  const { url, finalUrl, title, language, items, dated, newest, validators, warnings, second } =
    check;
  const { concern } = check;
  return [
    title ?? url,
    ...(finalUrl === url ? [] : [`  leads to ${finalUrl}`]),
    `  ${items} items, ${dated} with a date${newest ? `, the newest of ${newest.slice(0, 10)}` : ""}`,
    `  language: ${language ?? "not said"}`,
    `  ${validators ? "says when nothing changed: polling it costs little" : "cannot say whether it changed: each poll fetches all of it"}`,
    ...(second
      ? [
          `  a strict reader ${second.readable ? `reads ${second.items.length} items` : `cannot read it: ${second.problem}`}`,
        ]
      : []),
    ...(concern === null ? [] : [`  careful: ${concern}`]),
    ...warnings.map((warning) => `  warning: ${warning}`),
  ];
}
