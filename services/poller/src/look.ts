import { hash } from "node:crypto";
import { streams } from "@newsledger/core";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import type { Desk } from "./desk.ts";
import type { Feed } from "./feed.ts";
import { type Draft, type Drafts, draftsOf, type Parts, type Spoilt } from "./item.ts";
import { recognise } from "./known.ts";
import { compare, type Verdict } from "./revise.ts";
import { newestFirst, vanished } from "./window.ts";

/** An item of the poll, and what the ledger will say of it. */
export interface Judged {
  readonly draft: Draft;
  readonly verdict: Verdict;
}

/** An item as the ledger last told it. */
export interface Words {
  readonly title: string;
  readonly summary: string;
  readonly contentHash: string;
}

/** Everything about a document that has to be read before it can be written down. */
export interface Look {
  readonly judged: readonly Judged[];
  readonly spoilt: readonly Spoilt[];
  readonly identity: Drafts["identity"];
  /** Known items whose rows are to be touched. */
  readonly untouched: readonly string[];
  /** Its items newest first, and a mark that changes with them. */
  readonly window: readonly string[];
  readonly mark: string;
  /** Missing for the first time, and missing again. */
  readonly missing: readonly string[];
  readonly withdrawn: readonly Missed[];
  /** What revised and withdrawn items said before. */
  readonly words: ReadonlyMap<string, Words>;
}

export interface Missed {
  readonly itemId: string;
  readonly since: Date;
}

type Place = Pick<Resources, "db" | "log"> & { readonly desk: Pick<Desk, "lookUp"> };

/** Outside any transaction: whoever holds the feed is the only one to write its items. */
export async function lookAt(
  { db, log, desk }: Place,
  feed: Feed,
  parsed: Parameters<typeof draftsOf>[1],
  now: Date,
): Promise<Look> {
  const found = draftsOf(feed, parsed, now);
  const { drafts, identity, known } = await recognise({ db, ...desk }, feed.feedId, found);
  const judged = drafts.map((draft) => ({
    draft,
    verdict: compare(known.get(draft.itemId), draft),
  }));
  // Items are in the ledger's order, oldest first: a document lists them the other way round.
  const window = newestFirst(drafts.toReversed()) ?? [];
  const mark = hash("sha256", window.join(" ")).slice(0, 16);
  const gone =
    feed.portrait === null || (feed.portrait.mark === mark && !feed.missing)
      ? { missing: [], withdrawn: [] }
      : await missingFrom(db, feed.feedId, { window, judged, spoilt: found.spoilt });
  const revised = judged.flatMap(({ draft, verdict }) =>
    verdict.kind === "revised" ? [draft.itemId] : [],
  );
  return {
    ...{ judged, identity, window, mark, ...gone },
    spoilt: found.spoilt,
    untouched: drafts.flatMap(({ itemId }) => (known.get(itemId)?.untouched ? [itemId] : [])),
    words: await wordsOf(log, [
      ...revised.slice(0, mostTold),
      ...gone.withdrawn.map(({ itemId }) => itemId),
    ]),
  };
}

/** When a feed rewrites all its items at once, nobody reads the differences. */
const mostTold = 20;

/** What the ledger last told of the items. */
export async function wordsOf(
  log: Resources["log"],
  itemIds: readonly string[],
): Promise<ReadonlyMap<string, Words>> {
  const words = new Map<string, Words>();
  for (const itemId of itemIds) {
    const stream = log.readStream(streams.item(itemId), { direction: "backward", limit: 50 });
    for await (const { type, data } of stream) {
      if (type !== "item.seen" && type !== "item.revised") continue;
      words.set(itemId, data);
      break;
    }
  }
  return words;
}

interface Document {
  readonly window: readonly string[];
  readonly judged: readonly Judged[];
  readonly spoilt: readonly Spoilt[];
}

async function missingFrom(
  db: Resources["db"],
  feedId: string,
  { window, judged, spoilt }: Document,
): Promise<Pick<Look, "missing" | "withdrawn">> {
  const before = await windowOf(db, feedId);
  if (!before) return { missing: [], withdrawn: [] };
  const present = new Set([...judged.map(({ draft }) => draft.itemId), ...spoilt.map(idOf)]);
  const gone = vanished(before.items, window).filter((itemId) => !present.has(itemId));
  const again = before.missing.filter(({ itemId }) => !present.has(itemId));
  const renamed = await renamedAmong(db, [...gone, ...again.map(idOf)], judged);
  return {
    missing: gone.filter((itemId) => !renamed.has(itemId)),
    withdrawn: again.filter(({ itemId }) => !renamed.has(itemId)),
  };
}

const idOf = ({ itemId }: { itemId: string }): string => itemId;

interface Window {
  readonly items: readonly string[];
  readonly missing: readonly Missed[];
}

/** The feed's last document. */
export async function windowOf(db: Resources["db"], feedId: string): Promise<Window | null> {
  const { rows } = await sql<{ items: string[]; missing: Record<string, string> }>`
    select items, missing from newsledger.feed_windows where feed_id = ${feedId}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const missing = Object.entries(row.missing).map(([itemId, since]) => ({
    itemId,
    since: new Date(since),
  }));
  return { items: row.items, missing };
}

/** Items that came back under another name: a new one has their link or title. */
async function renamedAmong(
  db: Resources["db"],
  itemIds: readonly string[],
  judged: readonly Judged[],
): Promise<ReadonlySet<string>> {
  const fresh = judged.filter(({ verdict }) => verdict.kind === "new");
  if (itemIds.length === 0 || fresh.length === 0) return new Set();
  const { rows } = await sql<{ item_id: string; parts: Parts }>`
    select item_id, parts from newsledger.feed_items
    where item_id = any(${itemIds}::text[])`.execute(db);
  const renamed = rows.filter(({ parts }) =>
    fresh.some(({ draft }) => draft.parts.link === parts.link || draft.parts.title === parts.title),
  );
  return new Set(renamed.map((row) => row.item_id));
}
