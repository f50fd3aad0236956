import { describe, expect, it } from "vitest";
import { itemIdentity } from "./identity.ts";

const item = (guid: string | null, link: string | null, title = "t", summary = "") => ({
  guid,
  link,
  title,
  summary,
});
const a = "https://news.example/a";
const b = "https://news.example/b";

describe("the key of an item", () => {
  it("is its guid, whatever happens to its title and link", () => {
    const { keys, scheme } = itemIdentity([item("1", a, "old"), item("2", b)]);
    expect(scheme).toBe("guid");
    expect(itemIdentity([item("2", `${b}?v=2`), item("1", a, "new")]).keys).toEqual([
      keys[1],
      keys[0],
    ]);
  });

  it("is its link when it has no guid, trackers aside", () => {
    const { keys } = itemIdentity([
      item(null, `${a}?utm_source=x`),
      item(null, `${a}?utm_source=y`),
    ]);
    expect(new Set(keys).size).toBe(1);
  });

  it("is its words when it has neither, and stays the same at the next poll", () => {
    const first = itemIdentity([item(null, null, "Bare", "body"), item(null, null, "Other")]).keys;
    const second = itemIdentity([item(null, null, " Bare  ", "body")]).keys;
    expect(first[0]).toBe(second[0]);
    expect(first[0]).not.toBe(first[1]);
  });

  it("never mixes a guid with a link", () => {
    const { keys } = itemIdentity([item(a, b), item(null, a)]);
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe("guids that repeat", () => {
  it("three copies of one item are one item", () => {
    const { keys, scheme } = itemIdentity([item("1", a), item("1", a), item("1", a)]);
    expect([new Set(keys).size, scheme]).toEqual([1, "guid"]);
  });

  it("one guid for every item: the link tells them apart, from then on", () => {
    const first = itemIdentity([item("feed", a), item("feed", b)]);
    expect(first.scheme).toBe("guid+link");
    expect(new Set(first.keys).size).toBe(2);
    const alone = itemIdentity([item("feed", b)], first.scheme);
    expect(alone).toEqual({ keys: [first.keys[1]], scheme: "guid+link" });
  });

  it("one guid and one link for every item: the title tells them apart", () => {
    const { keys, scheme } = itemIdentity([
      item("feed", a, "one"),
      item("feed", a, "two"),
      item("feed", a, "three"),
    ]);
    expect(scheme).toBe("guid+link+title");
    expect(new Set(keys).size).toBe(3);
  });

  it("an edited item beside its older form is one item", () => {
    const { keys, scheme } = itemIdentity([item("1", a, "new"), item("1", a, "old")]);
    expect([new Set(keys).size, scheme]).toEqual([1, "guid"]);
  });

  it("no guid and one link for every item: the title tells them apart", () => {
    expect(new Set(itemIdentity([item(null, a, "one"), item(null, a, "two")]).keys).size).toBe(2);
  });

  it("one slip among many good ones changes nothing for the others", () => {
    const many = Array.from({ length: 10 }, (_, n) => item(`${n}`, `${a}/${n}`));
    const { keys, scheme } = itemIdentity([...many, item("9", b)]);
    expect(scheme).toBe("guid");
    expect(keys.slice(0, 10)).toEqual(itemIdentity(many).keys);
  });
});

describe("guids that change at every poll", () => {
  it("are left aside once the feed is known for it", () => {
    const first = itemIdentity([item("x1", a)], "link");
    const second = itemIdentity([item("x2", a)], "link");
    expect(first).toEqual(second);
    expect(first.scheme).toBe("link");
  });
});

it("an empty document has no keys", () =>
  expect(itemIdentity([])).toEqual({ keys: [], scheme: "guid" }));
