import { expect, test } from "vitest";
import { wordDiff } from "./word-diff.ts";

test.each([
  ["Five held", "Five held", [["same", "Five held"]]],
  ["", "Five", [["added", "Five"]]],
  [
    "Court frees five executives today",
    "Court frees six executives",
    [
      ["same", "Court frees"],
      ["removed", " five"],
      ["added", " six"],
      ["same", " executives"],
      ["removed", " today"],
    ],
  ],
])("%j became %j", (before, after, changes) => {
  expect(wordDiff(before, after).map(({ kind, text }) => [kind, text])).toEqual(changes);
});

test("both texts can be read from it, however long they are", () => {
  const before = Array.from({ length: 3_000 }, (_, index) => `w${index % 7}`).join(" ");
  const after = Array.from({ length: 2_500 }, (_, index) => `w${index % 5}`).join("\n");
  const changes = wordDiff(before, after);
  const without = (kind: string) =>
    changes
      .filter((change) => change.kind !== kind)
      .map(({ text }) => text)
      .join("");
  expect(without("added")).toBe(before);
  expect(without("removed")).toBe(after);
});
