import {
  articleUnderstood,
  articleUnreadable,
  contentId,
  contentUuid,
  itemMatched,
  jobs,
  streams,
  type TopicMatch,
  textHash,
} from "@newsledger/core";
import { type AppendRequest, getText } from "@newsledger/eventlog";
import {
  articleText,
  extractor,
  type Knowledge,
  matchTopics,
  readable,
  type Topic,
  understand,
} from "@newsledger/extraction";
import type { Fetcher } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { RetryLater, startWorker, type WorkContext } from "@newsledger/queue";
import { type ItemStory, readItem } from "./item.ts";
import { mergeMatches } from "./matches.ts";
import { type Outcome, openRecorder } from "./record.ts";
import { type ArticleText, chooseText, type PageReading, readPage } from "./text.ts";
import { understoodKey } from "./understood.ts";

export interface ExtractOptions {
  readonly fetcher: Pick<Fetcher, "page">;
  readonly knowledge: Knowledge;
  readonly topics: readonly Topic[];
}

type Usable = Exclude<ArticleText, { from: "nothing" }>;

/** Takes up matched and shortlisted items: reads the page, understands it, and appends what was found. */
export function startExtracting(resources: Resources, options: ExtractOptions): AsyncDisposable {
  const { db, log, queue, logger, config } = resources;
  const record = openRecorder(resources);
  return startWorker({ queue, db, logger }, jobs.extractItem, {
    concurrency: config.extractor.concurrency,
    async handle({ itemId, contentHash }, work) {
      const story = await readItem(log, itemId, contentHash);
      if (!story)
        throw new Error(
          `extract item ${itemId}: the log has no version ${contentHash.slice(0, 16)}`,
        );
      const watch = stopwatch(resources, story, work);
      const reading = await openPage(options.fetcher, story, work);
      watch("read page", reading.outcome === "read" ? undefined : reading.reason);
      const { textHash: hash } = story.item;
      const chosen = chooseText(story.item, hash ? await getText(db, hash) : null, reading);
      const outcome = outcomeOf(options, story, chosen, work);
      watch("understand");
      await record(outcome);
    },
    async onExhausted({ itemId, contentHash }, error, trx) {
      const story = await readItem(log, itemId, contentHash);
      if (story) await log.within(trx).appendMany([unreadable(story, error.message)]);
    },
  });
}

/** Tells how long each step took since the one before, where somebody wants to see traces. */
function stopwatch(
  { tracer, clock }: Resources,
  { item, causationId }: ItemStory,
  { starts }: WorkContext,
): (name: string, problem?: string) => void {
  if (!tracer) return () => {};
  const correlationId = contentUuid("item", item.itemId);
  let from = clock.now();
  return (name, problem) => {
    const to = clock.now();
    const id = `${name} ${item.itemId} ${item.contentHash} ${starts}`;
    tracer.note({ name, correlationId, id, causedBy: causationId, from, to, problem });
    from = to;
  };
}

/** Fetches and reads the page. Passing trouble asks for another try, except on the last one. */
async function openPage(
  fetcher: Pick<Fetcher, "page">,
  { item }: ItemStory,
  { signal, lastStart }: WorkContext,
): Promise<PageReading> {
  const link = item.link && /^https?:\/\//i.test(item.link) ? item.link : null;
  if (!link)
    return { outcome: "unread", reason: "The feed gives no address of a page.", again: false };
  const reading = readPage(await fetcher.page(link, { signal }), readable);
  if (reading.outcome === "unread" && reading.again && !lastStart) {
    throw new RetryLater(`read ${link}: ${reading.reason}`, reading.afterSeconds ?? 30);
  }
  return reading;
}

/** What is to be written of an article, with the end of the work. */
function outcomeOf(
  { knowledge, topics }: ExtractOptions,
  story: ItemStory,
  chosen: ArticleText,
  work: WorkContext,
): Outcome {
  if (chosen.from === "nothing") {
    const requests = story.matches.length > 0 ? [unreadable(story, chosen.reason)] : [];
    return { work, texts: [], requests };
  }
  const { title, language, publishedAt, url } = chosen;
  const text = articleText(title, chosen.text); // the headline names people too
  const { source, summary } = story.item;
  const understanding = understand({ title, text, language, publishedAt, url, source }, knowledge);
  const found = matchTopics(topics, {
    title,
    summary,
    text,
    language,
    entities: understanding.entities,
    occurrences: understanding.occurrences,
  });
  const matches = mergeMatches(story.matches, found.matches);
  // A shortlisted page that is about something else leaves no trace but the finished work.
  if (matches.length === 0) return { work, texts: [], requests: [] };
  const requests = understood(
    story,
    { ...chosen, text },
    { understanding, matches, pageMatches: found.matches },
  );
  return { work, texts: [text], requests };
}

interface Found {
  readonly understanding: ReturnType<typeof understand>;
  readonly matches: readonly TopicMatch[];
  readonly pageMatches: readonly TopicMatch[];
}

function understood(
  story: ItemStory,
  { from, title, text, byline, publishedAt, url, pageProblem }: Usable,
  { understanding, matches, pageMatches }: Found,
): AppendRequest[] {
  const { item, causationId, matches: known } = story;
  const { itemId, feedId, source, backfill } = item;
  const options = { correlationId: contentUuid("item", itemId), causationId };
  const news = pageMatches.filter(
    ({ topicId }) => !known.some((match) => match.topicId === topicId),
  );
  const documentId = contentId("document", item.url ?? itemId);
  const event = articleUnderstood.create({
    ...{ documentId, itemId, feedId, source, url, title, byline, publishedAt },
    ...{
      textFrom: from,
      pageProblem,
      textHash: textHash(text),
      words: wordsIn(text),
      extractor,
      understanding,
    },
    topics: [...matches],
    backfill,
  });
  const article: AppendRequest = {
    ...options,
    stream: streams.document(documentId),
    events: [event],
    key: understoodKey({ documentId, title, extractor }, text),
  };
  return news.length > 0 ? [matchedByPage(story, news), article] : [article];
}

function matchedByPage({ item, causationId }: ItemStory, news: readonly TopicMatch[]) {
  const { itemId, contentHash } = item;
  const names = news.map(({ topicId, topicVersion }) => `${topicId}@${topicVersion}`).toSorted();
  return {
    stream: streams.item(itemId),
    events: [itemMatched.create({ itemId, contentHash, from: "page", matches: [...news] })],
    correlationId: contentUuid("item", itemId),
    causationId,
    key: `item.matched:${itemId}:${contentHash.slice(0, 16)}:page:${names.join(",")}`,
  } satisfies AppendRequest;
}

function unreadable({ item, causationId }: ItemStory, reason: string): AppendRequest {
  const { itemId, url, contentHash } = item;
  return {
    stream: streams.item(itemId),
    events: [articleUnreadable.create({ itemId, url, reason })],
    correlationId: contentUuid("item", itemId),
    causationId,
    key: `article.unreadable:${itemId}:${contentHash.slice(0, 16)}`,
  };
}

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;
