import type { PersonStatus } from "@newsledger/readmodels";
import { expect, test } from "vitest";
import { turnsOf } from "./turns.ts";

const step = (date: string, independent = 1, dateAssumed = false) =>
  ({ date, independent, dateAssumed }) as PersonStatus["history"][number];

test("the days that changed something, each once, oldest first; a month or a guess is no day", () => {
  const persons = [
    { history: [step("2017-11-21", 2), step("2020-11"), step("2022-10-01")] },
    { history: [step("2017-11-21"), step("2022-03-08"), step("2021-01-01", 1, true)] },
  ];
  expect(turnsOf(persons)).toEqual(["2017-11-21", "2022-03-08", "2022-10-01"]);
});

test("of very many days those that most outlets tell are kept", () => {
  const history = Array.from({ length: 20 }, (_, nth) => step(`2020-01-${10 + nth}`, nth));
  expect(turnsOf([{ history }])).toHaveLength(12);
  expect(turnsOf([{ history }])[0]).toBe("2020-01-18");
});
