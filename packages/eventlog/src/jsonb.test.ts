import { expect, test } from "vitest";
import { spell } from "./jsonb.ts";

test.each([
  [{ bb: 1, a: 2, "": 3, ñ: 4, B: 5 }, '{"": 3, "B": 5, "a": 2, "bb": 1, "ñ": 4}'],
  [{ "10": 1, "9": 2, __x: [] }, '{"9": 2, "10": 1, "__x": []}'],
  [[1, [], {}, null, undefined, "x"], '[1, [], {}, null, null, "x"]'],
  [{ gone: undefined, at: new Date(0) }, '{"at": "1970-01-01T00:00:00.000Z"}'],
  ['"\\\b\f\n\r\t\u0001\u007f/ ñ 😀 \u2028', '"\\"\\\\\\b\\f\\n\\r\\t\\u0001\u007f/ ñ 😀 \u2028"'],
  [
    [0, -0, 1.5, -12.25, 1e20, 123456789012345680000],
    "[0, 0, 1.5, -12.25, 100000000000000000000, 123456789012345680000]",
  ],
  [
    [1e21, -1.5e300, 1e-7, -1.25e-9],
    `[1${"0".repeat(21)}, -15${"0".repeat(299)}, 0.0000001, -0.00000000125]`,
  ],
  [[Number.NaN, Number.POSITIVE_INFINITY, true, false], "[null, null, true, false]"],
  [JSON.parse('{"__proto__": {"a": 1}}'), '{"__proto__": {"a": 1}}'],
])("%j is spelled as Postgres spells it", (value, text) => {
  expect(spell(value)).toBe(text);
});

test("what is not JSON has no spelling", () => {
  expect(spell(undefined)).toBeUndefined();
  expect(spell(() => 1)).toBeUndefined();
  expect(() => spell({ n: 1n })).toThrow(TypeError);
});
