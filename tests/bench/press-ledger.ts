import type { NewsEvents, OccurrenceCode } from "@newsledger/core";
import {
  articleUnderstood,
  contentId,
  itemMatched,
  itemSeen,
  storyJoined,
  storyOpened,
  streams,
  textHash,
} from "@newsledger/core";
import type { StreamedEvent } from "@newsledger/eventlog";

/** A made-up press of two years about one case: four events an article, as the pipeline writes them. */

const persons = ["tomeu-vadell", "jorge-toledo", "gustavo-cardenas", "jose-pereira"];
const codes: readonly OccurrenceCode[] = [
  "release",
  "arrest",
  "meet",
  "statement",
  "house-arrest",
  "court-ruling",
  "sanction",
];
const outlets = Array.from({ length: 40 }, (_, nth) => `Outlet ${nth + 1}`);
const sentence = "Tomeu Vadell was named again on Tuesday, and little else is known of it so far. ";
const text = sentence.repeat(60);
const hash = textHash(text);

/** A fixed sequence of whole numbers below `limit`. */
function sequence(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}

export function* pressLedger(articles: number, until: Date): Generator<StreamedEvent> {
  const next = sequence(7);
  const spacing = (2 * 365 * 86_400_000) / articles;
  let opener = "";
  for (let nth = 0; nth < articles; nth += 1) {
    const publishedAt = new Date(until.getTime() - (articles - nth) * spacing);
    const article = articleOf(nth, publishedAt, next);
    const { documentId, itemId, title, source, url, backfill, topics } = article;
    const opens = opener === "" || next(10) < 4;
    if (opens) opener = documentId;
    const storyId = contentId("story", opener);
    const member = {
      ...{ storyId, documentId, itemId, title, source, url, backfill },
      publishedAt: article.publishedAt,
      topics: topics.map(({ topicId, tier }) => ({ topicId, tier })),
    };
    const item = streams.item(itemId);
    yield { stream: item, ...itemSeen.create(itemOf(article)) };
    yield {
      stream: item,
      ...itemMatched.create({ itemId, contentHash: hash, from: "feed", matches: topics }),
    };
    yield { stream: streams.document(documentId), ...articleUnderstood.create(article) };
    const relation = next(3) === 0 ? "copy" : "independent";
    const nearest = { documentId: opener, method: "bigrams", score: 0.5 };
    const event = opens
      ? storyOpened.create(member)
      : storyJoined.create({ ...member, relation, nearest });
    yield { stream: streams.story(storyId), ...event };
  }
}

function articleOf(
  nth: number,
  publishedAt: Date,
  next: (limit: number) => number,
): NewsEvents["article.understood"] {
  const named = [
    ...new Set([
      persons[next(4)] ?? "",
      persons[next(4)] ?? "",
      `org-${next(60)}`,
      `org-${next(60)}`,
      `place-${next(30)}`,
      `person-${nth % 900}`,
    ]),
  ];
  const span = { start: next(400), end: 500 };
  return {
    ...{ documentId: contentId("document", String(nth)), itemId: contentId("item", String(nth)) },
    ...{
      feedId: `feed-${next(60)}`,
      source: outlets[next(40)] ?? "",
      title: `Article number ${nth}`,
    },
    url: `https://news.example/${nth}`,
    ...{
      byline: null,
      publishedAt: publishedAt.toISOString(),
      textFrom: "page",
      pageProblem: null,
    },
    ...{ textHash: hash, words: 900, backfill: true },
    extractor: { name: "rules", version: "1", knowledgeVersion: "1" },
    understanding: {
      language: next(2) === 0 ? "en" : "es",
      entities: named.map((id) => ({
        ...{
          id,
          name: id,
          type: id.startsWith("org") ? ("organisation" as const) : ("person" as const),
        },
        mentions: Array.from({ length: 1 + next(4) }, () => ({
          text: id,
          start: next(4_000),
          end: 4_100,
        })),
      })),
      dates: Array.from({ length: 4 }, () => ({
        iso: "2021-12-07",
        precision: "day" as const,
        text: "7 December 2021",
        ...span,
      })),
      quotes: [{ text: "We wait, as we have waited for years.", speaker: "Ana Prado", ...span }],
      occurrences: Array.from({ length: 1 + next(4) }, () => ({
        code: codes[next(codes.length)] ?? "statement",
        actors: [],
        targets: [{ id: persons[next(4)] ?? null, name: "one of the six" }],
        sentence,
        ...span,
      })),
    },
    topics: [
      {
        ...{ topicId: "citgo-6", topicVersion: 1, tier: "alert" as const },
        reasons: [
          { rule: "name", field: "text" as const, matched: "Tomeu Vadell", start: 0, end: 12 },
        ],
      },
    ],
  };
}

const itemOf = (article: NewsEvents["article.understood"]): NewsEvents["item.seen"] => ({
  ...{ itemId: article.itemId, feedId: article.feedId, source: article.source, link: article.url },
  ...{ url: article.url, title: article.title, summary: sentence, author: null, language: "en" },
  ...{ publishedAt: article.publishedAt, contentHash: hash, textHash: null, backfill: true },
});
