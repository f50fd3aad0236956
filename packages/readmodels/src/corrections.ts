import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { webLink } from "./link.ts";
import type { Correction } from "./view.ts";

interface Question {
  topics: readonly string[];
  /** The window of the ledger in which it was corrected, (from, to]; what is corrected was told up to `from`. */
  from: bigint;
  to: bigint;
  /** Hashes of the texts whose words were removed in the window. */
  redacted?: readonly string[] | undefined;
}

const mostCorrections = 200;

/**
 * What was told of these topics up to `from`, and taken back, reworded or removed by its source in (from, to]. Copies are
 * left out: nobody was told of them.
 */
export async function corrections(db: Reader, question: Question): Promise<Correction[]> {
  const { from, to, topics, redacted = [] } = question;
  const low = sql`${String(from)}::bigint`;
  const high = sql`${String(to)}::bigint`;
  const { rows } = await ask(db, (reader) =>
    sql<Row>`
      with changes as (
        select e.item_id, e.position, e.recorded_at,
          case e.type when 'item.withdrawn' then 'withdrawn' else 'edited' end as kind
        from coverage.events e
        where e.type in ('item.revised', 'item.withdrawn') and e.position > ${low} and e.position <= ${high}
        union all
        select distinct a.item_id, null::bigint, null::timestamptz, 'redacted'
        from coverage.articles a where a.text_hash = any(${[...redacted]}) and a.position <= ${low}
      ), latest as (
        select distinct on (item_id, kind) * from changes order by item_id, kind, position desc
      )
      select distinct on (l.item_id, l.kind) l.kind, l.recorded_at as at, s.story_id as "storyId",
        s.document_id as "documentId", l.item_id as "itemId", s.position::text as "toldAt", s.source, s.url,
        s.published_at as "publishedAt", s.found_at as "foundAt", coalesce(before.title, s.title) as "titleBefore",
        coalesce(before.summary, '') as "summaryBefore", coalesce(after.title, s.title) as "titleAfter",
        coalesce(after.summary, '') as "summaryAfter",
        coalesce(old.text_hash <> new.text_hash, false) as "textChanged"
      from latest l
      join lateral (select distinct a.document_id from coverage.articles a
        where a.item_id = l.item_id and a.position <= ${low}) d on true
      join coverage.story_articles s on s.document_id = d.document_id
        and s.position <= ${low} and s.relation <> 'copy' and s.topic_ids && ${[...topics]}::text[]
      left join lateral (select i.title, i.summary from coverage.items i
        where i.item_id = l.item_id and i.position <= ${low} order by i.position desc limit 1) before on true
      left join lateral (select i.title, i.summary from coverage.items i
        where i.item_id = l.item_id and i.position <= ${high} order by i.position desc limit 1) after on true
      left join lateral (select a.text_hash from coverage.articles a
        where a.document_id = d.document_id and a.position <= ${low} order by a.position desc limit 1) old on true
      left join lateral (select a.text_hash from coverage.articles a
        where a.document_id = d.document_id and a.position <= ${high} order by a.position desc limit 1) new on true
      order by l.item_id, l.kind, s.position
      limit ${mostCorrections}`.execute(reader),
  );
  return rows
    .map((row): Correction => ({ ...row, url: webLink(row.url), why: whys[row.kind] }))
    .filter(saysSomethingElse)
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || time(b) - time(a));
}

type Row = Omit<Correction, "why">;

const order: readonly Correction["kind"][] = ["withdrawn", "redacted", "edited"];
const time = ({ at }: Correction) => at?.getTime() ?? 0;

const whys: Readonly<Record<Correction["kind"], string>> = {
  withdrawn: "Told before; its source no longer carries it.",
  redacted: "Told before; its words were removed from the ledger.",
  edited: "Told before; its source has changed it since.",
};

/** Another comma or capital is no other statement. */
function saysSomethingElse(correction: Correction): boolean {
  if (correction.kind !== "edited" || correction.textChanged) return true;
  const { titleBefore, titleAfter, summaryBefore, summaryAfter } = correction;
  return (
    wordsOf(titleBefore) !== wordsOf(titleAfter) || wordsOf(summaryBefore) !== wordsOf(summaryAfter)
  );
}

const wordsOf = (text: string): string =>
  (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(" ");
