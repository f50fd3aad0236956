import type { CustodyStatus, Development } from "@newsledger/readmodels";
import { expect, test } from "vitest";
import { segmentsOf } from "./custody-strip.ts";

const step = (status: CustodyStatus, date: string): Development => ({
  code: "arrest",
  status,
  date,
  dateAssumed: false,
  otherDates: [],
  place: null,
  sentence: "",
  independent: 1,
  copies: 0,
  confirmation: "reported by 1",
  reports: [],
});

test("a strip follows the states; what only repeats a state starts nothing", () => {
  const history = [
    step("detained", "2017-11-21"),
    step("detained", "2020-11-26"),
    step("free", "2022-10"),
  ];
  expect(segmentsOf({ history }, { from: "2017-11-21", to: "2023-01-01" })).toEqual([
    { status: "detained", from: "2017-11-21", to: "2022-10-01" },
    { status: "free", from: "2022-10-01", to: "2023-01-01" },
  ]);
});
