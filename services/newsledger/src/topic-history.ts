import type { NewsEvents, TopicMatch, TopicTier } from "@newsledger/core";
import { type EventLog, getTexts, type RecordedEvent } from "@newsledger/eventlog";
import { matchTopics, type ToMatch, type Topic } from "@newsledger/extraction/topics";
import type { Reader } from "@newsledger/readmodels";

/** One item of the ledger that a topic matches. */
export interface HistoricMatch {
  readonly itemId: string;
  readonly title: string;
  readonly source: string;
  readonly url: string | null;
  readonly published: string;
  readonly found: string;
  readonly tier: TopicTier;
  readonly why: string;
}

export interface TopicHistory {
  /** Items that were read, and how many of them with their page. */
  readonly items: number;
  readonly pages: number;
  /** What the topic matches, in the order of the ledger. */
  readonly matches: ReadonlyMap<string, HistoricMatch>;
  /** What the ledger says that the topic of this id matched: the tier of each item. */
  readonly recorded: ReadonlyMap<string, TopicTier>;
  /** Every item that either names. */
  readonly known: ReadonlyMap<string, Known>;
}

type ItemFacts = NewsEvents["item.seen"] | NewsEvents["item.revised"];

const types = ["item.seen", "item.revised", "item.matched", "article.understood"] as const;
type HistoricEvent = RecordedEvent<NewsEvents>;

/** Texts are fetched for so many events at a time: one by one, a million of them would be a million questions. */
const chunkSize = 500;

/** Reads the whole ledger as the matcher and the extractor would with this topic. Writes nothing. */
export async function topicHistory(
  log: EventLog<NewsEvents>,
  db: Reader,
  topic: Topic,
  { signal, read }: { signal?: AbortSignal; read?: () => void } = {},
): Promise<TopicHistory> {
  const history = new History(topic);
  for await (const events of inChunks(log.read({ types: [...types] }), chunkSize)) {
    const texts = await getTexts(
      db,
      events.flatMap((event) => textHashOf(event) ?? []),
    );
    for (const event of events) {
      signal?.throwIfAborted();
      read?.();
      history.add(event, texts.get(textHashOf(event) ?? "") ?? "");
    }
  }
  return history;
}

const textHashOf = ({ type, data }: HistoricEvent): string | null =>
  type === "item.seen" || type === "item.revised" || type === "article.understood"
    ? data.textHash
    : null;

async function* inChunks<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const one of all) {
    chunk.push(one);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

type Known = Omit<HistoricMatch, "tier" | "why">;

/** What one topic would have matched, event by event. */
class History implements TopicHistory {
  readonly known = new Map<string, Known>();
  readonly matches = new Map<string, HistoricMatch>();
  readonly recorded = new Map<string, TopicTier>();
  pages = 0;
  readonly #topic: Topic;
  /** The feed's words, which the page is read together with. */
  readonly #feed = new Map<string, { summary: string; language: string | null }>();

  constructor(topic: Topic) {
    this.#topic = topic;
  }

  get items(): number {
    return this.known.size;
  }

  add(event: HistoricEvent, text: string): void {
    if (event.type === "article.understood") this.#addPage(event.data, text);
    else if (event.type === "item.matched") this.#addRecorded(event.data);
    else if (event.type === "item.seen" || event.type === "item.revised")
      this.#addItem(event.data, event.recordedAt, text);
  }

  #addItem(data: ItemFacts, recordedAt: Date, text: string): void {
    const { itemId, title, source, url, publishedAt, summary, language } = data;
    const found = recordedAt.toISOString().slice(0, 10);
    const published = publishedAt?.slice(0, 10) ?? "";
    this.known.set(itemId, { itemId, title, source, url, published, found });
    this.#feed.set(itemId, { summary, language });
    this.#keep(itemId, { title, summary, language, ...(text && { text }) });
  }

  #addPage(data: NewsEvents["article.understood"], text: string): void {
    this.pages += 1;
    const { itemId, title, understanding } = data;
    const { entities, occurrences } = understanding;
    const { summary = "", language = null } = this.#feed.get(itemId) ?? {};
    this.#keep(itemId, { title, summary, language, text, entities, occurrences });
  }

  #addRecorded({ itemId, matches }: NewsEvents["item.matched"]): void {
    for (const { topicId, tier } of matches)
      if (topicId === this.#topic.id && this.recorded.get(itemId) !== "alert")
        this.recorded.set(itemId, tier);
  }

  #keep(itemId: string, words: ToMatch): void {
    const [match] = matchTopics([this.#topic], words).matches;
    const item = this.known.get(itemId);
    if (!item || !match || this.matches.get(itemId)?.tier === "alert") return;
    if (this.matches.has(itemId) && match.tier === "digest") return;
    this.matches.set(itemId, { ...item, tier: match.tier, why: reasonsOf(match) });
  }
}

const reasonsOf = ({ reasons }: TopicMatch): string =>
  reasons.map(({ rule, matched }) => `${rule}: ${matched}`).join("; ");

export interface TopicChange extends Omit<HistoricMatch, "tier" | "why"> {
  readonly change: "new" | "gone" | "tier";
  readonly before: TopicTier | null;
  readonly now: TopicTier | null;
  readonly why: string;
}

/** What would be different, had the topic always been so. */
export function changesOf({
  matches,
  recorded,
  known,
}: Omit<TopicHistory, "items" | "pages">): TopicChange[] {
  return [...known.values()].flatMap((item): TopicChange[] => {
    const match = matches.get(item.itemId);
    const before = recorded.get(item.itemId) ?? null;
    const now = match?.tier ?? null;
    if (before === now) return [];
    const change = before === null ? "new" : now === null ? "gone" : "tier";
    return [{ ...item, change, before, now, why: match?.why ?? "" }];
  });
}
