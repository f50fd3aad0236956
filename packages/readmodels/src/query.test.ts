import { expect, test } from "vitest";
import { BadQuestion } from "./ask.ts";
import { parseQuery } from "./query.ts";

test.each([
  ["citgo caracas", "citgo caracas", []],
  ['"house arrest" citgo', '"house arrest" citgo', []],
  ["citgo -liberación", "citgo", ["liberación"]],
  ['citgo -"house arrest" -beisbol', "citgo", ['"house arrest"', "beisbol"]],
  ["citgo OR pdvsa -gas", "citgo OR pdvsa", ["gas"]],
  ["us-venezuela", "us-venezuela", []],
  ['"never closed', '"never closed"', []],
  ["citgo - & | ! ( ) :*", "citgo", []],
  ["--citgo caracas", "caracas", ["citgo"]],
])("%s", (q, positive, negative) => {
  expect(parseQuery(q)).toEqual({ positive, negative });
});

test.each(["", "   ", "-citgo", "!!! &&&", "x".repeat(501)])(
  "a search with nothing to find, or too much: %j",
  (q) => {
    expect(() => parseQuery(q)).toThrow(BadQuestion);
  },
);
