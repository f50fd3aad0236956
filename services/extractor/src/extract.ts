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
  type Understanding,
} from "@newsledger/core";
import { type AppendRequest, getText } from "@newsledger/eventlog";
import { extractor } from "@newsledger/extraction/version";
import type { Fetcher, PageOutcome } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { RetryLater, startWorker, type WorkContext } from "@newsledger/queue";
import { type ItemFacts, type ItemStory, readItem } from "./item.ts";
import { mergeMatches } from "./matches.ts";
import type { Reading } from "./read-article.ts";
import type { Reader } from "./reader.ts";
import { type Outcome, openRecorder } from "./record.ts";
import type { ArticleText } from "./text.ts";
import { understoodKey } from "./understood.ts";

export interface ExtractOptions {
  readonly fetcher: Pick<Fetcher, "page">;
  readonly reader: Reader;
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
      const { item } = story;
      const page = await openPage(options.fetcher, item, work);
      watch("read page", page && page.outcome !== "fetched" ? page.reason : undefined);
      const feedText = item.textHash ? await getText(db, item.textHash) : null;
      const { lastStart } = work;
      const reading = await options.reader.read({ item, page, feedText, lastStart });
      watch("understand");
      if (reading.kind === "again")
        throw new RetryLater(`read ${item.link}: ${reading.reason}`, reading.afterSeconds, {
          blameless: reading.blameless === true,
        });
      await record(outcomeOf(story, reading, work));
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

/** Null where the feed gives no address of a page. */
async function openPage(
  fetcher: Pick<Fetcher, "page">,
  { link }: ItemFacts,
  { signal }: WorkContext,
): Promise<PageOutcome | null> {
  return link && /^https?:\/\//i.test(link) ? fetcher.page(link, { signal }) : null;
}

/** What is to be written of an article, with the end of the work. */
function outcomeOf(
  story: ItemStory,
  reading: Exclude<Reading, { kind: "again" }>,
  work: WorkContext,
): Outcome {
  if (reading.kind === "nothing") {
    const requests = story.matches.length > 0 ? [unreadable(story, reading.reason)] : [];
    return { work, texts: [], requests };
  }
  const { article, understanding, matches: pageMatches } = reading;
  const matches = mergeMatches(story.matches, pageMatches);
  // A shortlisted page that is about something else leaves no trace but the finished work.
  if (matches.length === 0) return { work, texts: [], requests: [] };
  const requests = understood(story, article, { understanding, matches, pageMatches });
  return { work, texts: [article.text], requests };
}

interface Found {
  readonly understanding: Understanding;
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
