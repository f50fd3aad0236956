import { expect, test } from "vitest";
import { numbersIn, numbersToSend } from "./numbers.ts";

test.each([[[]], [[0]], [[-2_147_483_648, -1, 1, 2_147_483_647]]])(
  "what is sent comes back: %j",
  (numbers) => {
    expect([...numbersIn(numbersToSend(numbers))]).toEqual(numbers);
  },
);

test("an array is sent as Postgres writes it itself", () => {
  // select encode(array_send('{7,-1}'::int[]), 'hex')
  expect(numbersToSend([7, -1]).toString("hex")).toBe(
    "0000000100000000000000170000000200000001000000040000000700000004ffffffff",
  );
});
