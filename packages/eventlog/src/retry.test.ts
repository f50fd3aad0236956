import { expect, test } from "vitest";
import { isPassing, retryDelayMs } from "./retry.ts";

test("pauses double from 0.1 s to 30 s", () => {
  expect([1, 2, 3, 9, 10, 60].map(retryDelayMs)).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
});

const coded = (code: string) => Object.assign(new Error("failed"), { code });

test.each([
  ["a lost connection", coded("08006"), true],
  ["a server that goes down", coded("57P01"), true],
  ["a deadlock", coded("40P01"), true],
  ["a server that only reads for now", coded("25006"), true],
  ["a refused connection", coded("ECONNREFUSED"), true],
  [
    "a fault of the circumstances behind another error",
    new Error("x", { cause: coded("53300") }),
    true,
  ],
  [
    "a connection that node-postgres found dead",
    new Error("Connection terminated unexpectedly"),
    true,
  ],
  ["a query cancelled for taking too long", coded("57014"), false],
  ["a broken constraint", coded("23505"), false],
  ["a missing table", coded("42P01"), false],
  ["an error of the handler", new TypeError("undefined is not a function"), false],
  ["something thrown that is no error", "08006", false],
])("%s is retried as such: %s → %s", (_, error, expected) => {
  expect(isPassing(error)).toBe(expected);
});
