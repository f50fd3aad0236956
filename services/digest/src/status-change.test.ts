import { expect, test } from "vitest";
import { statusChange } from "./status-change.ts";

type Standing = Parameters<typeof statusChange>[0];
const held = (since: string | null): Standing => ({ status: "detained", since });
const free = (since: string | null): Standing => ({ status: "free", since });
const unknown: Standing = { status: "unknown", since: null };

test.each<[string, Standing, Standing, ReturnType<typeof statusChange>]>([
  ["the same", held("2020-01-01"), held("2020-01-01"), "same"],
  ["a date that became more exact", held("2020-01"), held("2020-01-05"), "same"],
  ["first heard of", unknown, held("2020-01-01"), "changed"],
  ["freed later", held("2020-01-01"), free("2022-10-01"), "changed"],
  ["freed on the same day", held("2022-10-01"), free("2022-10-01"), "changed"],
  ["freed, but no source dates it", held("2020-01-01"), free(null), "changed"],
  ["another date for the same", free("2022-10-01"), free("2022-09-28"), "corrected"],
  ["never freed after all", free("2022-10-01"), held("2020-01-01"), "corrected"],
  ["what was said is not said any more", free("2022-10-01"), unknown, "corrected"],
])("%s", (_, before, now, expected) => {
  expect(statusChange(before, now)).toBe(expected);
});
