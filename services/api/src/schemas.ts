import { z } from "@hono/zod-openapi";
import { occurrenceCode, topicTier } from "@newsledger/core";

/** What the answers look like: the read models' views as JSON. Times are ISO 8601 in UTC. */

const time = z.iso.datetime();
const link = z.url({ protocol: /^https?$/ }).nullable();
const partialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
const position = z.string().regex(/^\d+$/).openapi({ example: "1200" });

const evidence = {
  source: z.string().openapi({ description: "The outlet that says it." }),
  url: link.openapi({ description: "Where; null when it has no http(s) address." }),
  publishedAt: time.nullable().openapi({ description: "When it says it was published." }),
  foundAt: time.openapi({ description: "When this ledger first saw it." }),
  why: z.string().openapi({ description: "Why it is shown." }),
};

const page = <S extends z.ZodType>(item: S) => ({
  items: z.array(item),
  next: z.string().nullable().openapi({ description: "Cursor of the next page; null at the end." }),
});

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
  })
  .openapi("Problem");

const eventLine = z
  .object({
    ...evidence,
    position,
    type: z.string(),
    recordedAt: time,
    title: z.string(),
    topics: z.array(z.string()),
    itemId: z.string().nullable(),
    documentId: z.string().nullable(),
    storyId: z.string().nullable(),
    feedId: z.string().nullable(),
    backfill: z.boolean(),
  })
  .openapi("Event");
export const eventPage = z.object(page(eventLine)).openapi("EventPage");

const searchHit = z
  .object({
    ...evidence,
    itemId: z.string(),
    documentId: z.string().nullable(),
    storyId: z.string().nullable(),
    title: z.string(),
    language: z.string().nullable(),
    snippet: z.array(z.object({ text: z.string(), hit: z.boolean() })),
    topics: z.array(z.string()),
    rank: z.number(),
  })
  .openapi("SearchHit");
export const searchPage = z
  .object({ ...page(searchHit), suggestions: z.array(z.string()) })
  .openapi("SearchPage");

const participant = z.object({ id: z.string().nullable(), name: z.string() });
const told = {
  code: occurrenceCode,
  date: z.string().nullable(),
  actors: z.array(participant),
  targets: z.array(participant),
  place: participant.nullable(),
  sentence: z.string(),
};
const report = z
  .object({
    ...evidence,
    documentId: z.string(),
    itemId: z.string(),
    title: z.string(),
    language: z.string().nullable(),
    relation: z.enum(["first", "copy", "independent", "update"]),
  })
  .openapi("Report");

const story = z
  .object({
    ...evidence,
    storyId: z.string(),
    title: z.string(),
    language: z.string().nullable(),
    topics: z.array(z.object({ topicId: z.string(), tier: topicTier })),
    occurrences: z.array(z.object(told)),
    independent: z.number().int(),
    copies: z.number().int(),
    reports: z.array(report),
    lateFind: z.boolean(),
    backfill: z.boolean(),
  })
  .openapi("Story");
export const storyPage = z.object(page(story)).openapi("StoryPage");

const status = z.enum([
  "detained",
  "house-arrest",
  "imprisoned-again",
  "convicted",
  "extradited",
  "free",
  "unknown",
]);
const development = z
  .object({
    code: occurrenceCode,
    status,
    date: partialDate,
    dateAssumed: z.boolean(),
    otherDates: z.array(partialDate),
    place: participant.nullable(),
    sentence: z.string(),
    independent: z.number().int(),
    copies: z.number().int(),
    confirmation: z.string(),
    reports: z.array(report),
  })
  .openapi("Development");
const person = z
  .object({
    id: z.string(),
    name: z.string(),
    status,
    label: z.string(),
    since: partialDate.nullable(),
    days: z.number().int().nullable(),
    atLeast: z.boolean(),
    place: participant.nullable(),
    convicted: partialDate.nullable(),
    last: development.nullable(),
    lastConfirmed: development.nullable(),
    history: z.array(development),
    unsettled: z.array(report.extend({ code: occurrenceCode, sentence: z.string() })),
  })
  .openapi("PersonStatus");

const coverage = {
  stories: z.number().int(),
  newestPublishedAt: time.nullable(),
  newestFoundAt: time.nullable(),
  waiting: z.number().int(),
};
const title = z.object({ en: z.string(), es: z.string() });

export const caseStatus = z
  .object({
    topicId: z.string(),
    title,
    on: z.iso.date(),
    persons: z.array(person),
    ...coverage,
  })
  .openapi("CaseStatus");

export const caseSummary = z
  .object({
    id: z.string(),
    title,
    subjects: z.array(
      z.object({ id: z.string(), name: z.string(), status, since: partialDate.nullable() }),
    ),
    ...coverage,
    links: z.object({ status: z.string(), timeline: z.string(), page: z.string() }),
  })
  .openapi("Case");
export const caseList = z.object({ items: z.array(caseSummary) }).openapi("CaseList");

export const feed = z
  .object({
    feedId: z.string(),
    title: z.string(),
    url: z.string(),
    state: z.enum(["new", "healthy", "silent", "stale", "degraded", "dead", "retired"]),
    lastGoodPollAt: time.nullable(),
    nextPollAt: time.nullable(),
    reason: z.string().nullable(),
  })
  .openapi("Feed");
export const feedList = z.object({ items: z.array(feed) }).openapi("FeedList");

export const volumeList = z
  .object({
    items: z.array(
      z.object({
        month: z.string().regex(/^\d{4}-\d{2}$/),
        stories: z.number().int(),
        reports: z.number().int(),
        copies: z.number().int(),
      }),
    ),
  })
  .openapi("Volume");

const articleLine = z
  .object({
    ...evidence,
    position,
    documentId: z.string(),
    itemId: z.string(),
    storyId: z.string().nullable(),
    title: z.string(),
    byline: z.string().nullable(),
    language: z.string(),
    words: z.number().int(),
    textHash: z.string().openapi({ description: "SHA-256 of the text that was read." }),
    textFrom: z.enum(["page", "feed"]),
    pageProblem: z.string().nullable(),
    extractor: z.string(),
    topics: z.array(z.string()),
  })
  .openapi("Article");
export const articlePage = z.object(page(articleLine)).openapi("ArticlePage");

const occurrenceEntry = z
  .object({
    ...evidence,
    ...told,
    occurrenceId: z.string(),
    position,
    documentId: z.string(),
    itemId: z.string(),
    storyId: z.string().nullable(),
    title: z.string(),
    language: z.string(),
  })
  .openapi("Occurrence");
export const occurrencePage = z.object(page(occurrenceEntry)).openapi("OccurrencePage");

export const entityView = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.string(),
    articles: z.number().int(),
    sources: z.number().int(),
    firstPublicAt: time,
    lastPublicAt: time,
    occurrences: z.array(
      z.object({ code: occurrenceCode, asActor: z.number().int(), asTarget: z.number().int() }),
    ),
    together: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        articles: z.number().int(),
      }),
    ),
    togetherIn: z.number().int().openapi({
      description: "In how many of the newest of its articles those named together were counted",
    }),
    links: z.object({
      articles: z.string(),
      occurrences: z.string(),
      graph: z.string(),
      page: z.string(),
    }),
  })
  .openapi("Entity");

const node = { id: z.string(), name: z.string(), type: z.string() };
export const graph = z
  .object({
    nodes: z.array(z.object(node)),
    edges: z.array(z.object({ from: z.string(), to: z.string(), articles: z.number().int() })),
  })
  .openapi("Graph");

export const storyView = z
  .object({
    ...story.shape,
    because: z
      .array(
        z.object({
          topicId: z.string(),
          words: z.array(
            z.object({ matched: z.string(), field: z.enum(["title", "summary", "text"]) }),
          ),
        }),
      )
      .openapi({ description: "`why` in parts: a topic, and the words that showed it" }),
    reports: z.array(
      report.extend({
        position,
        byline: z.string().nullable(),
        words: z.number().int().nullable(),
        textHash: z.string().nullable(),
        names: z.array(z.string()),
        nearest: z
          .object({ documentId: z.string(), method: z.string(), score: z.number() })
          .nullable(),
      }),
    ),
    edits: z.array(
      z.object({
        ...evidence,
        position,
        itemId: z.string(),
        at: time,
        titleBefore: z.string(),
        titleAfter: z.string(),
        summaryBefore: z.string(),
        summaryAfter: z.string(),
      }),
    ),
  })
  .openapi("StoryDetail");

export const topic = z
  .object({
    id: z.string(),
    title,
    subjects: z.array(z.object({ id: z.string(), name: z.string() })),
    links: z.object({
      timeline: z.string(),
      test: z.string(),
      replay: z.string(),
      atom: z.string(),
      json: z.string(),
    }),
  })
  .openapi("Topic");
export const topicList = z.object({ items: z.array(topic) }).openapi("TopicList");

export const eventDetail = z
  .object({
    ...eventLine.shape,
    id: z.uuid(),
    stream: z.string(),
    version: z.number().int(),
    schemaVersion: z.number().int(),
    correlationId: z.string().nullable(),
    causationId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi("EventDetail");

export const health = z.object({ status: z.literal("ok"), version: z.string() }).openapi("Health");
export const readiness = z
  .object({
    ready: z.boolean(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .openapi("Readiness");
