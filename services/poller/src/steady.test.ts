import { expect, test } from "vitest";
import type { Feed } from "./feed.ts";
import type { Saving } from "./save.ts";
import { steadyOf } from "./steady.ts";

const well = { state: "ok", failures: 0, firstFailureAt: null, code: null, reason: null } as const;
const feed = {
  feedId: "f",
  url: "https://gazette.example/feed",
  redirectTo: null,
  health: well,
  concern: null,
  portrait: null,
  identity: "guid",
  missing: false,
} as unknown as Feed;
const unchanged = {
  kind: "unchanged",
  etag: '"2"',
  lastModified: null,
  maxAgeSeconds: null,
  movedTo: null,
} as const;

const saving = (of: { feed?: object; reading?: object; standing?: object } = {}): Saving => ({
  claim: { feed: { ...feed, ...of.feed }, fence: "7", now: new Date(0) },
  standing: {
    reading: { ...unchanged, ...of.reading } as Saving["standing"]["reading"],
    health: well,
    next: { intervalSeconds: 300, rhythmSeconds: 600, afterSeconds: 310 },
    ...{
      identity: "guid",
      fresh: false,
      portrait: null,
      concern: null,
      gap: null,
      missing: false,
      spare: null,
    },
    ...of.standing,
  },
});
const concern = { code: "old", reason: "It is old.", since: new Date(0) };

test("a feed that is as before leaves its validators and its next time", () => {
  expect(steadyOf(saving())).toEqual({
    ...{ feedId: "f", fence: "7", etag: '"2"', lastModified: null },
    ...{ intervalSeconds: 300, rhythmSeconds: 600, afterSeconds: 310 },
  });
});

test.each([
  ["it brought items", { reading: { kind: "items" } }],
  ["it moves", { reading: { movedTo: "https://elsewhere.example/" } }],
  ["our proxy was closed before", { feed: { health: { ...well, code: "proxy", reason: "…" } } }],
  ["it no longer moves", { feed: { redirectTo: "https://elsewhere.example/" } }],
  ["it is answered for the first time", { feed: { health: { ...well, state: "new" } } }],
  ["it had failed once", { feed: { health: { ...well, failures: 1, code: "timeout" } } }],
  ["it fails", { standing: { health: { ...well, failures: 1 } } }],
  ["something is wrong with it", { standing: { concern } }],
  ["something was wrong with it", { feed: { concern } }],
  ["items may have been missed", { standing: { gap: "All 3 items were new." } }],
  ["missing items were told", { feed: { missing: true } }],
  ["its items are told apart otherwise", { standing: { identity: "link" } }],
  ["it looks different", { standing: { portrait: {} } }],
])("more is written when %s", (_, of) => {
  expect(steadyOf(saving(of))).toBeNull();
});
