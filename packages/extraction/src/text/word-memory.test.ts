import { expect, test, vi } from "vitest";
import { WordMemory } from "./word-memory.ts";

test("a word is found out once", () => {
  const find = vi.fn((word: string) => word.length);
  const memory = new WordMemory(find);
  expect([memory.of("preso"), memory.of("preso"), memory.of("")]).toEqual([5, 5, 0]);
  expect(find).toHaveBeenCalledTimes(2);
});

test("no more words are kept than were said", () => {
  const find = vi.fn((word: string) => word);
  const memory = new WordMemory(find, 2);
  for (const word of ["a", "b", "c", "c", "b"]) memory.of(word);
  expect(find.mock.calls.flat()).toEqual(["a", "b", "c", "b"]);
});

test("a long word, which may be a view into its text, is not kept", () => {
  const find = vi.fn((word: string) => word);
  const memory = new WordMemory(find);
  const [short, long] = ["extraditable", "encarcelarían"];
  for (const word of [short, short, long, long]) memory.of(word);
  expect(find.mock.calls.flat()).toEqual([short, long, long]);
});
