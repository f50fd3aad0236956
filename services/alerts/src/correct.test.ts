import type { ArticleEntity, NewsEvents, Occurrence } from "@newsledger/core";
import { describe, expect, test } from "vitest";
import {
  contradiction,
  isPublishedCorrection,
  type OtherReport,
  revisedFacts,
  revisedWords,
} from "./correct.ts";
import type { Facts } from "./facts.ts";

const prado: ArticleEntity = {
  id: "ana-prado",
  type: "person",
  name: "Ana Prado",
  mentions: [{ text: "Ana Prado", start: 0, end: 9 }],
};
const freed: Occurrence = {
  code: "release",
  actors: [],
  targets: [{ id: "ana-prado", name: "Ana Prado" }],
  date: "2026-03-02",
  sentence: "Ana Prado was freed on Monday.",
  start: 0,
  end: 30,
};
const alert: NewsEvents["alert.raised"] = {
  ...{ alertId: "a1", ruleId: "r1", ruleName: "Releases", topicId: "lima-4", storyId: "s1" },
  ...{ documentId: "d1", title: "Ana Prado freed", source: "Example Wire", url: null },
  publishedAt: "2026-03-02T12:00:00Z",
  foundAt: "2026-03-02T12:05:00Z",
  ...{ lateFind: false, why: "topic lima-4", evidence: [] },
  entities: [{ id: "ana-prado", name: "Ana Prado", type: "person" }],
  occurrences: [freed],
};
const article = (changes: {
  title?: string;
  entities?: ArticleEntity[];
  occurrences?: Occurrence[];
  topics?: NewsEvents["article.understood"]["topics"];
}): NewsEvents["article.understood"] => ({
  ...{ documentId: "d1", itemId: "i1", feedId: "f1", source: "Example Wire", url: null },
  ...{ byline: null, publishedAt: alert.publishedAt, textFrom: "page", pageProblem: null },
  ...{ textHash: "0".repeat(64), words: 10, backfill: false },
  extractor: { name: "rules", version: "1", knowledgeVersion: "1" },
  title: changes.title ?? alert.title,
  understanding: {
    language: "en",
    entities: changes.entities ?? [prado],
    dates: [],
    quotes: [],
    occurrences: changes.occurrences ?? [freed],
  },
  topics: changes.topics ?? [
    {
      topicId: "lima-4",
      topicVersion: 1,
      tier: "alert",
      reasons: [{ rule: "name", field: "title", matched: "Ana Prado", start: 0, end: 9 }],
    },
  ],
});

describe("an article that was edited", () => {
  test.each<[string, Parameters<typeof article>[0], string | null]>([
    ["the same facts", {}, null],
    ["another headline with the same facts", { title: "Prado walks free" }, null],
    ["more facts", { occurrences: [freed, { ...freed, code: "meet", start: 100 }] }, null],
    [
      "without the release",
      { occurrences: [], title: "Confusion about Prado" },
      "The article was edited: it no longer reports: release. Its headline is now: “Confusion about Prado”.",
    ],
    [
      "the release of someone else",
      { occurrences: [{ ...freed, targets: [{ id: "luis", name: "Luis" }] }] },
      "The article was edited: it no longer reports release of Ana Prado.",
    ],
    [
      "another day",
      { occurrences: [{ ...freed, date: "2026-03-04" }] },
      "The article was edited: it dates the release 2026-03-04, not 2026-03-02.",
    ],
    ["a vaguer day that holds", { occurrences: [{ ...freed, date: "2026-03" }] }, null],
    [
      "without her name, and off the topic",
      { entities: [], topics: [] },
      "The article was edited: it no longer names Ana Prado and no longer concerns lima-4.",
    ],
  ])("with %s", (_, changes, expected) => {
    expect(revisedFacts(alert, article(changes), article({}))).toBe(expected);
  });

  test.each([
    [
      "another sum",
      40,
      400,
      "The article was edited: it now says “400 million”, not “40 million”.",
    ],
    ["the same sum", 40, 40, null],
    ["a sum where there was none", null, 400, null],
    ["no sum any more", 40, null, null],
  ])("with %s", (_, before, now, expected) => {
    const told = (value: number | null) => ({
      ...article({}),
      understanding: {
        ...article({}).understanding,
        amounts:
          value === null
            ? []
            : [
                {
                  ...{ kind: "money" as const, unit: "USD", value: value * 1e6 },
                  ...{ text: `${value} million`, start: 0, end: 10 },
                },
              ],
      },
    });
    expect(revisedFacts(alert, told(now), told(before))).toBe(expected);
  });

  test("background that goes is no correction", () => {
    const background: Occurrence = { ...freed, code: "sanction", start: 2_000, end: 2_030 };
    expect(
      revisedFacts({ ...alert, occurrences: [freed, background] }, article({}), null),
    ).toBeNull();
  });
});

describe("a feed that changed its words", () => {
  const revised = (before: string, after: string): NewsEvents["item.revised"] => ({
    ...{ itemId: "i1", feedId: "f1", source: "Example Wire", link: null, url: null },
    ...{ title: after, summary: "", author: null, language: "en", publishedAt: null },
    ...{ contentHash: "1".repeat(64), textHash: null, backfill: false },
    ...{ previousHash: "2".repeat(64), changed: ["title"] },
    diff: {
      title: [
        { kind: "removed", text: before },
        { kind: "added", text: after },
      ],
    },
  });
  test.each([
    ["in spelling", "Ana Prado freeed", "Ana Prado freed", null],
    [
      "to leave the name out",
      "Ana Prado freed",
      "Woman freed",
      "The outlet's feed no longer names Ana Prado: “Woman freed”.",
    ],
    [
      "to say the opposite",
      "Ana Prado freed",
      "Ana Prado not freed, ministry says",
      "The outlet's feed now says otherwise: “Ana Prado not freed, ministry says”.",
    ],
    ["an accent", "Ana Prado freed", "Ána Prado freed", null],
  ])("%s", (_, before, after, expected) => {
    expect(revisedWords(alert, revised(before, after))).toBe(expected);
  });
});

test.each([
  ["Correction: Ana Prado was freed on Sunday", true, true],
  ["Corrección: Ana Prado fue liberada el domingo", true, true],
  ["Ana Prado freed (Corrected)", true, true],
  ["Correctional officers speak", true, false],
  ["Ana Prado speaks", true, false],
  ["Correction: Ana Prado was freed on Sunday", false, false],
])("“%s”, in the same story: %s, is a published correction: %s", (title, sameStory, expected) => {
  const facts: Facts = {
    ...{ topics: [], matches: [], language: "en", source: "Wire", sourceKind: null, text: null },
    ...{ backfill: false, relation: "update", occurrences: [], entities: [] },
    publishedAt: new Date("2026-03-02T15:00:00Z"),
    foundAt: new Date("2026-03-02T15:05:00Z"),
  };
  expect(isPublishedCorrection(alert, { facts, title, documentId: "d2", sameStory })).toBe(
    expected,
  );
});

describe("another report", () => {
  const groups = new Map([["lima-4", ["ana-prado"]]]);
  const says = (
    text: string,
    changes: Partial<Facts> = {},
    other: Partial<OtherReport> = {},
    told = alert,
  ) =>
    contradiction(
      told,
      {
        facts: {
          ...{ topics: [], matches: [], language: "en", source: "El Diario", sourceKind: null },
          ...{ text, backfill: false, relation: "independent", occurrences: [] },
          entities: [prado],
          publishedAt: new Date("2026-03-02T15:00:00Z"),
          foundAt: new Date("2026-03-02T15:05:00Z"),
          ...changes,
        },
        ...{ title: "About Prado", documentId: "d2", sameStory: true },
        ...other,
      },
      groups,
    );
  const denial = "Ana Prado was not freed, the ministry said.";

  test.each<[string, string | null, string | null]>([
    ["that denies it", says(denial), denial],
    ["that denies it in another story", says(denial, {}, { sameStory: false }), denial],
    [
      "whose headline denies it",
      says("", {}, { title: "Ana Prado remains in prison" }),
      "Ana Prado remains in prison",
    ],
    ["that confirms it", says("Ana Prado was freed."), null],
    ["that is a copy", says(denial, { relation: "copy" }), null],
    [
      "that was published before",
      says(denial, { publishedAt: new Date("2026-03-01T10:00:00Z") }),
      null,
    ],
    ["that is the article itself", says(denial, {}, { documentId: "d1" }), null],
    [
      "about someone else",
      says(denial, { entities: [{ ...prado, id: "luis", name: "Luis" }] }),
      null,
    ],
    [
      "that denies it of the group",
      says("None of it: the four remain in prison.", {
        entities: [
          {
            ...prado,
            id: "lima-4",
            type: "group",
            mentions: [{ text: "the four", start: 12, end: 20 }],
          },
        ],
      }),
      "None of it: the four remain in prison.",
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toBe(expected);
  });

  const taken: Occurrence = {
    ...freed,
    code: "arrest",
    sentence: "She was taken in again.",
    start: 5,
  };
  const { date: __, ...undated } = taken;
  test.each<[string, Occurrence, boolean, Partial<OtherReport>]>([
    ["the opposite on the same day", taken, true, {}],
    ["the opposite without a day", undated, true, {}],
    [
      "the opposite on a later day, which is a development",
      { ...taken, date: "2026-03-03" },
      false,
      {},
    ],
    ["the opposite in another story", taken, false, { sameStory: false }],
    [
      "the opposite of someone else",
      { ...taken, targets: [{ id: "luis", name: "Luis" }] },
      false,
      {},
    ],
    ["the opposite as background", { ...taken, start: 3_000 }, false, {}],
  ])("that tells %s", (_, occurrence, contradicts, other) => {
    const found = says("", { occurrences: [occurrence] }, other);
    expect(found).toBe(contradicts ? taken.sentence : null);
  });

  test("does not contradict what the alert told as background", () => {
    const arrested: Occurrence = {
      ...freed,
      code: "arrest",
      date: "2017-11-21",
      start: 100,
      end: 130,
    };
    const told = { ...alert, occurrences: [arrested] };
    expect(says("Ana Prado remains free.", {}, {}, told)).toBeNull();
    expect(says("", { occurrences: [freed] }, {}, told)).toBeNull();
  });
});
