import { expect, test } from "vitest";
import { BadQuestion } from "./ask.ts";
import { momentOf } from "./moment.ts";

test("a day includes all of itself", () => {
  expect(momentOf({ asOf: "2021-12-31" }).publicBefore?.toISOString()).toBe(
    "2022-01-01T00:00:00.000Z",
  );
});

test.each(["2021-02-30", "2021-13-01", "yesterday", "2021", "2021-12-31T00:00:00Z", ""])(
  "%j is not a day",
  (asOf) => {
    expect(() => momentOf({ asOf })).toThrow(BadQuestion);
  },
);
