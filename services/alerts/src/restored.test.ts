import { expect, test } from "vitest";
import { isCopy } from "./restored.ts";

const here = { database: "7001/5/1", directory: "a1" };

test.each([
  ["a ledger that starts for the first time", null, here, false],
  ["a restart", here, here, false],
  ["a dump that was loaded into another database", here, { ...here, database: "7001/9/1" }, true],
  [
    "a base backup that was taken to an earlier moment",
    here,
    { ...here, database: "7001/5/2" },
    true,
  ],
  ["a data directory that was put back from its copy", here, { ...here, directory: "b2" }, true],
  ["a database that moved out of the data directory", here, { ...here, directory: null }, false],
])("%s: %j then %j", (_, known, now, copy) => {
  expect(isCopy(known, now)).toBe(copy);
});
