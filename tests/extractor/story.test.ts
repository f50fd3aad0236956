import {
  articleUnderstood,
  contentId,
  contentUuid,
  type NewsEvents,
  streams,
} from "@newsledger/core";
import { putText } from "@newsledger/eventlog";
import { extractor, loadKnowledge, understand } from "@newsledger/extraction";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Desk } from "./desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const knowledge = loadKnowledge();
const wire = `Gustavo Cárdenas, one of the six executives of Citgo, was released in Caracas on Tuesday night after more than four years, the White House said.
A second man, Jorge Alberto Fernández, a tourist who had been held since last year over a drone, left on the same plane, according to two officials.
The flight took off shortly before midnight and landed in Texas in the morning, where relatives with flags and flowers had waited for hours behind a fence.
“We have wanted this day for a very long time,” said María Elena Cárdenas, his wife.`;
const rewritten = `Gustavo Cárdenas, one of six executives of Citgo, was freed in Caracas on Tuesday night after over four years, the White House said.
A second man, Jorge Alberto Fernández, a tourist held since last year over a drone, left on the same aircraft, two officials said.
The flight departed shortly before midnight and landed in Texas in the morning, where relatives with flags and flowers waited for hours behind the fence.`;
const spanish = `El exdirectivo de Citgo Gustavo Cárdenas fue liberado el martes en Caracas, tres días después de la visita de una delegación estadounidense.
También salió de la cárcel el turista Jorge Alberto Fernández. Ambos volaron de noche hacia el norte.`;
const other = `Chevron resumed loading crude at its joint venture with PDVSA on Tuesday, shipping data showed, after OFAC extended its license last month.`;

/** An article that is understood already, as the worker would have appended it. */
async function understood(
  source: string,
  title: string,
  text: string,
  facts: { at?: string; url?: string } = {},
): Promise<string> {
  const { db, log } = desk.resources;
  const publishedAt = facts.at ?? "2022-03-09T10:00:00Z";
  const url = facts.url ?? `https://press.test/${encodeURIComponent(`${source}-${title}`)}`;
  const documentId = contentId("document", url);
  const itemId = contentId("item", source, title);
  const understanding = understand({ title, text, publishedAt, url, source }, knowledge);
  await db.transaction().execute(async (trx) => {
    const textHash = await putText(trx, text);
    const event = articleUnderstood.create({
      ...{ documentId, itemId, feedId: source, source, url, title, byline: null, publishedAt },
      ...{ textFrom: "page", pageProblem: null, textHash, words: text.split(/\s+/).length },
      ...{ extractor, understanding, backfill: false },
      topics: [
        {
          topicId: "citgo-6",
          topicVersion: 1,
          tier: "alert",
          reasons: [
            {
              rule: "names the group",
              field: "title",
              matched: title,
              start: 0,
              end: title.length,
            },
          ],
        },
      ],
    });
    await log.within(trx).append(streams.document(documentId), [event], {
      key: `article.understood:${documentId}:${textHash.slice(0, 16)}`,
      correlationId: contentUuid("item", itemId),
    });
  });
  return documentId;
}

type Entry = NewsEvents["story.joined"];
const entries = async (count: number): Promise<Entry[]> => {
  for (;;) {
    const found = await desk.events("story.opened", "story.joined");
    if (found.length >= count) return found.map(({ data }) => data as Entry);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
};

test("a copy, a rewritten copy, an independent report in Spanish and an update are one story, told apart", async () => {
  const first = await understood("Harbour Gazette", "Citgo executive freed", wire);
  await understood(
    "Daily Courier",
    "Executive freed after years",
    `(Agency) ${wire.split("\n").slice(0, 3).join("\n")}`,
  );
  await understood("Morning Mirror", "One of six is free", rewritten);
  await understood("El Faro del Puerto", "Liberado Gustavo Cárdenas", spanish);
  await understood(
    "Harbour Gazette",
    "What we know of the release",
    `Gustavo Cárdenas, released on Tuesday by Venezuela, spent his first day with doctors. Jorge Alberto Fernández did the same, officials said.`,
  );
  const [opened, ...joined] = await entries(5);
  expect(opened).toMatchObject({ storyId: contentId("story", first), documentId: first });
  expect(joined.map(({ relation }) => relation)).toEqual(["copy", "copy", "independent", "update"]);
  expect(new Set(joined.map(({ storyId }) => storyId))).toEqual(new Set([opened?.storyId]));
  expect(joined[0]?.nearest).toMatchObject({ documentId: first, method: "containment" });
  expect(joined[1]?.nearest.method).toBe("word pairs and names");
});

test("another event opens another story", async () => {
  await understood("Harbour Gazette", "Citgo executive freed", wire);
  await understood("Daily Courier", "Oil flows again", other);
  const found = await entries(2);
  expect(new Set(found.map(({ storyId }) => storyId)).size).toBe(2);
});

test("the same event told ten days later opens a new story", async () => {
  await understood("Harbour Gazette", "Citgo executive freed", wire);
  await understood("El Faro del Puerto", "Liberado Gustavo Cárdenas", spanish, {
    at: "2022-03-19T10:00:00Z",
  });
  const found = await entries(2);
  expect(new Set(found.map(({ storyId }) => storyId)).size).toBe(2);
});

test("a document that is read anew keeps its one place", async () => {
  const url = "https://press.test/story";
  await understood("Harbour Gazette", "Citgo executive freed", wire, { url });
  await entries(1);
  await understood(
    "Harbour Gazette",
    "Citgo executive freed",
    `${wire}\nCorrection: he had been held for four years and three months.`,
    { url },
  );
  await understood("Daily Courier", "Oil flows again", other);
  await entries(2);
  const found = await desk.events("story.opened", "story.joined");
  expect(found.map(({ data }) => data.url)).toEqual([url, expect.stringContaining("Courier")]);
});

test("a story entry is traced to its item and to the article that caused it", async () => {
  await understood("Harbour Gazette", "Citgo executive freed", wire);
  await entries(1);
  const [article] = await desk.events("article.understood");
  const [opened] = await desk.events("story.opened");
  expect(opened?.correlationId).toBe(article?.correlationId);
  expect(opened?.causationId).toBe(article?.id);
  expect(opened?.stream).toBe(streams.story(opened?.data.storyId ?? ""));
});
