import { span } from "@newsledger/core";
import type { Concern } from "./concern.ts";
import { clip } from "./item.ts";

/** How a feed looked when it last brought something: what its later answers are measured by. */
export interface Portrait {
  readonly title: string;
  /** Where its items lead, the usual places first. */
  readonly hosts: readonly string[];
  readonly items: number;
  /** The newest item: by its date, else by when it was found. */
  readonly newestAt: string | null;
  /** 95 of 100 of its items followed the one before within this; null while there are too few. */
  readonly usualGapSeconds: number | null;
  /** The silence after which something must be wrong; null while its rhythm is not known. */
  readonly quietAfterSeconds: number | null;
  /** What is odd about its content, whatever the time is. */
  readonly oddity: Concern | null;
  /** Of its last document: changes when items come, go or move. */
  readonly mark: string;
  /** Of the bytes of its items: equal ones need not be read again. Null when some of them could not be kept. */
  readonly itemsHash: string | null;
  /** What had to be repaired, cut or left out of its last document, in sentences; absent when nothing. */
  readonly warnings?: readonly string[];
}

/** One reading of a feed, as far as it shows what kind of feed it is. */
export interface Sitting {
  readonly title: string;
  /** In the order of the document, or against it. */
  readonly items: readonly { readonly link: string | null; readonly publishedAt: Date | null }[];
  readonly fresh: number;
  /** ttl or sy:updatePeriod. */
  readonly advertisedSeconds: number | null;
  readonly mark: string;
  readonly itemsHash: string | null;
}

const shortestQuietSeconds = 2 * 86_400;
const fewest = 3;

export function portraitOf(before: Portrait | null, sitting: Sitting, now: Date): Portrait {
  const { mark, itemsHash } = sitting;
  if (sitting.items.length === 0) return { ...(before ?? blank(sitting.title)), mark, itemsHash };
  const times = sitting.items.flatMap(({ publishedAt }) => publishedAt?.getTime() ?? []);
  const hosts = hostsOf(sitting.items);
  const stranger = strangerTo(before, sitting, hosts);
  const gap = usualGapSeconds(times);
  const quiet =
    gap === null ? null : Math.max(3 * gap, sitting.advertisedSeconds ?? 0, shortestQuietSeconds);
  // What a feed used to be is remembered while it is something else, or it could never be recognised again.
  const itself = stranger && before ? before : { title: clip(sitting.title.trim(), 200), hosts };
  return {
    title: itself.title,
    hosts: itself.hosts,
    items: sitting.items.length,
    newestAt: newestOf(before, sitting, times, now),
    usualGapSeconds: gap,
    quietAfterSeconds: quiet,
    oddity: stranger ?? listOf(times) ?? undatedOf(sitting, times),
    ...{ mark, itemsHash },
  };
}

const blank = (title: string): Omit<Portrait, "mark" | "itemsHash"> => ({
  ...{ title: clip(title.trim(), 200), hosts: [], items: 0, newestAt: null },
  ...{ usualGapSeconds: null, quietAfterSeconds: null, oddity: null },
});

/** An item without a date is as new as its finding, unless it was there when we came. */
function newestOf(
  before: Portrait | null,
  { fresh, items }: Sitting,
  times: readonly number[],
  now: Date,
): string | null {
  const undated = items.length > times.length;
  const known = [
    ...(before?.newestAt ? [Date.parse(before.newestAt)] : []),
    ...times,
    ...(undated && fresh > 0 && (before !== null || times.length === 0) ? [now.getTime()] : []),
  ].filter((time) => time <= now.getTime());
  return known.length === 0 ? null : new Date(Math.max(...known)).toISOString();
}

/** The 95th percentile of the gaps; null when fewer than five dates are known. */
export function usualGapSeconds(times: readonly number[]): number | null {
  const sorted = times.toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((time, index) => (time - (sorted[index] ?? time)) / 1000);
  if (gaps.length < 4) return null;
  const ordered = gaps.toSorted((a, b) => a - b);
  return ordered[Math.ceil(0.95 * ordered.length) - 1] ?? null;
}

/** At most five, "www." left out. */
function hostsOf(items: Sitting["items"]): string[] {
  const named = items.flatMap(({ link }) => (link === null ? [] : [hostOf(link)]));
  const counted = [...Map.groupBy(named, (host) => host)].filter(([host]) => host !== "");
  return counted
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, 5)
    .map(([host]) => host);
}

const hostOf = (link: string): string => URL.parse(link)?.hostname.replace(/^www\./, "") ?? "";

/** Another name, other places, and not one item that was known: the address now belongs to something else. */
function strangerTo(
  before: Portrait | null,
  { title, items, fresh }: Sitting,
  hosts: readonly string[],
): Concern | null {
  if (before === null || before.items < fewest || items.length < fewest) return null;
  const strange = before.oddity?.code === "other-content";
  const elsewhere = before.hosts.length > 0 && !hosts.some((host) => before.hosts.includes(host));
  const renamed = plain(title) !== plain(before.title);
  const [there = "", here = "nowhere"] = [before.hosts[0], hosts[0]];
  if (!elsewhere || !renamed || (!strange && fresh < items.length)) return null;
  const reason = `It used to be “${before.title}”, leading to ${there}; now it calls itself “${clip(title.trim(), 100)}”, and its items lead to ${here}.`;
  return { code: "other-content", reason };
}

const plain = (title: string): string => title.trim().toLowerCase();

/** Years of dates in no order: programmes, pages, products, and no news among them. */
function listOf(times: readonly number[]): Concern | null {
  if (times.length < 5) return null;
  const years = (Math.max(...times) - Math.min(...times)) / 1000;
  const rising = times.slice(1).filter((time, index) => time > (times[index] ?? time)).length;
  const share = rising / (times.length - 1);
  if (years < 3 * 365 * 86_400 || share < 0.25 || share > 0.75) return null;
  const reason = `Its ${times.length} items span ${span(years)} in no order of time: a list of things rather than news.`;
  return { code: "a-list", reason };
}

function undatedOf({ items }: Sitting, times: readonly number[]): Concern | null {
  if (times.length > 0 || items.length < fewest) return null;
  const reason = `None of its ${items.length} items says when it was published; when they were found stands in for it.`;
  return { code: "undated", reason };
}
