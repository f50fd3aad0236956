import {
  articleUnderstood,
  contentId,
  itemSeen,
  type NewEvent,
  type NewsEvents,
  type Occurrence,
  type OccurrenceCode,
  storyJoined,
  storyOpened,
  streams,
  textHash,
} from "@newsledger/core";
import { type EventLog, putText } from "@newsledger/eventlog";
import type { Kysely } from "kysely";

/** One report, as the pipeline before the alerts would have written it. */
export interface Report {
  readonly document: string;
  readonly title?: string;
  readonly text?: string;
  readonly source?: string;
  readonly topic?: string;
  readonly tier?: "alert" | "digest";
  readonly language?: "en" | "es";
  /** Joins the story that this document opened; opens one of its own when absent. */
  readonly joins?: string;
  readonly relation?: "copy" | "independent" | "update";
  readonly entities?: readonly { id: string; name: string }[];
  readonly occurrences?: readonly {
    code: OccurrenceCode;
    targets?: readonly string[];
    date?: string;
  }[];
  readonly publishedAt?: Date;
  readonly backfill?: boolean;
  readonly feedId?: string;
}

export const vadell = { id: "tomeu-vadell", name: "Tomeu Vadell" };

interface Streamed {
  readonly stream: string;
  readonly event: NewEvent;
}

/** The events of a report, in their order: the item, the article, its place in a story. */
export function reportEvents(report: Report): Streamed[] {
  const { document, joins, relation = "independent" } = report;
  const article = understood(report);
  const { documentId, itemId, title, source, url, publishedAt, backfill } = article;
  const opener = contentId("document", joins ?? document);
  const storyId = contentId("story", opener);
  const topics = article.topics.map(({ topicId, tier }) => ({ topicId, tier }));
  const member = { storyId, documentId, itemId, title, source, url, publishedAt, topics, backfill };
  const nearest = { documentId: opener, method: "bigrams", score: 0.5 };
  return [
    { stream: streams.item(itemId), event: itemSeen.create(itemOf(article)) },
    { stream: streams.document(documentId), event: articleUnderstood.create(article) },
    {
      stream: streams.story(storyId),
      event:
        joins === undefined
          ? storyOpened.create(member)
          : storyJoined.create({ ...member, relation, nearest }),
    },
  ];
}

/** What is understood of a report's article. */
export function understood(report: Report): NewsEvents["article.understood"] {
  const { document, entities = [vadell], occurrences = [], topic = "citgo-6" } = report;
  const { title = `About ${document}`, source = "Example Wire", language = "en" } = report;
  const { backfill = false, tier = "alert", feedId = "feed1" } = report;
  const text = textOf(report);
  const named = entities.map(({ id, name }) => ({ id, name, mention: mentionOf(text, name) }));
  return {
    documentId: contentId("document", document),
    itemId: contentId("item", document),
    ...{ feedId, source, title, backfill },
    url: `https://news.example/${document}`,
    byline: null,
    publishedAt: (report.publishedAt ?? new Date()).toISOString(),
    textFrom: "page",
    pageProblem: null,
    textHash: textHash(text),
    words: text.split(" ").length,
    extractor: { name: "rules", version: "1", knowledgeVersion: "1" },
    understanding: {
      language,
      entities: named.map(({ id, name, mention }) => ({
        ...{ id, name, type: "person" as const },
        mentions: [mention],
      })),
      ...{ dates: [], quotes: [] },
      occurrences: occurrences.map((one) => occurrenceOf(one, report, text)),
    },
    topics: [
      {
        ...{ topicId: topic, topicVersion: 1, tier },
        reasons: named.map(({ name, mention: { start, end } }) => ({
          ...{ rule: "name", field: "text" as const, matched: name, start, end },
        })),
      },
    ],
  };
}

export const textOf = ({ text, document }: Report): string =>
  text ?? `Tomeu Vadell is in the news today, says ${document}.`;

function mentionOf(text: string, name: string) {
  const start = Math.max(0, text.indexOf(name));
  return { text: name, start, end: start + name.length };
}

/** Told by the sentence that begins with the first name of the report. */
function occurrenceOf(
  { code, targets = ["tomeu-vadell"], date }: NonNullable<Report["occurrences"]>[number],
  { entities = [vadell] }: Report,
  text: string,
): Occurrence {
  const name = (id: string) => entities.find((one) => one.id === id)?.name ?? id;
  const { start } = mentionOf(text, entities[0]?.name ?? "");
  const sentence = text.slice(start, start + 200);
  return {
    ...{ code, actors: [], targets: targets.map((id) => ({ id, name: name(id) })) },
    ...(date === undefined ? {} : { date, precision: "day" as const }),
    ...{ sentence, start, end: start + sentence.length },
  };
}

const itemOf = (article: NewsEvents["article.understood"]): NewsEvents["item.seen"] => ({
  ...{ itemId: article.itemId, feedId: article.feedId, source: article.source },
  ...{ link: article.url, url: article.url, title: article.title, summary: "", author: null },
  ...{ language: article.understanding.language, publishedAt: article.publishedAt },
  ...{ contentHash: article.textHash, textHash: null, backfill: article.backfill },
});

/** Puts a report into the ledger, text included. */
export async function publish(
  // biome-ignore lint/suspicious/noExplicitAny: any database that holds the log's tables
  { db, log }: { db: Kysely<any>; log: EventLog<NewsEvents> },
  report: Report,
): Promise<void> {
  await db.transaction().execute((trx) => putText(trx, textOf(report)));
  for (const { stream, event } of reportEvents(report)) await log.append(stream, [event]);
}
