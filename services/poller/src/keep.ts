import {
  contentUuid,
  itemQuarantined,
  itemRevised,
  itemSeen,
  type NewEvent,
  streams,
} from "@newsledger/core";
import { type AnyTransaction, type AppendRequest, putText } from "@newsledger/eventlog";
import type { IdentityScheme } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { clip, type Draft, type Drafts, type Parts, type Spoilt } from "./item.ts";
import { type ItemsByLink, looksRenamed, settle } from "./rename.ts";
import { compare, type Known, type Verdict } from "./revise.ts";

export interface Kept {
  readonly seen: number;
  readonly revised: number;
  readonly known: number;
  readonly quarantined: number;
  readonly publishedAt: readonly Date[];
  readonly identity: IdentityScheme;
}

/** What is the same for all items of one poll. */
interface Origin {
  readonly feedId: string;
  readonly source: string;
  readonly backfill: boolean;
}

interface Place {
  readonly trx: AnyTransaction;
  readonly log: Resources["log"];
}

/** An item of the poll, and what the ledger will say of it. */
interface Judged {
  readonly draft: Draft;
  readonly verdict: Verdict;
}

/** Appends what is new or revised, in order, and remembers it. What cannot be kept is put aside with its reason. */
export async function keepItems({ trx, log }: Place, origin: Origin, found: Drafts): Promise<Kept> {
  const { drafts, identity, known } = await recognise(trx, origin.feedId, found);
  const { spoilt } = found;
  const judged = drafts.map((draft) => ({
    draft,
    verdict: compare(known.get(draft.itemId), draft),
  }));
  const news = judged.filter(({ verdict }) => verdict.kind !== "known");
  const refused = await append({ trx, log }, origin, news);
  await quarantine({ trx, log }, origin, [...spoilt, ...refused]);
  await stillThere(
    trx,
    judged.filter(({ verdict }) => verdict.kind === "known"),
  );
  const lost = new Set(refused.map(({ itemId }) => itemId));
  const count = (kind: Verdict["kind"]) =>
    judged.filter(({ draft, verdict }) => verdict.kind === kind && !lost.has(draft.itemId)).length;
  return {
    seen: count("new"),
    revised: count("revised"),
    known: count("known"),
    quarantined: spoilt.length + refused.length,
    publishedAt: drafts.flatMap(({ publishedAt }) => publishedAt ?? []),
    identity,
  };
}

/** Which of the items are known, by their own name or, where the feed keeps renaming them, by their link. */
async function recognise(trx: AnyTransaction, feedId: string, { drafts, identity }: Drafts) {
  const known = await knownItems(trx, drafts);
  if (identity !== "link" && !looksRenamed(drafts, (itemId) => known.has(itemId)))
    return { drafts, identity, known };
  const settled = settle(drafts, identity, await itemsByLink(trx, feedId, drafts));
  if (settled.drafts === drafts) return { drafts, identity, known };
  return { ...settled, known: await knownItems(trx, settled.drafts) };
}

async function itemsByLink(
  trx: AnyTransaction,
  feedId: string,
  drafts: readonly Draft[],
): Promise<ItemsByLink> {
  const links = drafts.filter(({ link }) => link !== null).map(({ parts }) => parts.link);
  const { rows } = await sql<{ link: string; items: string[] }>`
    select parts ->> 'link' as link, array_agg(item_id) as items from newsledger.feed_items
    where feed_id = ${feedId} and parts ->> 'link' = any(${links}::text[])
    group by 1`.execute(trx);
  return new Map(rows.map(({ link, items }) => [link, items]));
}

async function knownItems(
  trx: AnyTransaction,
  drafts: readonly Draft[],
): Promise<Map<string, Known>> {
  const { rows } = await sql<{ item_id: string; content_hash: string; parts: Parts }>`
    select item_id, content_hash, parts from newsledger.feed_items
    where item_id = any(${drafts.map(({ itemId }) => itemId)}::text[])`.execute(trx);
  return new Map(
    rows.map((row) => [row.item_id, { contentHash: row.content_hash, parts: row.parts }]),
  );
}

/** All at once; should the database refuse one of them, one by one, so that the others are kept. */
async function append(place: Place, origin: Origin, news: readonly Judged[]): Promise<Spoilt[]> {
  if (news.length === 0) return [];
  const { trx } = place;
  await sql`savepoint items`.execute(trx);
  try {
    await write(place, origin, news);
    return [];
  } catch (error) {
    if (!isAboutData(error)) throw error;
    await sql`rollback to savepoint items`.execute(trx);
  }
  const refused: Spoilt[] = [];
  for (const item of news) {
    await sql`savepoint item`.execute(trx);
    try {
      await write(place, origin, [item]);
    } catch (error) {
      if (!isAboutData(error)) throw error;
      await sql`rollback to savepoint item`.execute(trx);
      refused.push(refusal(item.draft, error));
    }
  }
  return refused;
}

async function write(place: Place, origin: Origin, news: readonly Judged[]): Promise<void> {
  const requests: AppendRequest[] = [];
  for (const { draft, verdict } of news) {
    const text = draft.text === null ? null : await putText(place.trx, draft.text);
    requests.push(requestOf(eventOf(draft, verdict, origin, text), draft, verdict));
  }
  await place.log.within(place.trx).appendMany(requests);
  await remember(place.trx, origin.feedId, news);
}

function eventOf(draft: Draft, verdict: Verdict, origin: Origin, text: string | null): NewEvent {
  const { publishedAt, publishedRaw, parts: _, text: __, ...said } = draft;
  const data = {
    ...said,
    feedId: origin.feedId,
    source: origin.source,
    publishedAt: publishedAt?.toISOString() ?? null,
    ...(publishedRaw !== null && { publishedRaw }),
    textHash: text,
    backfill: origin.backfill,
  };
  const occurredAt = publishedAt ?? undefined;
  if (verdict.kind !== "revised") return itemSeen.create(data, occurredAt);
  const { previousHash, changed } = verdict;
  return itemRevised.create({ ...data, previousHash, changed: [...changed] }, occurredAt);
}

const requestOf = (event: NewEvent, draft: Draft, verdict: Verdict): AppendRequest => ({
  stream: streams.item(draft.itemId),
  events: [event],
  key:
    verdict.kind === "revised"
      ? `item.revised:${draft.itemId}:${draft.contentHash}`
      : `item.seen:${draft.itemId}`,
  correlationId: contentUuid("item", draft.itemId),
});

async function remember(
  trx: AnyTransaction,
  feedId: string,
  news: readonly Judged[],
): Promise<void> {
  const rows = news.map(({ draft }) => ({
    item_id: draft.itemId,
    content_hash: draft.contentHash,
    parts: draft.parts,
  }));
  await sql`
    insert into newsledger.feed_items (item_id, feed_id, content_hash, parts)
    select item_id, ${feedId}, content_hash, parts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (item_id text, content_hash text, parts jsonb)
    on conflict (item_id) do update
    set content_hash = excluded.content_hash, parts = excluded.parts, last_seen_at = now()`.execute(
    trx,
  );
}

/** Once a day is enough to know how long an item stays in its feed; more would write a row per item and poll. */
async function stillThere(trx: AnyTransaction, items: readonly Judged[]): Promise<void> {
  await sql`
    update newsledger.feed_items set last_seen_at = now()
    where item_id = any(${items.map(({ draft }) => draft.itemId)}::text[])
      and last_seen_at < now() - interval '1 day'`.execute(trx);
}

async function quarantine({ trx, log }: Place, { feedId }: Origin, spoilt: readonly Spoilt[]) {
  const requests = spoilt.map(({ itemId, reason, excerpt }) => ({
    stream: streams.item(itemId),
    events: [itemQuarantined.create({ itemId, feedId, reason, excerpt })],
    key: `item.quarantined:${itemId}`,
    correlationId: contentUuid("item", itemId),
  }));
  if (requests.length > 0) await log.within(trx).appendMany(requests);
}

const refusal = ({ itemId, title, link }: Draft, error: unknown): Spoilt => ({
  itemId,
  reason: clip(error instanceof Error ? error.message : String(error), 500),
  excerpt: clip(JSON.stringify({ title, link }), 500),
});

/** The fault lies with what was to be written (SQLSTATE classes 22, 23, 54, P0), not with the connection or the server. */
function isAboutData(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string") return /^(22|23|54|P0)/.test(code);
  return error instanceof Error && !/connection|timeout|terminat/i.test(error.message);
}
