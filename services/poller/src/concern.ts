import { span } from "@newsledger/core";
import type { Portrait } from "./portrait.ts";
import { dayOf } from "./words.ts";

/** The feed answers, and still something is wrong with it: one word for programs, one sentence for people. */
export interface Concern {
  readonly code: "never-read" | "other-content" | "a-list" | "old" | "silent" | "undated";
  readonly reason: string;
}

export interface StandingConcern extends Concern {
  readonly since: Date;
}

/** What has to be told of a feed that answers. */
export type Notice =
  | { readonly type: "feed.stale"; code: string; reason: string; newestAt: string | null }
  | {
      readonly type: "feed.silent";
      reason: string;
      lastItemAt: string | null;
      afterSeconds: number;
    }
  | { readonly type: "feed.gap_suspected"; reason: string; since: Date | null; items: number }
  | { readonly type: "feed.moved"; from: string; to: string }
  | { readonly type: "feed.recovered"; downSeconds: number; since: Date | null; reason: string };

const oldSeconds = 365 * 86_400;
/** When a feed has too few items to know its rhythm by. */
const unknownRhythmSeconds = 90 * 86_400;

/** What a feed that answers is to be suspected of; null when nothing. `falsely`: it says that nothing changed, again. */
export function concernOf(portrait: Portrait | null, now: Date, falsely = false): Concern | null {
  if (portrait === null && falsely) return neverRead;
  if (portrait === null || portrait.items === 0) return null;
  const { oddity, newestAt } = portrait;
  if (oddity !== null && oddity.code !== "undated") return oddity;
  const silence = newestAt === null ? 0 : (now.getTime() - Date.parse(newestAt)) / 1000;
  const quietAfter = quietAfterOf(portrait);
  if (newestAt !== null && silence > Math.max(oldSeconds, quietAfter)) {
    const reason = `It answers, but its newest item is of ${dayOf(newestAt)}, ${span(silence)} ago.`;
    return { code: "old", reason };
  }
  if (newestAt !== null && silence > quietAfter) {
    const usual = portrait.usualGapSeconds;
    const measure = usual === null ? "" : `; its items used to be at most ${span(usual)} apart`;
    return { code: "silent", reason: `No new item since ${dayOf(newestAt)}${measure}.` };
  }
  return oddity;
}

const neverRead: Concern = {
  code: "never-read",
  reason:
    "It answers that nothing has changed since it was read (304), and it never was: its server is out of order.",
};

const quietAfterOf = ({ quietAfterSeconds }: Portrait): number =>
  quietAfterSeconds ?? unknownRhythmSeconds;

/** A concern is told when it begins, changes or ends, and stands until then. */
export function judgeConcern(
  before: StandingConcern | null,
  portrait: Portrait | null,
  now: Date,
  falsely = false,
): { concern: StandingConcern | null; notice: Notice | null } {
  const found = concernOf(portrait, now, falsely);
  if (found?.code === before?.code)
    return { concern: found && { ...found, since: before?.since ?? now }, notice: null };
  if (found) return { concern: { ...found, since: now }, notice: noticeOf(found, portrait) };
  const downSeconds = before ? Math.max(0, (now.getTime() - before.since.getTime()) / 1000) : 0;
  const reason = before ? ended[before.code] : "";
  return {
    concern: null,
    notice: {
      ...{ type: "feed.recovered", downSeconds: Math.round(downSeconds) },
      ...{ since: before?.since ?? null, reason },
    },
  };
}

function noticeOf({ code, reason }: Concern, portrait: Portrait | null): Notice {
  const newestAt = portrait?.newestAt ?? null;
  if (code !== "silent" || portrait === null) return { type: "feed.stale", code, reason, newestAt };
  const afterSeconds = quietAfterOf(portrait);
  return { type: "feed.silent", reason, lastItemAt: newestAt, afterSeconds };
}

const ended: Readonly<Record<Concern["code"], string>> = {
  "never-read": "The feed can be read.",
  "other-content": "The feed is again what it used to be.",
  "a-list": "The feed brings its items in the order of time again.",
  old: "The feed brings news again.",
  silent: "The feed brings news again.",
  undated: "The feed's items say again when they were published.",
};

/** Every item was new: between the last answer and this one, more may have come than the feed holds. */
export function gapOf(
  before: Portrait | null,
  found: { readonly total: number; readonly fresh: number; readonly oldestAt: Date | null },
  lastSuccessAt: Date | null,
  now: Date,
): Extract<Notice, { type: "feed.gap_suspected" }> | null {
  const { total, fresh, oldestAt } = found;
  if (before === null || before.items < fewest || total < fewest || fresh < total) return null;
  // It reaches back beyond what was known: nothing lies between.
  if (oldestAt !== null && before.newestAt !== null && oldestAt < new Date(before.newestAt))
    return null;
  const away = lastSuccessAt
    ? `, ${span((now.getTime() - lastSuccessAt.getTime()) / 1000)} after the last good answer`
    : "";
  const reason = `All ${total} items were new${away}: older ones may have come and gone unseen.`;
  return { type: "feed.gap_suspected", reason, since: lastSuccessAt, items: total };
}

const fewest = 3;
