import {
  type ArticleRow,
  articleRow,
  articleTimes,
  laterArticleRow,
  mentionRows,
  occurrenceRows,
  rememberArticle,
} from "./articles.ts";
import type { NewsEvent, Told } from "./describe.ts";
import { type ItemRow, itemRow, rememberItem, topicRows } from "./items.ts";
import { lineRow, rememberFeed } from "./ledger.ts";
import type { Naming } from "./naming.ts";
import type { Past } from "./past.ts";
import { memberRow } from "./stories.ts";

/** What a batch adds to each table. */
export interface Rows {
  items: ItemRow[];
  item_topics: ReturnType<typeof topicRows>;
  articles: ArticleRow[];
  later_articles: ReturnType<typeof laterArticleRow>[];
  mentions: ReturnType<typeof mentionRows>;
  occurrences: ReturnType<typeof occurrenceRows>;
  story_articles: ReturnType<typeof memberRow>[];
  events: ReturnType<typeof lineRow>[];
}

/**
 * Events in order, and what was known before them: the rows that they are in the read models. `past` learns each event before
 * the next is looked at, so that it does not matter where batches are cut.
 */
export function decide(told: readonly Told[], past: Past): Rows {
  const rows: Rows = {
    ...{ items: [], item_topics: [], articles: [], later_articles: [], mentions: [] },
    ...{ occurrences: [] },
    ...{ story_articles: [], events: [] },
  };
  for (const one of told) {
    read(one.event, past, rows);
    const line = lineRow(one, past);
    rows.events.push(line);
    rememberFeed(one, line, past);
  }
  return rows;
}

function read(event: NewsEvent, past: Past, rows: Rows): void {
  switch (event.type) {
    case "item.seen":
    case "item.revised": {
      const row = itemRow(event, past);
      rows.items.push(row);
      rememberItem(row, past);
      return;
    }
    case "item.matched":
      rows.item_topics.push(...topicRows(event));
      return;
    case "article.understood": {
      const times = articleTimes(event, past);
      rows.item_topics.push(...topicRows(event));
      const article = articleRow(event, times);
      rows.articles.push(article);
      if (past.articles.has(article.document_id))
        rows.later_articles.push(laterArticleRow(article));
      const [mentions, occurrences] = [mentionRows(event), occurrenceRows(event, times)];
      rows.mentions.push(...mentions);
      rows.occurrences.push(...occurrences);
      rememberArticle(event, times, past);
      rememberNaming(event, { source: event.data.source, mentions, occurrences }, past);
      return;
    }
    case "story.opened":
    case "story.joined":
      rows.story_articles.push(memberRow(event, past));
      return;
  }
}

/** From now on this is how the document is understood. */
function rememberNaming(
  { position, data }: { position: bigint; data: { documentId: string } },
  naming: Naming,
  { namings, replaced }: Past,
): void {
  const before = namings.get(data.documentId);
  if (before) replaced.set(position, before);
  namings.set(data.documentId, naming);
}
