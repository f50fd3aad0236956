import type { NewsEvents, TopicMatch, TopicTier } from "@newsledger/core";
import { type EventLog, getText } from "@newsledger/eventlog";
import { matchTopics, type Topic } from "@newsledger/extraction";
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
  readonly known: ReadonlyMap<string, Omit<HistoricMatch, "tier" | "why">>;
}

/** Reads the whole ledger as the matcher and the extractor would with this topic. Writes nothing. */
export async function topicHistory(
  log: EventLog<NewsEvents>,
  db: Reader,
  topic: Topic,
  { signal, read }: { signal?: AbortSignal; read?: () => void } = {},
): Promise<TopicHistory> {
  const known = new Map<string, Omit<HistoricMatch, "tier" | "why">>();
  const matches = new Map<string, HistoricMatch>();
  const recorded = new Map<string, TopicTier>();
  /** The feed's words, which the page is read together with. */
  const feed = new Map<string, { summary: string; language: string | null }>();
  let pages = 0;
  const keep = (itemId: string, found: readonly TopicMatch[]) => {
    const item = known.get(itemId);
    const [match] = found;
    if (!item || !match || matches.get(itemId)?.tier === "alert") return;
    if (matches.has(itemId) && match.tier === "digest") return;
    matches.set(itemId, { ...item, tier: match.tier, why: reasonsOf(match) });
  };
  const types = ["item.seen", "item.revised", "item.matched", "article.understood"] as const;
  for await (const event of log.read({ types: [...types] })) {
    signal?.throwIfAborted();
    read?.();
    if (event.type === "item.seen" || event.type === "item.revised") {
      const { itemId, title, source, url, publishedAt, summary, language, textHash } = event.data;
      const found = event.recordedAt.toISOString().slice(0, 10);
      known.set(itemId, {
        itemId,
        title,
        source,
        url,
        published: publishedAt?.slice(0, 10) ?? "",
        found,
      });
      feed.set(itemId, { summary, language });
      const text = textHash === null ? null : await getText(db, textHash);
      keep(
        itemId,
        matchTopics([topic], { title, summary, language, ...(text && { text }) }).matches,
      );
    } else if (event.type === "article.understood") {
      pages += 1;
      const { itemId, title, textHash, understanding } = event.data;
      const text = (await getText(db, textHash)) ?? "";
      const { entities, occurrences } = understanding;
      const { summary = "", language = null } = feed.get(itemId) ?? {};
      const article = { title, summary, language, text, entities, occurrences };
      keep(itemId, matchTopics([topic], article).matches);
    } else if (event.type === "item.matched") {
      for (const { topicId, tier } of event.data.matches)
        if (topicId === topic.id && recorded.get(event.data.itemId) !== "alert")
          recorded.set(event.data.itemId, tier);
    }
  }
  return { items: known.size, pages, matches, recorded, known };
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
