import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** Something in hand, under which number, and for how long its lease still runs. */
export interface Held {
  readonly what: string;
  readonly under: string;
  readonly left_ms: number;
}

/** What the campaign reads in the ledger, past the faults: on connections of its own, straight to the server. */
export class Ledger implements AsyncDisposable {
  readonly pool: pg.Pool;

  constructor(url: string) {
    this.pool = new pg.Pool({ connectionString: url, max: 4, idleTimeoutMillis: 1_000 });
    this.pool.on("error", () => {}); // the server is killed on purpose
  }

  /** Asks once more when the connection turns out to have died with its server. */
  async rows<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const ask = async () => (await this.pool.query<Row>(text, values)).rows;
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (tries === 5 || !isLostConnection(error)) throw error;
        await pause(50);
      }
    }
  }

  async number(text: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ n: string | number | null }>(text, values);
    return Number(row?.n ?? 0);
  }

  /** Grows with everything that any worker brings to an end. */
  progress(): Promise<number> {
    return this.number(`
      select (select coalesce(sum(polls), 0) from newsledger.feeds)
        + (select count(*) from newsledger.work where state = 'done') as n`);
  }

  /** How many items each feed has, by its address. */
  async seenByFeed(): Promise<Map<string, number>> {
    const rows = await this.rows<{ url: string; n: number }>(`
      select url, (select count(*)::int from newsledger.feed_items i where i.feed_id = f.feed_id) as n
      from newsledger.feeds f`);
    return new Map(rows.map(({ url, n }) => [url, n]));
  }

  /** What is not done yet, by name; all zero when the fleet has come to rest. */
  async unrest(): Promise<Record<string, number>> {
    const [row] = await this.rows<Record<string, number>>(`
      select (select count(*)::int from newsledger.work where state = 'due') as work,
        (select count(*)::int from newsledger.deliveries where state in ('planned', 'held')) as deliveries,
        (select count(*)::int from newsledger.issues where state in ('planned', 'unknown')) as issues,
        (select count(*)::int from newsledger.subscriptions where enabled and next_due_at <= now()) as digests,
        (select count(*)::int from newsledger.checkpoints
          where position < (select coalesce(max(global_position), 0) from newsledger.events)) as readers`);
    return row ?? {};
  }

  /** What somebody has in hand: work, polls, messages, the reading of the log. */
  inHand(): Promise<Held[]> {
    return this.#held("lease_until > now()");
  }

  /** Of these, what nobody has taken up again or done, with what is left of its lease now. */
  async stillLost(lost: readonly Held[]): Promise<Held[]> {
    // An ended lease stays in its row until somebody takes it.
    const held = await this.#held("lease_until is not null");
    const under = new Map(lost.map((one) => [one.what, one.under]));
    return held.filter((one) => under.get(one.what) === one.under);
  }

  #held(lease: string): Promise<Held[]> {
    const left = "extract(epoch from lease_until - now())::float8 * 1000 as left_ms";
    return this.rows(`
      select job || ' ' || key as what, fence::text as under, ${left} from newsledger.work
        where state = 'due' and ${lease}
      union all select 'poll ' || feed_id, fence::text, ${left} from newsledger.feeds where ${lease}
      union all select 'deliver ' || delivery_id, fence::text, ${left} from newsledger.deliveries
        where state = 'planned' and ${lease}
      union all select 'read ' || name, holder::text, ${left} from newsledger.checkpoints
        where ${lease}`);
  }

  /** One hash over the ids of all facts about items and articles: functions of content, the same in every run. */
  async idsOfFacts(): Promise<string> {
    const rows = await this.rows<{ id: string }>(`
      select event_id::text as id from newsledger.events
      where type like 'item.%' or type like 'article.%' order by 1`);
    return createHash("sha256")
      .update(rows.map(({ id }) => id).join())
      .digest("hex")
      .slice(0, 16);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.end();
  }
}

const isLostConnection = (error: unknown): boolean =>
  ["ECONNRESET", "ECONNREFUSED", "EPIPE", "57P01", "57P02", "57P03"].includes(
    (error as { code?: string }).code ?? "",
  ) || /terminated|not queryable/i.test(String(error));
