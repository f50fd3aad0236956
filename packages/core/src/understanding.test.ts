import { expect, test } from "vitest";
import { understanding } from "./understanding.ts";

const before = { language: "en", entities: [], dates: [], quotes: [], occurrences: [] };
const money = { kind: "money", value: 5e6, unit: "USD", text: "$5 million", start: 0, end: 10 };

test("an article that was read before amounts were is read as it was", () => {
  expect(understanding.parse(before)).toEqual(before);
});

test("amounts keep their unit and their place", () => {
  expect(understanding.parse({ ...before, amounts: [money] }).amounts).toEqual([money]);
});
