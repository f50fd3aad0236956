import { expect, test } from "vitest";
import { barsOf, coveragePicture, ticksOf } from "./coverage-chart.ts";

const month = (name: string, reports: number) => ({ month: name, stories: 1, reports, copies: 0 });
const years = { unit: "month", from: "2020-11-01", to: "2023-10-01" } as const;
const young = { unit: "day", from: "2023-09-01", to: "2023-10-11" } as const;

test("bars stand over the stops of their months, as high as what was told", () => {
  const told = [month("2020-11", 1), month("2021-01", 4), month("2021-02", 0)];
  expect(barsOf(told, years, 4)).toEqual([
    { month: "2020-11", x: -0.5, width: 1, height: 10 },
    { month: "2021-01", x: 1.5, width: 1, height: 40 },
  ]);
  expect(barsOf([], years, 4)).toEqual([]);
});

test("on an axis of days a bar is as wide as its month, and ends today", () => {
  const bars = barsOf([month("2023-09", 2), month("2023-10", 2)], young, 2);
  expect(bars.map(({ x, width }) => [x, width])).toEqual([
    [-0.5, 30],
    [29.5, 11],
  ]);
});

test("what is dated beyond the axis is not drawn", () => {
  expect(barsOf([month("1999-01", 9), month("2031-01", 9)], years, 9)).toEqual([]);
});

test("whole months are pale where only a part of them had been told", () => {
  const picture = (shown: ReturnType<typeof month>[]) =>
    String(coveragePicture(years, [month("2021-01", 4)], shown));
  expect(picture([month("2021-01", 1)])).toContain(
    '<path class="later" d="M1.5 40v-40h0.9v40z"/><path d="M1.5 40v-10h0.9v10z"/>',
  );
  expect(picture([])).toContain('<path d=""/>');
});

test("ticks stand at the first month of each year, or the first day of each month", () => {
  expect(ticksOf(years)).toEqual([
    { day: "2021-01-01", percent: 5.7 },
    { day: "2022-01-01", percent: 40 },
    { day: "2023-01-01", percent: 74.3 },
  ]);
  expect(ticksOf(young)).toEqual([
    { day: "2023-09-01", percent: 0 },
    { day: "2023-10-01", percent: 75 },
  ]);
});

test("there are never more ticks than a phone can show", () => {
  expect(ticksOf({ unit: "month", from: "1970-01-01", to: "2026-11-29" })).toHaveLength(10);
});
