import { expect, test } from "vitest";
import { describeError } from "./errors.ts";

test("an error is told with what lay behind it", () => {
  const error = new Error("poll https://x.test: failed", {
    cause: new Error("connection refused"),
  });
  expect(describeError(error)).toEqual([
    "poll https://x.test: failed",
    "because: connection refused",
  ]);
});

test("a cause that the message already names is not repeated", () => {
  const error = new Error("start api: port taken", { cause: new Error("port taken") });
  expect(describeError(error)).toEqual(["start api: port taken"]);
});

test("the first error is not hidden by one that came while closing", () => {
  const error = new SuppressedError(new Error("closing"), new Error("working"), "both");
  expect(describeError(error)).toEqual(["working", "then: closing"]);
});
