import type { AnyTransaction } from "@newsledger/eventlog";
import { type RawBuilder, sql } from "kysely";
import type { Rows } from "./decide.ts";
import type { NewsEvent } from "./describe.ts";
import type { Into } from "./into.ts";
import { recordset } from "./recordset.ts";

const wordColumns = {
  position: "bigint",
  language: "text",
  title: "text",
  summary: "text",
  text_hash: "text",
  public_at: "timestamptz",
} as const;

interface Worded {
  position: string;
  language: string | null;
  title: string;
  summary: string | null;
  text_hash: string | null;
  public_at: Date;
}

/**
 * The words of every version of items and articles, for full text, and the day of publication (windows.ts). They follow from
 * the event alone, so they are kept beside the read models and not made again when those are rebuilt; the text itself is
 * never copied.
 */
export async function addWords({ items, articles }: Rows, into: Into): Promise<void> {
  const worded = [
    ...items.map((row): Worded => ({ ...row, position: String(row.position), text_hash: null })),
    ...articles.map((row): Worded => ({ ...row, position: String(row.position), summary: null })),
  ];
  const known = await knownOf(worded, into);
  const rows = worded.filter(({ position }) => !known.has(position));
  if (rows.length > 0)
    await sql`
      insert into newsledger.words (position, words)
      select r.position, newsledger.rm_words(r.language, r.title, coalesce(t.body, r.summary, ''))
        || newsledger.rm_marks(r.public_at)
      from ${recordset(rows, wordColumns)} r
      left join newsledger.texts t on t.hash = r.text_hash and t.redacted_at is null
      on conflict do nothing`.execute(into.trx);
}

/** Of most batches all are known, or none: counting tells them apart. */
async function knownOf(rows: readonly Worded[], { trx, first, last }: Into): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const positions = rows.map(({ position }) => position);
  const ours = sql`position between ${String(first)}::bigint and ${String(last)}::bigint`;
  const { rows: counted } = await sql<{ known: number }>`
    select count(*)::int as known from newsledger.words where ${ours}`.execute(trx);
  const known = counted[0]?.known ?? 0;
  if (known === 0) return new Set();
  if (known === rows.length) return new Set(positions);
  const found = await sql<{ position: string }>`
    select position from newsledger.words where ${ours}`.execute(trx);
  return new Set(found.rows.map(({ position }) => position));
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
