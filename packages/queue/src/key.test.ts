import { describe, expect, test } from "vitest";
import { hintId, workKey } from "./key.ts";

describe("the id of a hint", () => {
  test.each([
    [{ key: "abc" }, "w0-abc"],
    [{ key: "abc", attempt: 3 }, "w3-abc"],
    [{ key: "12345" }, "w0-12345"],
    [{ key: "k2jx.y_z-0123456789abcdef" }, "w0-k2jx.y_z-0123456789abcdef"],
  ])("%j is %s", (hint, id) => {
    expect(hintId(hint)).toBe(id);
  });

  test.each(["a:b", "https://example.org/?q=1", "", "a b", "ñ", "\u0000", "x".repeat(101)])(
    "the key %j is hashed, for no queue would take it as it is",
    (key) => {
      expect(hintId({ key })).toMatch(/^h0-[0-9a-f]{64}$/);
    },
  );

  test("keys, and tries of one key, are told apart", () => {
    const hints = [
      { key: "a" },
      { key: "b" },
      { key: "a", attempt: 1 },
      { key: "1-a" },
      { key: "a:b" },
      { key: "a:c" },
      { key: "a:b", attempt: 1 },
    ];
    expect(new Set(hints.map(hintId)).size).toBe(hints.length);
  });
});

describe("the key in the work list", () => {
  test("a usual key stays readable", () => {
    expect(workKey("feed-1")).toBe("feed-1");
  });
  test("a key longer than an index of Postgres takes is hashed, and stays the same key", () => {
    const long = "x".repeat(10_000);
    expect(workKey(long)).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(workKey(long)).toBe(workKey(long));
    expect(workKey(`${long}y`)).not.toBe(workKey(long));
  });
  test("what it makes of a key is a key that it leaves alone", () => {
    for (const key of ["a\u0000b", "\ud800", "x".repeat(501)]) {
      expect(workKey(workKey(key))).toBe(workKey(key));
    }
  });
});
