import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import type { Draft, Drafts, Parts } from "./item.ts";
import { type ItemsByLink, looksRenamed, settle } from "./rename.ts";
import type { Known } from "./revise.ts";

type Db = Resources["db"];

/** The items of one document, as a look-up needs them. */
export type Asked = readonly Pick<Draft, "itemId" | "contentHash">[];
export type Found = ReadonlyMap<string, KnownItem>;

interface KnownItem extends Known {
  /** Its row is to be touched: it was not for a day, or it counted as withdrawn. */
  readonly untouched: boolean;
}

interface Row {
  item_id: string;
  content_hash: string;
  parts: Parts | null;
  untouched: boolean;
}

/** Which of the items are known, for many documents in one statement. The parts of an item come only when it changed. */
export async function lookUp(db: Db, asked: readonly Asked[]): Promise<Found[]> {
  const items = asked.flat();
  const { rows } = await sql<Row>`
    select k.item_id, k.content_hash, case when k.content_hash <> a.hash then k.parts end as parts,
      k.withdrawn_at is not null or k.last_seen_at < now() - interval '1 day' as untouched
    from unnest(${items.map(({ itemId }) => itemId)}::text[],
      ${items.map(({ contentHash }) => contentHash)}::text[]) as a (id, hash)
    join newsledger.feed_items as k on k.item_id = a.id`.execute(db);
  const known = new Map(rows.map((row) => [row.item_id, knownOf(row)]));
  return asked.length === 1
    ? [known]
    : asked.map((document) => new Map(document.flatMap(({ itemId }) => pair(known, itemId))));
}

const pair = (known: Found, itemId: string): [string, KnownItem][] => {
  const item = known.get(itemId);
  return item ? [[itemId, item]] : [];
};

const noParts: Parts = { title: "", summary: "", text: "", link: "", author: "", published: "" };

const knownOf = ({ content_hash, parts, untouched }: Row): KnownItem => ({
  contentHash: content_hash,
  parts: parts ?? noParts,
  untouched,
});

/** Which of the items are known, by their own name or, where the feed keeps renaming them, by their link. */
export async function recognise(
  { db, lookUp }: { db: Db; lookUp(asked: Asked): Promise<Found> },
  feedId: string,
  { drafts, identity }: Pick<Drafts, "drafts" | "identity">,
): Promise<Pick<Drafts, "drafts" | "identity"> & { known: Found }> {
  const known = await lookUp(drafts);
  if (identity !== "link" && !looksRenamed(drafts, (itemId) => known.has(itemId)))
    return { drafts, identity, known };
  const settled = settle(drafts, identity, await itemsByLink(db, feedId, drafts));
  if (settled.drafts === drafts) return { drafts, identity, known };
  return { ...settled, known: await lookUp(settled.drafts) };
}

async function itemsByLink(db: Db, feedId: string, drafts: readonly Draft[]): Promise<ItemsByLink> {
  const links = drafts.filter(({ link }) => link !== null).map(({ parts }) => parts.link);
  const { rows } = await sql<{ link: string; items: string[] }>`
    select parts ->> 'link' as link, array_agg(item_id) as items from newsledger.feed_items
    where feed_id = ${feedId} and parts ->> 'link' = any(${links}::text[])
    group by 1`.execute(db);
  return new Map(rows.map(({ link, items }) => [link, items]));
}
