import { expect, test } from "vitest";
import { concernOf, gapOf, judgeConcern } from "./concern.ts";
import { type Portrait, portraitOf, type Sitting, usualGapSeconds } from "./portrait.ts";

const now = new Date("2026-03-10T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

const sitting = (days: readonly (number | null)[], facts: Partial<Sitting> = {}): Sitting => ({
  title: "The Gazette",
  items: days.map((day, index) => ({
    link: `https://www.gazette.example/${index}`,
    publishedAt: day === null ? null : daysAgo(day),
  })),
  fresh: days.length,
  advertisedSeconds: null,
  mark: "1",
  itemsHash: null,
  ...facts,
});
const portrait = (days: readonly (number | null)[], facts: Partial<Sitting> = {}): Portrait =>
  portraitOf(null, sitting(days, facts), now);

const daily = [0, 1, 2, 3, 4, 5];

test.each<[string, Portrait | null, string | null, RegExp | null]>([
  ["a daily feed of today is well", portrait(daily), null, null],
  ["a feed that was never read is not judged", null, null, null],
  ["an empty one neither", portrait([]), null, null],
  [
    "a daily feed without news for five days is silent",
    portrait(daily.map((day) => day + 5)),
    "silent",
    /No new item since 2026-03-05; its items used to be at most 24 hours apart\./,
  ],
  [
    "one that comes every five minutes may sleep over the weekend",
    portrait(daily.map((day) => 1.9 + day / 288)),
    null,
    null,
  ],
  [
    "one that said it comes monthly has its month",
    portrait(
      daily.map((day) => day + 20),
      { advertisedSeconds: 30 * 86_400 },
    ),
    null,
    null,
  ],
  ["of two items nobody knows the rhythm: three months are long", portrait([80, 81]), null, null],
  ["and longer is silence", portrait([100, 101]), "silent", /since 2025-11-30\.$/],
  [
    "a feed that stopped years ago and still answers is old",
    portrait(daily.map((day) => day + 900)),
    "old",
    /newest item is of 2023-09-22, 2 years ago/,
  ],
  ["a feed of yearly items is not", portrait([500, 865, 1230, 1595, 1960]), null, null],
  ["no dates at all", portrait([null, null, null]), "undated", /None of its 3 items/],
  [
    "years of dates in no order are a list",
    portrait([900, 20, 2000, 300, 1500, 100, 2400]),
    "a-list",
    /7 items span 7 years in no order of time/,
  ],
  [
    "years of dates in order are a slow feed",
    portrait([20, 300, 900, 1500, 2000, 2400]),
    null,
    null,
  ],
])("%s", (_, given, code, reason) => {
  const concern = concernOf(given, now);
  expect(concern?.code ?? null).toBe(code);
  if (reason) expect(concern?.reason).toMatch(reason);
});

const elsewhere = {
  title: "Casino Bonus News",
  items: [0, 1, 2].map((day) => ({
    link: `https://casino.example/${day}`,
    publishedAt: daysAgo(day),
  })),
  fresh: 3,
  advertisedSeconds: null,
  mark: "2",
  itemsHash: null,
};

test("another name, other places and no known item: the feed stopped being itself, until it is itself again", () => {
  const before = portrait(daily);
  const after = portraitOf(before, elsewhere, now);
  expect(concernOf(after, now)).toEqual({
    code: "other-content",
    reason:
      "It used to be “The Gazette”, leading to gazette.example; now it calls itself “Casino Bonus News”, and its items lead to casino.example.",
  });
  const later = portraitOf(after, { ...elsewhere, fresh: 0 }, now);
  expect(concernOf(later, now)?.code).toBe("other-content");
  expect(concernOf(portraitOf(later, sitting(daily), now), now)).toBeNull();
});

test.each([
  ["a new domain under the old name", { ...elsewhere, title: "the gazette" }],
  ["a new name at the old place", sitting(daily, { title: "Gazette Daily" })],
  ["a new name and domain with items that were known", { ...elsewhere, fresh: 2 }],
])("%s is the same feed", (_, next) => {
  expect(portraitOf(portrait(daily), next, now).oddity).toBeNull();
});

test("a feed that says unchanged before it was ever read is told of, and well once it is read", () => {
  expect(concernOf(null, now)).toBeNull();
  const begun = judgeConcern(null, null, now, true);
  expect(begun.notice).toMatchObject({ type: "feed.stale", code: "never-read", newestAt: null });
  expect(judgeConcern(begun.concern, null, now, true).notice).toBeNull();
  expect(judgeConcern(begun.concern, portrait(daily), now).notice).toMatchObject({
    type: "feed.recovered",
    reason: "The feed can be read.",
  });
});

test("a concern is told when it begins and when it ends, once", () => {
  const silent = portrait(daily.map((day) => day + 5));
  const begun = judgeConcern(null, silent, now);
  expect(begun.notice).toMatchObject({
    type: "feed.silent",
    lastItemAt: "2026-03-05T12:00:00.000Z",
    afterSeconds: 3 * 86_400,
  });
  expect(judgeConcern(begun.concern, silent, daysAgo(-1))).toEqual({
    concern: begun.concern,
    notice: null,
  });
  const ended = judgeConcern(
    begun.concern,
    portraitOf(silent, sitting(daily, { fresh: 1 }), now),
    daysAgo(-2),
  );
  expect(ended.concern).toBeNull();
  expect(ended.notice).toEqual({
    type: "feed.recovered",
    downSeconds: 2 * 86_400,
    since: begun.concern?.since,
    reason: "The feed brings news again.",
  });
});

test.each<[string, Portrait | null, number, number, Date | null, boolean]>([
  ["every item new", portrait([1, 2, 3]), 3, 3, daysAgo(0.5), true],
  ["every item new and without dates", portrait([null, null, null]), 3, 3, null, true],
  ["one was known", portrait([1, 2, 3]), 3, 2, daysAgo(0.5), false],
  ["the window reaches back beyond what was known", portrait([1, 2, 3]), 3, 3, daysAgo(1.5), false],
  ["its first items", null, 3, 3, daysAgo(0.5), false],
  ["too few to tell", portrait([1, 2, 3]), 2, 2, daysAgo(0.5), false],
])("%s: a gap is suspected or not", (_, before, total, fresh, oldestAt, suspected) => {
  const gap = gapOf(before, { total, fresh, oldestAt }, daysAgo(1), now);
  expect(gap !== null).toBe(suspected);
  if (gap)
    expect(gap.reason).toBe(
      "All 3 items were new, 24 hours after the last good answer: older ones may have come and gone unseen.",
    );
});

test("the usual gap is that of 95 items in 100", () => {
  const hours = [...Array.from({ length: 40 }, (_, index) => index), 139];
  expect(usualGapSeconds(hours.map((hour) => hour * 3_600_000))).toBe(3_600);
  expect(usualGapSeconds([1, 2, 3, 4])).toBeNull();
});
