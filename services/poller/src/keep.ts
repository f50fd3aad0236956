import {
  contentUuid,
  itemQuarantined,
  itemRevised,
  itemSeen,
  type NewEvent,
  streams,
} from "@newsledger/core";
import { type AnyTransaction, type AppendRequest, putTexts } from "@newsledger/eventlog";
import type { IdentityScheme } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { clip, type Draft, type Spoilt } from "./item.ts";
import type { Judged, Look, Words } from "./look.ts";
import type { Verdict } from "./revise.ts";
import { wordDiff } from "./word-diff.ts";

/** What came of the items of one poll. */
export interface Kept {
  readonly seen: number;
  readonly revised: number;
  readonly known: number;
  readonly quarantined: number;
  readonly withdrawn: number;
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

/** The counts of a look, less what was refused after it. */
export function keptOf(look: Look, refused: readonly Spoilt[] = []): Kept {
  const lost = new Set(refused.map(({ itemId }) => itemId));
  const count = (kind: Verdict["kind"]) =>
    look.judged.filter(({ draft, verdict }) => verdict.kind === kind && !lost.has(draft.itemId))
      .length;
  return {
    seen: count("new"),
    revised: count("revised"),
    known: count("known"),
    quarantined: look.spoilt.length + refused.length,
    withdrawn: look.withdrawn.length,
    publishedAt: look.judged.flatMap(({ draft }) => draft.publishedAt ?? []),
    identity: look.identity,
  };
}

/** A document that was looked at, and where it comes from. */
export interface Found {
  readonly origin: Origin;
  readonly look: Look;
}

/** An item that is new or revised. */
interface News extends Judged {
  readonly origin: Origin;
  /** What it said before; only of a revised one. */
  readonly before: Words | undefined;
}

/**
 * Appends what is new or revised in the documents, in order, and remembers it. What cannot be kept is put aside with its
 * reason. The answers are in the order of the documents.
 */
export async function keepItems(place: Place, documents: readonly Found[]): Promise<Kept[]> {
  const news = documents.flatMap(({ origin, look }) =>
    look.judged
      .filter(({ verdict }) => verdict.kind !== "known")
      .map((one): News => ({ ...one, origin, before: look.words.get(one.draft.itemId) })),
  );
  const refused = await append(place, news);
  const refusedOf = ({ judged }: Look): Spoilt[] =>
    judged.flatMap((one) => refused.get(one.draft.itemId) ?? []);
  await quarantine(
    place,
    documents.map(({ origin, look }) => ({
      ...origin,
      spoilt: [...look.spoilt, ...refusedOf(look)],
    })),
  );
  await stillThere(
    place.trx,
    documents.flatMap(({ look }) => look.untouched),
  );
  return documents.map(({ look }) => keptOf(look, refusedOf(look)));
}

type Refused = ReadonlyMap<string, Spoilt>;

/** So many are made into events and sent at a time: the largest documents bring thousands, which need not be in memory twice. */
const portion = 200;

/** All at once; should the database refuse one of them, one by one, so that the others are kept. */
async function append(place: Place, news: readonly News[]): Promise<Refused> {
  const refused = new Map<string, Spoilt>();
  if (news.length === 0) return refused;
  const { trx } = place;
  await sql`savepoint items`.execute(trx);
  try {
    for (let at = 0; at < news.length; at += portion)
      await write(place, news.slice(at, at + portion));
    return refused;
  } catch (error) {
    if (!isAboutData(error)) throw error;
    await sql`rollback to savepoint items`.execute(trx);
  }
  for (const item of news) {
    await sql`savepoint item`.execute(trx);
    try {
      await write(place, [item]);
    } catch (error) {
      if (!isAboutData(error)) throw error;
      await sql`rollback to savepoint item`.execute(trx);
      refused.set(item.draft.itemId, refusal(item.draft, error));
    }
  }
  return refused;
}

async function write({ trx, log }: Place, news: readonly News[]): Promise<void> {
  const texts = news.flatMap(({ draft }) => (draft.text === null ? [] : [draft.text]));
  const hashes = texts.length === 0 ? [] : await putTexts(trx, texts);
  const addresses = hashes.values();
  const requests = news.map(({ draft, verdict, origin, before }) => {
    const text = draft.text === null ? null : (addresses.next().value ?? null);
    return requestOf(eventOf(draft, verdict, { ...origin, text, before }), draft, verdict);
  });
  await log.within(trx).appendMany(requests);
  await remember(trx, news);
}

interface Around extends Origin {
  readonly text: string | null;
  readonly before: Words | undefined;
}

function eventOf(draft: Draft, verdict: Verdict, { text, before, ...origin }: Around): NewEvent {
  const { publishedAt, publishedRaw, point, parts: _, text: __, ...said } = draft;
  const data = {
    ...said,
    ...origin,
    publishedAt: publishedAt?.toISOString() ?? null,
    ...(publishedRaw !== null && { publishedRaw }),
    ...(point !== null && { point }),
    textHash: text,
  };
  const occurredAt = publishedAt ?? undefined;
  if (verdict.kind !== "revised") return itemSeen.create(data, occurredAt);
  const { previousHash, changed } = verdict;
  const diff = diffOf(draft, before);
  return itemRevised.create(
    { ...data, previousHash, changed: [...changed], ...(diff && { diff }) },
    occurredAt,
  );
}

/** Word by word, where the title or the summary changed. */
function diffOf(draft: Draft, before: Words | undefined) {
  if (!before) return null;
  const title = before.title === draft.title ? null : wordDiff(before.title, draft.title);
  const summary = before.summary === draft.summary ? null : wordDiff(before.summary, draft.summary);
  return title || summary ? { ...(title && { title }), ...(summary && { summary }) } : null;
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

async function remember(trx: AnyTransaction, news: readonly News[]): Promise<void> {
  const rows = news.map(({ draft, origin }) => ({
    item_id: draft.itemId,
    feed_id: origin.feedId,
    content_hash: draft.contentHash,
    parts: draft.parts,
  }));
  await sql`
    insert into newsledger.feed_items (item_id, feed_id, content_hash, parts)
    select item_id, feed_id, content_hash, parts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (item_id text, feed_id text, content_hash text, parts jsonb)
    on conflict (item_id) do update
    set content_hash = excluded.content_hash, parts = excluded.parts, last_seen_at = now(),
      withdrawn_at = null`.execute(trx);
}

/** Once a day is enough to know how long an item stays in its feed; more would write a row per item and poll. */
async function stillThere(trx: AnyTransaction, itemIds: readonly string[]): Promise<void> {
  if (itemIds.length === 0) return;
  await sql`
    update newsledger.feed_items set last_seen_at = now(), withdrawn_at = null
    where item_id = any(${itemIds}::text[])`.execute(trx);
}

async function quarantine(
  { trx, log }: Place,
  found: readonly { feedId: string; spoilt: readonly Spoilt[] }[],
): Promise<void> {
  const requests = found.flatMap(({ feedId, spoilt }) =>
    spoilt.map(({ itemId, reason, excerpt }) => ({
      stream: streams.item(itemId),
      events: [itemQuarantined.create({ itemId, feedId, reason, excerpt })],
      key: `item.quarantined:${itemId}`,
      correlationId: contentUuid("item", itemId),
    })),
  );
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
