import type { AnyTransaction } from "@newsledger/eventlog";
import { type RawBuilder, sql } from "kysely";
import type { NewsEvent } from "./describe.ts";
import type { Into } from "./into.ts";
import { recordset } from "./recordset.ts";

const wordColumns = {
  position: "bigint",
  language: "text",
  title: "text",
  summary: "text",
  text_hash: "text",
} as const;

/**
 * The words of every version of items and articles, for full text, and the day of publication (windows.ts). They follow from the event alone, so they are kept beside
 * the read models and not made again when those are rebuilt; the text itself is never copied.
 */
export async function applyWords(
  events: readonly NewsEvent[],
  { trx, table }: Into,
): Promise<void> {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return;
  const kept = await sql<{ position: string }>`
    select position from newsledger.words
    where position between ${String(first.position)}::bigint and ${String(last.position)}::bigint`.execute(
    trx,
  );
  const known = new Set(kept.rows.map(({ position }) => position));
  const rows = events.flatMap(row).filter(({ position }) => !known.has(position));
  if (rows.length > 0)
    await sql`
      insert into newsledger.words (position, words)
      select r.position, newsledger.rm_words(r.language, r.title, coalesce(t.body, r.summary, ''))
        || newsledger.rm_marks(coalesce(i.public_at, a.public_at))
      from ${recordset(rows, wordColumns)} r
      left join ${table("items")} i on i.position = r.position
      left join ${table("articles")} a on a.position = r.position
      left join newsledger.texts t on t.hash = r.text_hash and t.redacted_at is null
      on conflict do nothing`.execute(trx);
}

interface Worded {
  position: string;
  language: string | null;
  title: string;
  summary: string | null;
  text_hash: string | null;
}

function row(event: NewsEvent): Worded[] {
  const position = String(event.position);
  switch (event.type) {
    case "item.seen":
    case "item.revised": {
      const { language, title, summary } = event.data;
      return [{ position, language, title, summary, text_hash: null }];
    }
    case "article.understood": {
      const { understanding, title, textHash } = event.data;
      const { language } = understanding;
      return [{ position, language, title, summary: null, text_hash: textHash }];
    }
    default:
      return [];
  }
}

/** Texts that were redacted are no longer found by their words. */
export async function forgetWords(
  events: readonly NewsEvent[],
  { trx, table }: Into,
): Promise<void> {
  const hashes = events.flatMap((event) =>
    event.type === "text.redacted" ? [event.data.textHash] : [],
  );
  if (hashes.length > 0) await forget(hashes, table("articles"), trx);
}

/** At once, for whoever redacts a text. */
export const forgetText = (trx: AnyTransaction, textHash: string): Promise<void> =>
  forget([textHash], sql.table("coverage.articles"), trx);

async function forget(
  hashes: readonly string[],
  articles: RawBuilder<unknown>,
  trx: AnyTransaction,
): Promise<void> {
  await sql`
    update newsledger.words w
    set words = newsledger.rm_words(a.language, a.title, '') || newsledger.rm_marks(a.public_at)
    from ${articles} a where a.position = w.position and a.text_hash = any(${hashes})`.execute(trx);
}
