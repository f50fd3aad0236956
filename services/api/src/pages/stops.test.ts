import { expect, test } from "vitest";
import { Problem } from "../problem.ts";
import { dayAt, isMoved, movedTo, numberOf, stopFor, stopsOf, type Unit } from "./stops.ts";

test.each([
  ["day", 0, "1970-01-01"],
  ["day", 11_016, "2000-02-29"],
  ["day", 18_992, "2021-12-31"],
  ["day", 19_782, "2024-02-29"],
  ["month", 0, "1970-01-31"],
  ["month", 361, "2000-02-29"],
  ["month", 623, "2021-12-31"],
  ["month", 637, "2023-02-28"],
  ["month", 649, "2024-02-29"],
  ["month", 1_561, "2100-02-28"],
] as const)("%s %i is %s, and the other way round", (unit, number, day) => {
  expect(dayAt(unit, number)).toBe(day);
  expect(numberOf(unit, day)).toBe(number);
});

test("every number of two centuries comes back from its day, and days only go forward", () => {
  for (const [unit, many] of [
    ["day", 73_000],
    ["month", 2_400],
  ] as [Unit, number][]) {
    let before = "";
    for (let number = 0; number < many; number += 1) {
      const day = dayAt(unit, number);
      if (numberOf(unit, day) !== number || day <= before) expect.fail(`${unit} ${number}: ${day}`);
      before = day;
    }
  }
});

test("the first of a month belongs to it as its last does", () => {
  expect(numberOf("month", "2021-12-01")).toBe(623);
  expect(numberOf("month", "2022-01-01")).toBe(624);
});

test.each([
  ["of years: by months", "2017-11", "2023-10-01", "month", "2017-11-01"],
  ["of thirteen months: by months", "2022-09", "2023-10-01", "month", "2022-09-01"],
  ["of a year: by days", "2022-10", "2023-10-01", "day", "2022-10-01"],
  ["of this month: by days", "2023-10", "2023-10-02", "day", "2023-10-01"],
  ["told of before 1970: from 1970 on", "1899-01", "2023-10-01", "month", "1970-01-01"],
])("a case %s", (_, firstMonth, today, unit, from) => {
  expect(stopsOf(firstMonth, today)).toEqual({ unit, from, to: today });
});

test("there is nothing to go through where nothing was told, or only today, or what is dated later", () => {
  expect(stopsOf(undefined, "2023-10-01")).toBeNull();
  expect(stopsOf("2023-10", "2023-10-01")).toBeNull();
  expect(stopsOf("2031-01", "2023-10-01")).toBeNull();
});

const years = { unit: "month", from: "2017-11-01", to: "2023-10-01" } as const;

test("the slider stands at the month looked at, at its ends for what lies beyond, at the last for today", () => {
  const at = (asOf?: string) => stopFor(years, asOf);
  expect(at("2021-12-31")).toBe(623);
  expect(at("2021-12-01")).toBe(623);
  expect(at("1000-01-01")).toBe(574);
  expect(at("9998-01-01")).toBe(645);
  expect(at()).toBe(645);
});

const asked = (query: string, stops: Parameters<typeof movedTo>[1] = years) =>
  String(movedTo(new URLSearchParams(query), stops));

test.each([
  ["a month is its last day", "at_month=623", "as_of=2021-12-31"],
  ["the first stop", "at_month=574", "as_of=2017-11-30"],
  ["the last stop is the present", "at_month=645", ""],
  ["a day, also where the page now goes by months", "at_day=18992", "as_of=2021-12-31"],
  ["today is the present", "at_day=19631", ""],
  ["zeros before it change nothing", "at_month=000623", "as_of=2021-12-31"],
  ["a day looked at before is left", "as_of=2018-01-01&at_month=623", "as_of=2021-12-31"],
  [
    "all else stays, as often as it was given",
    "lang=es&occurrence=release&q=a%26b&at_month=623&x=1&x=2",
    "lang=es&occurrence=release&q=a%26b&x=1&x=2&as_of=2021-12-31",
  ],
])("%s: %s", (_, query, expected) => {
  expect(asked(query)).toBe(expected);
});

test.each([
  ...[
    "",
    "-1",
    "+623",
    "6e2",
    "0x26f",
    "623.0",
    "623,5",
    " 623",
    "623 ",
    "６２３",
    "NaN",
    "Infinity",
  ],
  ...["573", "646", "0", "999999", "9999999", "1".repeat(5_000), "2021-12-31", "623;drop", "٦٢٣"],
])("at_month=%j is refused with what would do", (text) => {
  const refuse = () => asked(`at_month=${encodeURIComponent(text)}`);
  expect(refuse).toThrow(Problem);
  expect(refuse).toThrow(/^at_month: give a whole number from 574 to 645 \(months since/);
});

test.each(["17470", "19632", "-1", ""])("at_day=%j is refused with what would do", (text) => {
  expect(() => asked(`at_day=${text}`)).toThrow(/^at_day: give a whole number from 17471 to 19631/);
});

test("two places at once are refused, and any where there is no past", () => {
  for (const query of ["at_month=600&at_month=600", "at_month=600&at_day=18992", ""])
    expect(() => asked(query)).toThrow(/once/);
  expect(() => asked("at_month=623", null)).toThrow("no past");
});

test("only the slider's own parameters move it", () => {
  const moved = (query: string) => isMoved(new URLSearchParams(query));
  expect([moved("at_month="), moved("at_day=1"), moved("as_of=2021-12-31"), moved("")]).toEqual([
    ...[true, true, false, false],
  ]);
});
