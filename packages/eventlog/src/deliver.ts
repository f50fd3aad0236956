import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { type Checkpoint, LeaseLost } from "./checkpoint.ts";
import type { LogParts } from "./parts.ts";
import { isPassing, retryDelayMs } from "./retry.ts";
import type { AnyTransaction, EventMap, RecordedEvent, SubscriptionOptions } from "./types.ts";

const attemptsBeforeParking = 5;

type Events<M extends EventMap> = readonly RecordedEvent<M>[];

/** A handler gave up on an event, and its subscription says `stop`. */
export class HandlerFailed extends Error {
  override name = "HandlerFailed";
  readonly position: bigint;

  constructor(subscription: string, event: RecordedEvent, cause: Error) {
    super(
      `subscription ${subscription}: event ${event.position} (${event.type}, stream ${event.stream}): ${cause.message}`,
      { cause },
    );
    this.position = event.position;
  }
}

/** Hands events to a subscription's handler: every event in one committed transaction together with the checkpoint. */
export class Delivery<M extends EventMap> {
  readonly #log: LogParts;
  readonly #options: SubscriptionOptions<M>;
  readonly #checkpoint: Checkpoint;
  readonly #stop: AbortSignal;

  constructor(
    log: LogParts,
    options: SubscriptionOptions<M>,
    checkpoint: Checkpoint,
    stop: AbortSignal,
  ) {
    this.#log = log;
    this.#options = options;
    this.#checkpoint = checkpoint;
    this.#stop = stop;
  }

  /**
   * Moves the checkpoint to `upTo`, which lies at or after the last event. A batch that fails is halved until the event
   * at fault stands alone: the others are not kept waiting by it.
   */
  async deliver(events: Events<M>, upTo: bigint): Promise<void> {
    if (this.#stop.aborted) return;
    try {
      await this.#commit(upTo, (trx) => this.#options.handle(events, trx));
    } catch (error) {
      if (error instanceof LeaseLost || isPassing(error)) throw error;
      const half = events.slice(0, Math.ceil(events.length / 2));
      const middle = half.at(-1);
      if (!middle) throw error;
      if (events.length === 1) return this.#insist(middle, upTo, asError(error));
      await this.deliver(half, middle.position);
      await this.deliver(events.slice(half.length), upTo);
    }
  }

  /** One event that failed: again and again, put aside, or the end. */
  async #insist(event: RecordedEvent<M>, upTo: bigint, firstError: Error): Promise<void> {
    const { onError = "retry" } = this.#options;
    const { name } = this.#checkpoint;
    let error = firstError;
    for (let attempts = 1; !this.#stop.aborted; attempts++) {
      if (onError === "stop") throw new HandlerFailed(name, event, error);
      const position = event.position.toString();
      const fields = { subscription: name, position, type: event.type, attempts, err: error };
      if (onError === "park" && attempts >= attemptsBeforeParking) {
        const place = { name, position: event.position };
        await this.#commit(upTo, (trx) => park(trx, place, error, attempts));
        this.#log.logger?.error(fields, "event put aside: its handling keeps failing");
        return;
      }
      this.#log.logger?.warn(fields, "event not handled, trying again");
      await this.#pause(retryDelayMs(attempts));
      if (this.#stop.aborted) return;
      try {
        return await this.#commit(upTo, (trx) => this.#options.handle([event], trx));
      } catch (again) {
        if (again instanceof LeaseLost || isPassing(again)) throw again;
        error = asError(again);
      }
    }
  }

  async #commit(
    upTo: bigint,
    work: (trx: AnyTransaction) => ReturnType<SubscriptionOptions<M>["handle"]>,
  ): Promise<void> {
    const { db, bell, appendedIn, logger } = this.#log;
    let appended = false;
    const afterCommit = await db
      .transaction()
      .setIsolationLevel("read committed")
      .execute(async (trx) => {
        await this.#checkpoint.hold(trx);
        const hook = await work(trx);
        await this.#checkpoint.advanceWithin(trx, upTo);
        appended = appendedIn.has(trx);
        return hook;
      });
    this.#checkpoint.position = upTo;
    if (appended) bell.ring();
    try {
      await afterCommit?.();
    } catch (error) {
      // What it does are hints; the facts are committed.
      logger?.warn({ subscription: this.#checkpoint.name, err: error }, "after-commit hook failed");
    }
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop }).catch(() => {}); // stopping is no error
  }
}

async function park(
  trx: AnyTransaction,
  { name, position }: { name: string; position: bigint },
  error: Error,
  attempts: number,
): Promise<undefined> {
  await sql`insert into newsledger.parked (subscription, position, error, attempts)
    values (${name}, ${position}, ${storable(error)}, ${attempts})
    on conflict (subscription, position) do update
      set error = excluded.error, attempts = excluded.attempts, parked_at = now()`.execute(trx);
}

/** The message may quote the very text that Postgres cannot keep. */
export const storable = (error: Error): string =>
  error.message.replaceAll("\u0000", "\ufffd").toWellFormed().slice(0, 4_000);

export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
