import { expect, test } from "vitest";
import { barsOf } from "./coverage-chart.ts";

const month = (name: string, reports: number) => ({ month: name, stories: 1, reports, copies: 0 });

test("bars stand where their months are, as high as what was told", () => {
  const bars = barsOf([month("2020-11", 1), month("2021-01", 4), month("2021-02", 0)]);
  expect(bars).toEqual([
    { month: "2020-11", reports: 1, x: 0, height: 15 },
    { month: "2021-01", reports: 4, x: 320, height: 60 },
  ]);
  expect(barsOf([])).toEqual([]);
});
