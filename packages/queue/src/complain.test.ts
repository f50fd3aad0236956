import { expect, test } from "vitest";
import { complainer } from "./complain.ts";

test("the same complaint is heard once in a while, another one at once", () => {
  const heard: string[] = [];
  const none = () => {};
  let now = 0;
  const logger = {
    debug: none,
    info: none,
    error: none,
    warn: (fields: object, message: string) =>
      heard.push(`${now} ${message} ${JSON.stringify(fields)}`),
  };
  const complain = complainer(logger, { everyMs: 1000, now: () => now });
  for (now of [0, 1, 999, 1000, 1001]) complain({ job: "a" }, "away");
  complain({ job: "b" }, "away");
  complain({ job: "a" }, "slow");
  expect(heard).toEqual([
    '0 away {"job":"a"}',
    '1000 away {"job":"a"}',
    '1001 away {"job":"b"}',
    '1001 slow {"job":"a"}',
  ]);
});
