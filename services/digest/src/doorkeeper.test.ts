import { expect, test } from "vitest";
import { doorkeeper } from "./doorkeeper.ts";

test("each client comes in so often an hour, apart from the others", () => {
  const door = doorkeeper(2);
  const minute = 60_000;
  expect([0, 1, 2].map((at) => door.admits("a", at * minute))).toEqual([true, true, false]);
  expect(door.admits("b", 2 * minute)).toBe(true);
  expect(door.admits("a", 61 * minute)).toBe(true);
});
