import { expect, test } from "vitest";
import type { Draft } from "./item.ts";
import { type ItemsByLink, looksRenamed, settle } from "./rename.ts";

const draft = (itemId: string, link: string | null): Draft =>
  ({ itemId, link, parts: { link: link ?? "" } }) as unknown as Draft;
const known = (...pairs: [string, string][]): ItemsByLink => {
  const map = new Map<string, string[]>();
  for (const [link, item] of pairs) map.set(link, [...(map.get(link) ?? []), item]);
  return map;
};
const ids = (drafts: readonly Draft[]) => drafts.map(({ itemId }) => itemId);

const before = known(["/a", "a"], ["/b", "b"], ["/c", "c"]);

test("when most known links come under new guids, links name the items from then on", () => {
  const drafts = [draft("n", "/n"), draft("x", "/a"), draft("y", "/b"), draft("z", "/c")];
  const settled = settle(drafts, "guid", before);
  expect(settled.identity).toBe("link");
  expect(ids(settled.drafts)).toEqual(["n", "a", "b", "c"]);
});

test("new items under new links are new items", () => {
  const drafts = [draft("x", "/x"), draft("y", "/y"), draft("z", "/z"), draft("a", "/a")];
  expect(settle(drafts, "guid", before)).toEqual({ drafts, identity: "guid" });
});

test("two republished items among many do not change how a feed is read", () => {
  const drafts = [draft("x", "/a"), draft("y", "/b"), draft("c", "/c"), draft("d", "/d")];
  expect(settle(drafts, "guid", before)).toEqual({ drafts, identity: "guid" });
});

test("items that all lead to one page stay apart", () => {
  const drafts = [draft("x", "/home"), draft("y", "/home"), draft("z", "/home")];
  expect(settle(drafts, "guid", known(["/home", "a"]))).toEqual({ drafts, identity: "guid" });
  const three = [draft("x", "/1"), draft("y", "/2"), draft("z", "/3")];
  const crowded = known(
    ["/1", "a"],
    ["/1", "b"],
    ["/2", "c"],
    ["/2", "d"],
    ["/3", "e"],
    ["/3", "f"],
  );
  expect(settle(three, "guid", crowded)).toEqual({ drafts: three, identity: "guid" });
});

test("a feed that is read by its links keeps the ids of the time when it was not", () => {
  const settled = settle([draft("link-a", "/a"), draft("link-n", "/n")], "link", before);
  expect(ids(settled.drafts)).toEqual(["a", "link-n"]);
});

test.each([
  [["a", "b"], false],
  [["x", "y"], false],
  [["x", "y", "z"], true],
  [["x", "y", "z", "a", "b", "c", "d"], false],
])(
  "items %j, where one letter from a to d is known, are worth a second look: %j",
  (names, worth) => {
    const drafts = names.map((name) => draft(name, `/${name}`));
    expect(looksRenamed(drafts, (itemId) => "abcd".includes(itemId))).toBe(worth);
  },
);
