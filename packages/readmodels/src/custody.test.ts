import type { OccurrenceCode } from "@newsledger/core";
import { describe, expect, test } from "vitest";
import type { Claim } from "./claim.ts";
import { custody } from "./custody.ts";
import type { Relation } from "./view.ts";

const ana = { id: "ana-prado", name: "Ana Prado" };
const luis = { id: "luis-mora", name: "Luis Mora" };

let documents = 0;
/** A claim about the group, published on a day by an outlet. */
function claim(
  code: OccurrenceCode,
  date: string | null,
  published: string,
  more: Partial<Omit<Claim, "report">> & {
    source?: string;
    relation?: Relation;
    document?: string;
  } = {},
): Claim {
  documents += 1;
  const { source = "Diario Uno", relation = "first", document = `d${documents}`, ...rest } = more;
  const publicAt = new Date(`${published}T12:00:00Z`);
  return {
    code,
    date,
    place: null,
    targetIds: ["the-six"],
    sentence: `${code} was told`,
    startsAt: 40,
    publicAt,
    ...rest,
    report: {
      documentId: document,
      itemId: `i${documents}`,
      title: `Title ${documents}`,
      language: "en",
      relation,
      source,
      url: null,
      publishedAt: publicAt,
      foundAt: publicAt,
      why: "",
    },
  };
}

const ask = (claims: readonly Claim[], on = "2021-12-31") =>
  custody(claims, { subjects: [ana, luis], groups: ["the-six"], on });
const statusOf = (claims: readonly Claim[], on?: string) => {
  const [person] = ask(claims, on);
  return [person?.status, person?.since, person?.days];
};

const arrested = claim("arrest", "2017-11-21", "2017-11-22");
const home = claim("house-arrest", "2019-12-09", "2019-12-10");
const back = claim("reimprison", "2020-02-05", "2020-02-06");
const judged = claim("convict", "2020-11-26", "2020-11-27");
const homeAgain = claim("house-arrest", "2021-04-30", "2021-05-01");
const backAgain = claim("reimprison", "2021-10-16", "2021-10-17", {
  place: { id: "el-helicoide", name: "El Helicoide" },
});
const freed = claim("prisoner-swap", "2022-10-01", "2022-10-01");
const whole = [arrested, home, back, judged, homeAgain, backAgain, freed];

describe("the status of a person", () => {
  test.each([
    ["nobody reported anything", [], ["unknown", null, null]],
    ["taken", [arrested], ["detained", "2017-11-21", 1501]],
    ["sent home under guard", [arrested, home], ["house-arrest", "2019-12-09", 753]],
    ["taken back", [arrested, home, back], ["imprisoned-again", "2020-02-05", 695]],
    [
      "sentenced while in prison: the custody goes on",
      [arrested, judged],
      ["detained", "2017-11-21", 1501],
    ],
    ["only a verdict is known", [judged], ["convicted", "2020-11-26", 400]],
    ["taken back a second time", whole.slice(0, 6), ["imprisoned-again", "2021-10-16", 76]],
  ])("%s", (_, claims, expected) => {
    expect(statusOf(claims)).toEqual(expected);
  });

  test("freed in an exchange, a year later", () => {
    expect(statusOf(whole, "2023-10-01")).toEqual(["free", "2022-10-01", 365]);
  });

  test("the order in which articles arrive does not matter", () => {
    expect(statusOf(whole.toReversed(), "2023-10-01")).toEqual(["free", "2022-10-01", 365]);
  });

  test("who was freed before the others stays free since then", () => {
    const early = claim("release", "2022-03-08", "2022-03-09", { targetIds: [ana.id] });
    const [first, second] = ask([...whole, early], "2022-10-02");
    expect([first?.since, second?.since]).toEqual(["2022-03-08", "2022-10-01"]);
  });

  test("a verdict is remembered until liberty", () => {
    expect(ask(whole.slice(0, 6))[0]?.convicted).toBe("2020-11-26");
    expect(ask(whole, "2023-01-01")[0]?.convicted).toBeNull();
  });

  test("a plain arrest after house arrest means imprisoned again", () => {
    const taken = claim("arrest", "2020-02-05", "2020-02-06");
    expect(statusOf([arrested, home, taken])[0]).toBe("imprisoned-again");
  });

  test("the place of the last development is where the person is held", () => {
    expect(ask(whole.slice(0, 6))[0]?.place?.name).toBe("El Helicoide");
  });

  test("a later visit shows the place when no report of the imprisonment does", () => {
    const visit = claim("meet", "2021-12-07", "2021-12-10", {
      place: { id: "el-helicoide", name: "El Helicoide" },
    });
    expect(ask([arrested, visit])[0]?.place?.name).toBe("El Helicoide");
  });
});

describe("where someone is held", () => {
  const at = (name: string) => ({ id: null, name });

  test("a later report may name the place that the news of the day did not", () => {
    const later = claim("convict", "2020", "2021-11-17", { place: at("El Helicoide") });
    const silent = claim("reimprison", "2021-10-16", "2021-10-17");
    expect(ask([silent, later])[0]?.place?.name).toBe("El Helicoide");
  });

  test("most outlets decide, and a country is no place to be held", () => {
    const claims = [
      claim("reimprison", "2021-10-16", "2021-10-17", { place: at("United States") }),
      claim("reimprison", "2021-10-16", "2021-10-17", { place: at("Venezuela"), source: "B" }),
      claim("reimprison", "2021-10-16", "2021-10-17", { place: at("La Loma"), source: "C" }),
      claim("reimprison", "2021-10-16", "2021-10-17", { place: at("El Fuerte"), source: "D" }),
      claim("reimprison", "2021-10-16", "2021-10-18", { place: at("El Fuerte"), source: "E" }),
    ];
    expect(ask(claims)[0]?.place?.name).toBe("El Fuerte");
    expect(ask(claims.slice(0, 2))[0]?.place).toBeNull();
  });

  test("who is free is held nowhere", () => {
    expect(
      ask([claim("release", "2021-10-16", "2021-10-17", { place: at("La Loma") })])[0]?.place,
    ).toBeNull();
  });
});

describe("how sure a development is", () => {
  test("outlets are counted once, copies apart", () => {
    const [person] = ask([
      arrested,
      claim("arrest", "2017-11-21", "2017-11-23", { source: "diario uno " }),
      claim("arrest", "2017-11-21", "2017-11-23", { source: "El Eco", relation: "independent" }),
      claim("arrest", "2017-11-21", "2017-11-24", { source: "Mirror", relation: "copy" }),
    ]);
    expect(person?.last).toMatchObject({
      independent: 2,
      copies: 1,
      confirmation: "confirmed by 2 independent",
    });
    expect(person?.last?.reports.map(({ source }) => source)).toEqual([
      "Diario Uno",
      "diario uno ",
      "El Eco",
      "Mirror",
    ]);
  });

  test("told only by copies of an article that did not say it, it is reported by one of them", () => {
    const [person] = ask([
      claim("arrest", "2017-11-21", "2017-11-23", { relation: "copy" }),
      claim("arrest", "2017-11-21", "2017-11-24", { relation: "copy", source: "Mirror" }),
    ]);
    expect(person?.last).toMatchObject({
      independent: 1,
      copies: 1,
      confirmation: "reported by 1",
    });
  });

  test("one report is called one report, and the last confirmed development stays visible beside it", () => {
    const second = claim("arrest", "2017-11-21", "2017-11-23", { source: "El Eco" });
    const rumour = claim("release", "2021-12-20", "2021-12-21");
    const [person] = ask([arrested, second, rumour]);
    expect(person?.status).toBe("free");
    expect(person?.last?.confirmation).toBe("reported by 1");
    expect(person?.lastConfirmed).toMatchObject({ code: "arrest", independent: 2 });
  });

  test("sources that differ by a day tell one development and all its dates", () => {
    const [person] = ask([
      claim("arrest", "2020-09-10", "2020-09-12"),
      claim("arrest", "2020-09-10", "2020-09-13", { source: "El Eco" }),
      claim("arrest", "2020-09-11", "2020-09-14", { source: "La Hoja" }),
    ]);
    expect(person?.history).toHaveLength(1);
    expect(person?.last).toMatchObject({ date: "2020-09-10", otherDates: ["2020-09-11"] });
  });

  test("an article that tells only the year confirms the day that others tell", () => {
    const [person] = ask([claim("arrest", "2017", "2021-12-10", { source: "El Eco" }), arrested]);
    expect(person?.last).toMatchObject({ date: "2017-11-21", independent: 2, otherDates: [] });
  });

  test("when only the year is known, days are a lower bound from its end", () => {
    const [person] = ask([claim("arrest", "2017", "2021-12-10")], "2018-01-10");
    expect([person?.since, person?.days, person?.atLeast]).toEqual(["2017", 10, true]);
  });

  test("freed and taken again within three days are three developments", () => {
    const [person] = ask([
      claim("arrest", "2021-03-01", "2021-03-01"),
      claim("release", "2021-03-02", "2021-03-02"),
      claim("reimprison", "2021-03-03", "2021-03-03"),
    ]);
    expect(person?.history.map(({ status }) => status)).toEqual([
      "detained",
      "free",
      "imprisoned-again",
    ]);
  });
});

describe("claims without a date", () => {
  test("news at the top of an article is dated by its publication, and says so", () => {
    const [person] = ask([arrested, claim("release", null, "2021-12-20")]);
    expect(person?.status).toBe("free");
    expect(person?.last).toMatchObject({ date: "2021-12-20", dateAssumed: true });
  });

  test("background far down an article confirms what is known and changes nothing", () => {
    const background = claim("arrest", null, "2023-05-01", { startsAt: 4000 });
    expect(statusOf([...whole, background], "2023-06-01")[0]).toBe("free");
  });

  test("background of an earlier arrest does not re-arrest someone who was freed", () => {
    const [person] = ask([freed, claim("arrest", null, "2023-05-01")], "2023-06-01");
    expect(person?.status).toBe("free");
    expect(person?.unsettled).toHaveLength(1);
  });

  test("an article that tells the return to prison does not undo it by recalling the house arrest", () => {
    const recalled = claim("house-arrest", null, "2021-10-18", { document: "both", startsAt: 200 });
    const news = claim("reimprison", "2021-10-16", "2021-10-18", { document: "both", startsAt: 0 });
    expect(statusOf([arrested, homeAgain, backAgain, news, recalled])[0]).toBe("imprisoned-again");
  });

  test("a return to prison is news even when nobody reported the leave; told again, it is not", () => {
    const back = claim("reimprison", null, "2020-02-06");
    const again = claim("reimprison", null, "2020-02-08", { source: "El Eco" });
    const [person] = ask([arrested, back, again]);
    expect(person?.history.map(({ status, date }) => [status, date])).toEqual([
      ["detained", "2017-11-21"],
      ["imprisoned-again", "2020-02-06"],
    ]);
    expect(person?.last?.independent).toBe(2);
  });

  test("a verdict told many times without a date is one verdict", () => {
    const retold = ["2020-11-26", "2020-11-27", "2021-03-01"].map((day) =>
      claim("convict", null, day),
    );
    expect(ask([arrested, judged, ...retold])[0]?.history).toHaveLength(2);
    expect(ask([arrested, ...retold])[0]?.history).toHaveLength(2);
  });

  test("one article that calls the arrest a return does not make it one", () => {
    const misread = claim("reimprison", "2017-11-21", "2017-11-23", { source: "El Eco" });
    const third = claim("arrest", "2017-11-21", "2017-11-23", { source: "La Hoja" });
    expect(ask([arrested, misread, third])[0]?.last).toMatchObject({
      code: "arrest",
      status: "detained",
      independent: 3,
    });
  });

  test("a second report of the same undated news joins the first", () => {
    const [person] = ask([
      arrested,
      claim("release", null, "2021-12-20"),
      claim("release", null, "2021-12-21", { source: "El Eco" }),
    ]);
    expect(person?.last).toMatchObject({ date: "2021-12-20", independent: 2 });
  });

  test("a date after its own publication, or no date at all, is not believed", () => {
    const [person] = ask([
      arrested,
      claim("release", "2031-01-01", "2021-12-20", { startsAt: 900 }),
    ]);
    expect(person?.status).toBe("detained");
    expect(ask([claim("arrest", "yesterday", "2021-12-20")])[0]?.last?.dateAssumed).toBe(true);
  });
});

describe("a case with thousands of reports", () => {
  const day = (nth: number) => new Date(Date.UTC(2020, 0, 1 + nth)).toISOString().slice(0, 10);
  const told = (count: number, dated: boolean) =>
    Array.from({ length: count }, (_, nth) => {
      const published = day(Math.floor(nth / 4));
      const code = nth % 2 === 0 ? "release" : "reimprison";
      return claim(code, dated ? day(Math.floor(nth / 40) * 10) : null, published);
    });

  // Looking at every report once more for each would take a minute.
  test.each([
    ["without dates", told(8_000, false)],
    ["of two hundred days", told(8_000, true)],
  ])("%s, is put in order within two seconds", { timeout: 60_000 }, (_, claims) => {
    const before = performance.now();
    const [person] = ask(claims, "2026-01-01");
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(person?.history.flatMap(({ reports }) => reports)).toHaveLength(8_000);
  });
});
