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
import { type AnyTransaction, type Appender, getText, putText } from "@newsledger/eventlog";
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
import { type ArticleText, chooseText, type PageReading, readPage } from "./text.ts";

export interface ExtractOptions {
  readonly fetcher: Pick<Fetcher, "page">;
  readonly knowledge: Knowledge;
  readonly topics: readonly Topic[];
}

type Usable = Exclude<ArticleText, { from: "nothing" }>;

/** Takes up matched and shortlisted items: reads the page, understands it, and appends what was found. */
export function startExtracting(resources: Resources, options: ExtractOptions): AsyncDisposable {
  const { db, log, queue, logger, config } = resources;
  return startWorker({ queue, db, logger }, jobs.extractItem, {
    concurrency: config.extractor.concurrency,
    async handle({ itemId, contentHash }, work) {
      const story = await readItem(log, itemId, contentHash);
      if (!story)
        throw new Error(
          `extract item ${itemId}: the log has no version ${contentHash.slice(0, 16)}`,
        );
      const reading = await openPage(options.fetcher, story, work);
      const { textHash: hash } = story.item;
      const chosen = chooseText(story.item, hash ? await getText(db, hash) : null, reading);
      await record(resources, options, story, chosen, work);
    },
    async onExhausted({ itemId, contentHash }, error, trx) {
      const story = await readItem(log, itemId, contentHash);
      if (story) await giveUp(log.within(trx), story, error.message);
    },
  });
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

async function record(
  { db, log }: Resources,
  { knowledge, topics }: ExtractOptions,
  story: ItemStory,
  chosen: ArticleText,
  work: WorkContext,
): Promise<void> {
  if (chosen.from === "nothing") {
    await db.transaction().execute(async (trx) => {
      if (story.matches.length > 0) await giveUp(log.within(trx), story, chosen.reason);
      await work.finish(trx);
    });
    return;
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
  const matches = merge(story.matches, found.matches);
  await db.transaction().execute(async (trx) => {
    // A shortlisted page that is about something else leaves no trace but the finished work.
    if (matches.length > 0) {
      await append(
        trx,
        log.within(trx),
        story,
        { ...chosen, text },
        {
          understanding,
          matches,
          pageMatches: found.matches,
        },
      );
    }
    await work.finish(trx);
  });
}

interface Found {
  readonly understanding: ReturnType<typeof understand>;
  readonly matches: readonly TopicMatch[];
  readonly pageMatches: readonly TopicMatch[];
}

async function append(
  trx: AnyTransaction,
  log: Appender,
  { item, causationId, matches: known }: ItemStory,
  { from, title, text, byline, publishedAt, url, pageProblem }: Usable,
  { understanding, matches, pageMatches }: Found,
): Promise<void> {
  const { itemId, feedId, source, contentHash, backfill } = item;
  const options = { correlationId: contentUuid("item", itemId), causationId };
  const news = pageMatches.filter(
    ({ topicId }) => !known.some((match) => match.topicId === topicId),
  );
  if (news.length > 0) {
    const names = news.map(({ topicId, topicVersion }) => `${topicId}@${topicVersion}`).toSorted();
    await log.append(
      streams.item(itemId),
      [itemMatched.create({ itemId, contentHash, from: "page", matches: news })],
      {
        ...options,
        key: `item.matched:${itemId}:${contentHash.slice(0, 16)}:page:${names.join(",")}`,
      },
    );
  }
  const documentId = contentId("document", item.url ?? itemId);
  const hash = await putText(trx, text);
  const event = articleUnderstood.create({
    ...{ documentId, itemId, feedId, source, url, title, byline, publishedAt },
    ...{
      textFrom: from,
      pageProblem,
      textHash: hash,
      words: wordsIn(text),
      extractor,
      understanding,
    },
    topics: [...matches],
    backfill,
  });
  const version = `${extractor.name}-${extractor.version}:${extractor.knowledgeVersion}`;
  await log.append(streams.document(documentId), [event], {
    ...options,
    key: `article.understood:${documentId}:${textHash(`${title}\n${text}`).slice(0, 16)}:${version}`,
  });
}

async function giveUp(
  log: Appender,
  { item, causationId }: ItemStory,
  reason: string,
): Promise<void> {
  const { itemId, url, contentHash } = item;
  await log.append(streams.item(itemId), [articleUnreadable.create({ itemId, url, reason })], {
    correlationId: contentUuid("item", itemId),
    causationId,
    key: `article.unreadable:${itemId}:${contentHash.slice(0, 16)}`,
  });
}

/** What the feed showed stands; what the page shows besides is added, and a stronger tier wins. */
function merge(known: readonly TopicMatch[], found: readonly TopicMatch[]): TopicMatch[] {
  const byTopic = new Map(known.map((match) => [match.topicId, match]));
  for (const match of found) {
    const before = byTopic.get(match.topicId);
    if (!before || (before.tier === "digest" && match.tier === "alert"))
      byTopic.set(match.topicId, match);
  }
  return [...byTopic.values()].toSorted((a, b) => a.topicId.localeCompare(b.topicId));
}

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;
