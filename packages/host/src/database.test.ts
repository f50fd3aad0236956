import { expect, test } from "vitest";
import { unfit } from "./database.ts";

const good = { version: 180_004, encoding: "UTF8", synchronous: "on" };

test.each([
  [good, null],
  [{ ...good, version: 150_000 }, null],
  [{ ...good, synchronous: "remote_apply" }, null],
  [{ ...good, version: 140_012 }, "is Postgres 14; Newsledger needs 15 or newer"],
  [{ ...good, encoding: "SQL_ASCII" }, "has the encoding SQL_ASCII; create it with encoding UTF8"],
  [
    { ...good, synchronous: "off" },
    "has synchronous_commit off: it may forget what it acknowledged. Set it to on",
  ],
])("a server with %j carries the ledger, or is told why not: %j", (facts, problem) => {
  expect(unfit(facts)).toBe(problem);
});
