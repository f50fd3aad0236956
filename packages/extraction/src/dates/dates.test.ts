import { describe, expect, it } from "vitest";
import { cut } from "../text/article.ts";
import type { Language } from "../text/language.ts";
import { dayOf } from "./calendar.ts";
import { dateHeader, findDates } from "./find.ts";

/** Friday, 10 December 2021. */
const friday = "2021-12-10T12:00:00Z";
const read = (text: string, language: Language, published: string | null = friday) =>
  findDates(cut(text, language), dayOf(published), []).map((date) => date.iso);

describe("English dates, read on Friday 2021-12-10", () => {
  it.each([
    ["They arrived on Tuesday.", ["2021-12-07"]],
    ["She spoke on Friday.", ["2021-12-10"]],
    ["He left last Friday.", ["2021-12-03"]],
    ["The judge will rule on Monday.", ["2021-12-13"]],
    ["Talks resume next Tuesday.", ["2021-12-14"]],
    [
      "Officials said Tuesday that the hearing will be held on Thursday.",
      ["2021-12-07", "2021-12-16"],
    ],
    ["The vote on Nov. 21 was flawed.", ["2021-11-21"]],
    ["It happened on March 8 in the capital.", ["2021-03-08"]],
    ["It happened on Jan. 5 in the capital.", ["2021-01-05"]],
    ["The licence expires on Jan. 20, lawyers said.", ["2022-01-20"]],
    ["He has been held since March.", ["2021-03"]],
    ["In 2017 they were arrested.", ["2017"]],
    ["In early 2020 they were moved.", ["2020"]],
    ["The embassy closed in March 2019.", ["2019-03"]],
    ["The 2018 election was boycotted.", ["2018"]],
    ["From 2017 to 2019 they waited.", ["2017", "2019"]],
    ["On Tuesday, Dec. 7, 2021, he landed.", ["2021-12-07"]],
    ["The trip ran Dec. 7-10 in secret.", ["2021-12-07", "2021-12-10"]],
    ["On 21 November 2017 agents came.", ["2017-11-21"]],
    ["Three days ago the family called.", ["2021-12-07"]],
    ["Two years ago they were moved.", ["2019"]],
    ["Last week the company sued.", ["2021-12"]],
    ["He was seized on Dec. 1. Two days later he called home.", ["2021-12-01", "2021-12-03"]],
    ["Filed on 12/7/2021 in court.", ["2021-12-07"]],
    ["On 2021-11-16 the court sat.", ["2021-11-16"]],
    ["The sun sat low over the hills.", []],
    ["They may march on the palace.", []],
    ["In May they may march.", ["2021-05"]],
    ["A crowd of 2000 people gathered.", []],
    ["Output fell to 2020 barrels.", []],
    ["Shops open early on Black Friday.", []],
    ["The fee is $2017 a head.", []],
    ["The amount was 1.2 million in 5.75 percent notes.", []],
  ])("%s → %j", (text, expected) => {
    expect(read(text, "en")).toEqual(expected);
  });
});

describe("Spanish dates, read on Friday 2021-12-10", () => {
  it.each([
    ["Llegó el martes a la capital.", ["2021-12-07"]],
    ["El pasado martes llegó a la capital.", ["2021-12-07"]],
    ["Llegó el martes pasado.", ["2021-12-07"]],
    ["La audiencia será el próximo martes.", ["2021-12-14"]],
    ["El juez decidirá el lunes.", ["2021-12-13"]],
    ["La semana pasada hubo una reunión.", ["2021-12"]],
    ["Hace tres días llamó a su casa.", ["2021-12-07"]],
    ["Hace dos semanas llamó a su casa.", ["2021-11"]],
    ["Hace dos años fueron trasladados.", ["2019"]],
    ["En 2017 fueron detenidos.", ["2017"]],
    ["A principios de enero fueron trasladados.", ["2021-01"]],
    ["A finales de 2017 los detuvieron.", ["2017"]],
    ["Las elecciones del 21 de noviembre fueron cuestionadas.", ["2021-11-21"]],
    ["El 21 de noviembre de 2017 los detuvieron.", ["2017-11-21"]],
    ["La votación de Nov. 21 fue cuestionada.", ["2021-11-21"]],
    ["Viajó del 7 al 10 de diciembre.", ["2021-12-07", "2021-12-10"]],
    ["La embajada cerró en marzo de 2019.", ["2019-03"]],
    ["La licencia vence el 20 de enero.", ["2022-01-20"]],
    ["El mes pasado se reunieron.", ["2021-11"]],
    ["Ayer se reunieron.", ["2021-12-09"]],
    ["Lo detuvieron el 1 de diciembre. Dos días después llamó.", ["2021-12-01", "2021-12-03"]],
    ["Viven en Santo Domingo con Abril y Domingo.", []],
    ["Por la mañana salieron de la cárcel.", []],
    ["Firmado el 7/12/2021 en Caracas.", ["2021-12-07"]],
    ["Ese martes 7 de diciembre llegó.", ["2021-12-07"]],
    ["Hubo 2020 detenidos en las protestas.", []],
  ])("%s → %j", (text, expected) => {
    expect(read(text, "es")).toEqual(expected);
  });
});

describe("limits, and the parts of a day", () => {
  const on = (day: string, text: string, language: "en" | "es") =>
    findDates(cut(text, language), dayOf(day), []).map((date) => date.iso);
  it.each([
    ["Fue ministro hasta el 16 de enero.", "es", ["2026-01-16"]],
    ["Estuvo preso hasta el 16 de enero.", "es", ["2026-01-16"]],
    ["El juez prorrogó la medida hasta el 16 de enero.", "es", ["2027-01-16"]],
    ["La licencia vale hasta el 16 de enero.", "es", ["2027-01-16"]],
    [
      "El domingo 1 de febrero llegaron. A media mañana no había pan.",
      "es",
      ["2026-02-01", "2026-02-01"],
    ],
    ["Volverán mañana.", "es", ["2026-02-06"]],
    ["Salieron hace medio año.", "es", ["2025-08"]],
    ["He was minister until January 16.", "en", ["2026-01-16"]],
    ["The court extended the order until January 16.", "en", ["2027-01-16"]],
    ["Washington extends oil protection to March 20", "en", ["2026-03-20"]],
    ["They drove from here to March 20 events.", "en", ["2025-03-20"]],
    ["They left half a year ago.", "en", ["2025-08"]],
    ["They left a year ago.", "en", ["2025"]],
  ] as const)("%s", (text, language, expected) => {
    expect(on("2026-02-05", text, language)).toEqual(expected);
  });
});

describe("dates without a day of publication", () => {
  it("only what the text says in full is read", () => {
    expect(read("On Tuesday, and on March 8, 2019, and in 2017.", "en", null)).toEqual([
      "2019-03-08",
      "2017",
    ]);
  });
  it("precision follows what the text says", () => {
    const dates = findDates(cut("In March 2019, in 2017 and on May 3, 2020.", "en"), null, []);
    expect(dates.map((date) => date.precision)).toEqual(["month", "year", "day"]);
  });
  it("a span claimed by a name holds no date", () => {
    const text = "The PDVSA 2020 bond fell in 2020.";
    expect(findDates(cut(text, "en"), null, [{ start: 4, end: 14 }])).toHaveLength(1);
  });
});

describe("the date header of some pages", () => {
  it("is recognised with its day", () => {
    expect(dateHeader(" date 2021-12-10 Six men wait")).toEqual({
      length: 17,
      day: dayOf("2021-12-10"),
    });
  });
  it("other openings are left alone", () => {
    expect(dateHeader("Dated 2021, the letter")).toBeNull();
  });
});
