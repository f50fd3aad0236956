import { signature } from "@newsledger/extraction";
import { describe, expect, it } from "vitest";
import { type Placeable, type Placed, place } from "./place.ts";
import { type Told, toldIn } from "./told.ts";

const at = new Date("2022-03-08T12:00:00Z");
const hoursLater = (hours: number): Date => new Date(at.getTime() + hours * 3_600_000);
const freed: Told = { code: "release", who: ["gustavo-cardenas"], date: "2022-03-08" };
const text =
  "Two men who had been held for years walked out of a prison in the capital on Tuesday night and boarded a small plane, officials said, days after a visit that nobody had announced.";
const otherText =
  "Late in the evening an aircraft left for the north with a pair of passengers whose families had given up hope; diplomats spoke of a gesture and asked for patience.";

const article = (facts: Partial<Placeable> = {}): Placeable => ({
  documentId: "new",
  source: "Harbour Gazette",
  title: "Two men freed",
  at,
  signature: signature(text),
  entities: ["gustavo-cardenas", "citgo"],
  told: [freed],
  ...facts,
});
const placed = (facts: Partial<Placed> = {}): Placed => ({
  ...article({ documentId: "old", source: "Daily Courier" }),
  storyId: "story-1",
  openedAt: at,
  ...facts,
});

const freedOf = (name: string, id: string | null = null) => ({
  code: "release" as const,
  actors: [],
  targets: [{ id, name }],
  date: "2022-03-08",
  precision: "day" as const,
  sentence: "",
  start: 0,
  end: 0,
});

describe("the story of an article", () => {
  it("is its own when nothing is like it", () => {
    const stranger = placed({
      signature: signature(otherText),
      entities: ["chevron"],
      told: [],
      title: "Oil",
    });
    expect(place(article(), [stranger])).toEqual({ outcome: "opens" });
  });

  it("is that of the text that it copies", () => {
    expect(place(article(), [placed()])).toMatchObject({
      outcome: "joins",
      relation: "copy",
      method: "containment",
      score: 1,
    });
  });

  it("a copy ten days later is still a copy, three weeks later it is not looked at", () => {
    expect(place(article({ at: hoursLater(240) }), [placed()])).toMatchObject({ relation: "copy" });
    expect(place(article({ at: hoursLater(504) }), [placed()])).toEqual({ outcome: "opens" });
  });

  it("another outlet's own report of the same event is independent", () => {
    const other = placed({ signature: signature(otherText), title: "Night flight north" });
    expect(place(article(), [other])).toMatchObject({
      relation: "independent",
      method: "same event and names",
    });
  });

  it("the same outlet reporting again brings an update", () => {
    const other = placed({ signature: signature(otherText), source: "Harbour Gazette" });
    expect(place(article(), [other])).toMatchObject({ relation: "update" });
  });

  it("what nobody dates is the same event for three days", () => {
    const undated = [{ ...freed, date: null }];
    const other = placed({ signature: signature(otherText), title: "Night flight", told: undated });
    const late = article({ at: hoursLater(73), told: undated });
    expect(place(article({ told: undated }), [other])).toMatchObject({ relation: "independent" });
    expect(place(late, [other])).toEqual({ outcome: "opens" });
  });

  it("an event of the same day, told of the same person, is one for a week: in the other language it may come late", () => {
    const other = placed({ signature: signature(otherText), title: "Vuelo de noche" });
    expect(place(article({ at: hoursLater(120) }), [other])).toMatchObject({
      relation: "independent",
      method: "same event and names",
    });
    expect(place(article({ at: hoursLater(169) }), [other])).toEqual({ outcome: "opens" });
  });

  it("a story that has been told for more than a week takes no more reports", () => {
    const other = placed({
      signature: signature(otherText),
      title: "Night flight",
      openedAt: hoursLater(-200),
    });
    expect(place(article(), [other])).toEqual({ outcome: "opens" });
  });

  it("the same names with another event are another story", () => {
    const arrest: Told = { code: "arrest", who: ["gustavo-cardenas"], date: "2022-03-01" };
    const other = placed({
      signature: signature(otherText),
      title: "Night arrest",
      entities: ["gustavo-cardenas", "citgo", "pdvsa"],
      told: [arrest],
    });
    expect(place(article({ entities: ["gustavo-cardenas", "citgo", "pdvsa"] }), [other])).toEqual({
      outcome: "opens",
    });
  });

  it("names alone make one story of two reports of a day, and not of the next day's", () => {
    const cast = ["gustavo-cardenas", "jorge-toledo", "citgo", "pdvsa"];
    const other = placed({
      ...{ signature: signature(otherText), title: "Night flight", told: [], entities: cast },
    });
    const report = { told: [], entities: cast };
    expect(place(article({ ...report, at: hoursLater(20) }), [other])).toMatchObject({
      method: "same names",
    });
    expect(place(article({ ...report, at: hoursLater(30) }), [other])).toEqual({
      outcome: "opens",
    });
  });

  it("words that few others of these days have tell of one event, for as long as it is news", () => {
    const harbour = "Divers in the harbour of Brisa raised the crane that toppled onto the ferry.";
    const crane = "The toppled crane was raised from the ferry by divers, said Brisa's captain.";
    const told = { told: [], entities: ["citgo", "brisa port"], title: "Crane" };
    const other = placed({ ...told, signature: signature(harbour) });
    const report = article({ ...told, ...{ signature: signature(crane), title: "Raised" } });
    expect(place({ ...report, entities: ["brisa port"] }, [other])).toMatchObject({
      relation: "independent",
      method: "telling words",
    });
    expect(place({ ...report, entities: ["nobody of them"] }, [other])).toEqual({
      outcome: "opens",
    });
    expect(place({ ...report, at: hoursLater(160) }, [other])).toEqual({ outcome: "opens" });
  });

  it("a copy goes before another report of the event, the nearer copy before the farther", () => {
    const report = placed({ documentId: "a", signature: signature(otherText) });
    const copy = placed({ documentId: "b", storyId: "story-2" });
    const cut = placed({
      documentId: "c",
      storyId: "story-3",
      signature: signature(`${text.slice(0, 130)} and much more was said at the gate`),
    });
    expect(place(article(), [report, cut, copy])).toMatchObject({
      relation: "copy",
      with: { documentId: "b" },
    });
  });

  it("what an outlet prints again in other words is an update of its own report", () => {
    const reworded = text.replace("walked out", "came out").replace("small plane", "light plane");
    const own = placed({ source: "Harbour Gazette", signature: signature(reworded) });
    expect(place(article(), [own])).toMatchObject({
      relation: "update",
      with: { documentId: "old" },
    });
  });

  it("the same words from the same outlet are a copy", () => {
    expect(place(article(), [placed({ source: "Harbour Gazette" })])).toMatchObject({
      relation: "copy",
    });
  });

  it("a count in one language and in the other are the same people, on the same day", () => {
    const [seven, siete]: Told[] = toldIn(
      { occurrences: [freedOf("seven Americans"), freedOf("siete estadounidenses")] },
      new Map(),
    );
    const other = placed({
      signature: signature(otherText),
      title: "Siete libres",
      told: siete ? [siete] : [],
    });
    expect(place(article({ told: seven ? [seven] : [] }), [other])).toMatchObject({
      relation: "independent",
      method: "same event and names",
    });
  });

  it("a group in one report is its members in another", () => {
    const members = new Map([["the-two", ["gustavo-cardenas", "jorge-fernandez"]]]);
    const told = toldIn({ occurrences: [freedOf("The Two", "the-two")] }, members);
    const other = placed({ signature: signature(otherText), title: "Night flight", told });
    expect(place(article(), [other])).toMatchObject({ method: "same event and names" });
  });

  it("an article is never compared with itself", () => {
    expect(place(article({ documentId: "old" }), [placed()])).toEqual({ outcome: "opens" });
  });
});
