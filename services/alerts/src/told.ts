import type { NewsEvents } from "@newsledger/core";
import { sql } from "kysely";
import type { Hold } from "./hold.ts";
import type { Database } from "./rules.ts";

/** An alert that was raised, and the article that it told of. */
export interface Told {
  readonly alert: NewsEvents["alert.raised"];
  readonly itemId: string;
  readonly textHash: string;
  readonly position: bigint;
  readonly raisedAt: Date;
}

export interface Telling extends Told {
  readonly kind: string;
  readonly developments: readonly string[];
}

/** Which alerts: those of an article, of the other articles of its story, of an item, of a text, or those raised since. */
export type Which =
  | { documentId: string }
  | { besideDocument: string }
  | { itemId: string }
  | { textHash: string }
  | { topics: readonly string[]; raisedSince: Date };

/** What some events may concern of what was told. */
export interface Concern {
  readonly documentIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly textHashes: readonly string[];
  /** Of reports: their topics, and how far back an alert may lie that one of them takes back. */
  readonly topics: readonly string[];
  readonly raisedSince: Date | null;
  readonly storyIds: readonly string[];
}

/** What was told before a batch of events and by it, read once for all of them. */
export class ToldBook {
  readonly #trx: Database;
  readonly #told: Map<string, Telling>;
  readonly #stories: ReadonlyMap<string, readonly { storyId: string; position: bigint }[]>;

  private constructor(
    trx: Database,
    told: readonly Telling[],
    stories: ReadonlyMap<string, readonly { storyId: string; position: bigint }[]>,
  ) {
    this.#trx = trx;
    this.#told = new Map(told.map((one) => [one.alert.alertId, one]));
    this.#stories = stories;
  }

  /** Opened when the batch's reports are remembered: they say which stories its articles belong to. */
  static async open(trx: Database, concern: Concern): Promise<ToldBook> {
    const stories = await storiesOf(trx, concern.documentIds);
    const storyIds = [...stories.values()].flatMap((some) => some.map(({ storyId }) => storyId));
    return new ToldBook(
      trx,
      await tellingsOf(trx, { ...concern, storyIds: [...concern.storyIds, ...storyIds] }),
      stories,
    );
  }

  /** In the order in which they were raised. */
  of(which: Which, before: bigint): Told[] {
    const wanted = this.#wanted(which, before);
    return [...this.#told.values()]
      .filter((told) => told.position < before && wanted(told))
      .toSorted(inOrder);
  }

  /** Developments of a story that a rule told before. */
  developments(ruleId: string, storyId: string, before: bigint): ReadonlySet<string> {
    const told = [...this.#told.values()].filter(
      ({ alert, position }) =>
        alert.ruleId === ruleId && alert.storyId === storyId && position < before,
    );
    return new Set(told.flatMap(({ developments }) => developments));
  }

  async keep(telling: Telling): Promise<void> {
    await keepTold(this.#trx, telling);
    const { alertId } = telling.alert;
    if (!this.#told.has(alertId)) this.#told.set(alertId, telling);
  }

  #wanted(which: Which, before: bigint): (told: Told) => boolean {
    if ("documentId" in which) return ({ alert }) => alert.documentId === which.documentId;
    if ("itemId" in which) return ({ itemId }) => itemId === which.itemId;
    if ("textHash" in which) return ({ textHash }) => textHash === which.textHash;
    if ("besideDocument" in which) {
      const { besideDocument } = which;
      const stories = new Set(
        (this.#stories.get(besideDocument) ?? [])
          .filter(({ position }) => position < before)
          .map(({ storyId }) => storyId),
      );
      return ({ alert }) => alert.documentId !== besideDocument && stories.has(alert.storyId);
    }
    const { topics, raisedSince } = which;
    return ({ alert, raisedAt }) => raisedAt >= raisedSince && topics.includes(alert.topicId);
  }
}

const inOrder = (a: Told, b: Told): number =>
  a.position === b.position
    ? a.alert.alertId < b.alert.alertId
      ? -1
      : 1
    : a.position < b.position
      ? -1
      : 1;

const keepTold = (trx: Database, { alert, ...told }: Telling) =>
  sql`
    insert into newsledger.alerts_told
      (alert_id, rule_id, story_id, document_id, item_id, text_hash, position, raised_at, kind, developments, alert)
    values (${alert.alertId}, ${alert.ruleId}, ${alert.storyId}, ${alert.documentId}, ${told.itemId}, ${told.textHash},
            ${told.position}, ${told.raisedAt}, ${told.kind}, ${[...told.developments]}, ${JSON.stringify(alert)}::jsonb)
    on conflict do nothing`.execute(trx);

async function storiesOf(
  trx: Database,
  documentIds: readonly string[],
): Promise<Map<string, { storyId: string; position: bigint }[]>> {
  const { rows } = await sql<{ document_id: string; story_id: string; position: string }>`
    select document_id, story_id, position from newsledger.alert_reports
    where document_id = any(${[...documentIds]}::text[])`.execute(trx);
  const found = rows.map(({ document_id, story_id, position }) => ({
    ...{ documentId: document_id, storyId: story_id, position: BigInt(position) },
  }));
  return Map.groupBy(found, ({ documentId }) => documentId);
}

async function tellingsOf(trx: Database, concern: Concern): Promise<Telling[]> {
  const { documentIds, itemIds, textHashes, storyIds, topics, raisedSince } = concern;
  const { rows } = await sql<{
    alert: NewsEvents["alert.raised"];
    item_id: string;
    text_hash: string;
    position: string;
    raised_at: Date;
    kind: string;
    developments: string[];
  }>`
    select alert, item_id, text_hash, position, raised_at, kind, developments from newsledger.alerts_told
    where document_id = any(${[...documentIds]}::text[]) or item_id = any(${[...itemIds]}::text[])
      or text_hash = any(${[...textHashes]}::text[]) or story_id = any(${[...storyIds]}::text[])
      or (raised_at >= ${raisedSince}::timestamptz and alert ->> 'topicId' = any(${[...topics]}::text[]))`.execute(
    trx,
  );
  return rows.map(({ alert, kind, developments, ...row }) => ({
    ...{ alert, itemId: row.item_id, textHash: row.text_hash, position: BigInt(row.position) },
    ...{ raisedAt: row.raised_at, kind, developments },
  }));
}

/** Keeps planned deliveries back. In the transaction that planned them: nobody has seen them yet. */
export async function holdBack(
  trx: Database,
  deliveryIds: readonly string[],
  { until, reason }: { until: Date; reason: Hold["reason"] | "muted" },
): Promise<void> {
  if (deliveryIds.length === 0) return;
  await sql`
    update newsledger.deliveries set state = 'held', next_attempt_at = ${until}, hold_reason = ${reason}
    where delivery_id = any(${[...deliveryIds]}::text[])`.execute(trx);
}
