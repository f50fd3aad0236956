import { sql } from "kysely";
import type { LogParts } from "./parts.ts";
import { assertNewest, inlinePrefix } from "./project.ts";
import { rowsBetween, toEvent } from "./read.ts";
import { isPassing } from "./retry.ts";
import type {
  AnyTransaction,
  AppendRequest,
  AppendResult,
  EventMap,
  Projection,
  RecordedEvent,
} from "./types.ts";

const eventsPerPage = 1_000;
const attemptsToBegin = 5;

/**
 * Read models that are written by the appending transaction itself. They hold what is appended through logs that know them:
 * a program that appends without having called `projectInline` leaves them behind.
 */
export class InlineProjections<M extends EventMap> {
  readonly #log: LogParts;
  readonly #projections = new Set<Projection<M>>();

  constructor(log: LogParts) {
    this.#log = log;
  }

  /** Whether any of them follows these events, so that they must be appended in a transaction. */
  concern(requests: readonly AppendRequest[]): boolean {
    if (this.#projections.size === 0) return false;
    const types = new Set(requests.flatMap(({ events }) => events.map(({ type }) => type)));
    return [...this.#projections].some((one) => one.types.some((type) => types.has(type)));
  }

  /** In the transaction that has just appended them. */
  async apply(trx: AnyTransaction, results: readonly AppendResult[]): Promise<void> {
    if (this.#projections.size === 0) return;
    for (const result of results) {
      if (result.status !== "appended") continue;
      const { firstPosition, lastPosition, version } = result;
      const amount = Number(lastPosition - firstPosition) + 1;
      const range = { after: firstPosition - 1n, upTo: lastPosition };
      const rows = await rowsBetween(trx, range, amount);
      // Positions of one append may have others' between them, of which only those of our own transaction are visible.
      const last = rows.find((row) => BigInt(row.global_position) === lastPosition);
      const own = rows.filter(
        (row) => row.stream_id === last?.stream_id && Number(row.version) <= version,
      );
      await this.#hand(
        trx,
        own.map((row) => toEvent<M>(row, this.#log.codec)),
      );
    }
  }

  /**
   * The first time, and when its version has been raised, it is emptied and filled from the log's beginning while appends
   * wait; from then on it is kept by every append. `settled` resolves when the appends before it are committed.
   */
  async add(projection: Projection<M>, settled: () => Promise<void>): Promise<Disposable> {
    // First, so that no append slips in between: what is applied too early is emptied again.
    this.#projections.add(projection);
    try {
      await settled();
      for (let attempt = 1; ; attempt++) {
        try {
          await this.#begin(projection);
          break;
        } catch (error) {
          if (!isPassing(error) || attempt === attemptsToBegin) throw error;
        }
      }
    } catch (error) {
      this.#projections.delete(projection);
      throw error;
    }
    return { [Symbol.dispose]: () => void this.#projections.delete(projection) };
  }

  async #hand(trx: AnyTransaction, events: readonly RecordedEvent<M>[]): Promise<void> {
    for (const projection of this.#projections) {
      const types: readonly string[] = projection.types;
      const wanted = events.filter(({ type }) => types.includes(type));
      if (wanted.length > 0) await projection.apply(wanted, trx);
    }
  }

  async #begin(projection: Projection<M>): Promise<void> {
    const prefix = inlinePrefix(projection.name);
    const { db, logger } = this.#log;
    await db
      .transaction()
      .setIsolationLevel("read committed")
      .execute(async (trx) => {
        // Waits for open appends and keeps new ones waiting: what they wrote is in the log when we read it.
        await sql`lock table newsledger.streams in share mode`.execute(trx);
        const newest = await assertNewest(trx, prefix, projection);
        if (newest === projection.version) return;
        await projection.reset(trx);
        const position = await this.#applyHistory(trx, projection);
        await sql`delete from newsledger.checkpoints where name ^@ ${prefix}`.execute(trx);
        await sql`insert into newsledger.checkpoints (name, position)
          values (${`${prefix}${projection.version}`}, ${position})`.execute(trx);
        logger?.info({ projection: projection.name }, "inline projection: rebuilt");
      });
  }

  async #applyHistory(trx: AnyTransaction, projection: Projection<M>): Promise<bigint> {
    let after = 0n;
    for (;;) {
      const range = { after, types: projection.types };
      const rows = await rowsBetween(trx, range, eventsPerPage);
      const events = rows.map((row) => toEvent<M>(row, this.#log.codec));
      const last = events.at(-1);
      if (!last) return after;
      await projection.apply(events, trx);
      after = last.position;
    }
  }
}
