import { setTimeout as pause } from "node:timers/promises";
import { Checkpoint, createCheckpoint, LeaseLost } from "./checkpoint.ts";
import { Delivery } from "./deliver.ts";
import type { LogParts } from "./parts.ts";
import { type EventRow, pageAfter, positions, toEvent } from "./read.ts";
import { isPassing, retryDelayMs } from "./retry.ts";
import type { EventMap, RecordedEvent, Subscription, SubscriptionOptions } from "./types.ts";

const pollMs = 1_000;
const shortestPollMs = 5;
const renewEveryMs = 3_000;
const storePassedEveryMs = 1_000;
const defaultBatchSize = 500;

/** One name, one worker at a time, in whatever process: takes the lease, follows the log, gives the lease back. */
export class Follower<M extends EventMap> implements Subscription {
  readonly name: string;
  readonly ended: Promise<void>;
  readonly #log: LogParts;
  readonly #options: SubscriptionOptions<M>;
  readonly #create: () => Promise<void>;
  readonly #checkpoint: Checkpoint;
  readonly #delivery: Delivery<M>;
  readonly #stop = new AbortController();
  #held = false;
  /** How far we have looked: beyond the checkpoint over events that do not concern us. */
  #seen = 0n;
  #storedAt = 0;
  #failures = 0;
  #patienceMs = shortestPollMs;

  /** `create` makes the checkpoint when there is none. */
  constructor(log: LogParts, options: SubscriptionOptions<M>, create?: () => Promise<void>) {
    this.name = options.name;
    this.#log = log;
    this.#options = options;
    this.#checkpoint = new Checkpoint(log.pool, options.name);
    this.#delivery = new Delivery(log, options, this.#checkpoint, this.#stop.signal);
    this.#create = create ?? this.#createFrom(options.from ?? "start");
    this.ended = this.#run();
    this.ended.catch(() => {}); // logged; whoever awaits `ended` gets it too
  }

  async caughtUp(position?: bigint, { timeoutMs }: { timeoutMs?: number } = {}): Promise<void> {
    const goal = position ?? (await positions(this.#log.pool)).safe;
    const deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs;
    for (;;) {
      const reached = this.#held ? this.#seen : await this.#checkpoint.stored();
      if (reached !== null && reached >= goal) return;
      if (Date.now() > deadline)
        throw new Error(
          `subscription ${this.name}: at ${reached ?? "no position"}, not at ${goal} after ${timeoutMs} ms`,
        );
      const over = this.ended.then(() => {
        throw new Error(`subscription ${this.name}: ended at ${reached}, before ${goal}`);
      });
      await Promise.race([over, pause(20)]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.ended.catch(() => {}); // reported before
  }

  /** "now" is the moment of subscribing, not of the lease. */
  #createFrom(from: "start" | "now" | bigint): () => Promise<void> {
    const { pool, db } = this.#log;
    const start = async () =>
      from === "now" ? (await positions(pool)).safe : from === "start" ? 0n : from;
    const early = start().catch(start);
    early.catch(() => {}); // thrown again when it is needed
    return async () => createCheckpoint(db, this.name, await early);
  }

  async #run(): Promise<void> {
    const { logger } = this.#log;
    const renewal = setInterval(() => {
      if (this.#held) this.#checkpoint.renew().catch(() => {}); // the next batch will tell
    }, renewEveryMs);
    try {
      while (!this.#stop.signal.aborted) await this.#turn();
      if (this.#held) await this.#storePassed();
    } catch (error) {
      logger?.error({ subscription: this.name, err: error }, "subscription stopped on an error");
      throw error;
    } finally {
      clearInterval(renewal);
      this.#held = false;
      await this.#checkpoint.release().catch(() => {}); // it runs out by itself
    }
  }

  async #turn(): Promise<void> {
    try {
      if (this.#held) await this.#step();
      else await this.#acquire();
      this.#failures = 0;
    } catch (error) {
      if (error instanceof LeaseLost) {
        this.#held = false;
        this.#log.logger?.warn({ subscription: this.name }, error.message);
      } else if (isPassing(error)) {
        // Whether a lost commit took place is for the stored checkpoint to say.
        this.#held = false;
        const waitMs = retryDelayMs(++this.#failures);
        const fields = { subscription: this.name, err: error, waitMs };
        this.#log.logger?.warn(fields, "subscription interrupted, trying again");
        await this.#sleep(waitMs);
      } else throw error;
    }
  }

  async #acquire(): Promise<void> {
    const answer = await this.#checkpoint.acquire();
    if (answer === "missing") await this.#create();
    if (answer === "taken") await this.#sleep(pollMs);
    if (answer !== "held") return;
    this.#held = true;
    this.#seen = this.#checkpoint.position;
  }

  /** Handles the next batch; when there is nothing, waits for more. */
  async #step(): Promise<void> {
    const { pool, bell } = this.#log;
    const done = new AbortController();
    // Before looking, so that no ring is missed in between.
    const rung = bell.next(pollMs, AbortSignal.any([done.signal, this.#stop.signal]));
    try {
      const { types, batchSize: limit = defaultBatchSize } = this.#options;
      const { safe, high } = await positions(pool);
      if (safe > this.#seen) {
        const rows = await pageAfter(pool, { after: this.#seen, upTo: safe, types, limit });
        await this.#take(rows, rows.length < limit ? safe : position(rows.at(-1)));
        this.#patienceMs = shortestPollMs;
      } else {
        await this.#storePassed();
        await (high > safe ? Promise.race([rung, this.#patience()]) : rung);
      }
    } finally {
      done.abort();
    }
  }

  async #take(rows: readonly EventRow[], upTo: bigint): Promise<void> {
    const events: RecordedEvent<M>[] = [];
    let unreadable: unknown;
    try {
      for (const row of rows) events.push(toEvent<M>(row, this.#log.codec));
    } catch (error) {
      unreadable = error; // what lies before it is handled first
    }
    const last = events.at(-1);
    if (last) {
      await this.#delivery.deliver(events, unreadable ? last.position : upTo);
      this.#seen = this.#checkpoint.position;
    } else if (!unreadable) {
      this.#seen = upTo;
      if (performance.now() > this.#storedAt + storePassedEveryMs) await this.#storePassed();
    }
    if (unreadable) throw unreadable;
  }

  /** Not at every event that does not concern us: once a second, and when there is time. */
  async #storePassed(): Promise<void> {
    if (this.#seen > this.#checkpoint.position) await this.#checkpoint.advance(this.#seen);
    this.#storedAt = performance.now();
  }

  /** Somebody is in the middle of an append: look again soon, then less and less often. */
  #patience(): Promise<void> {
    const waitMs = this.#patienceMs;
    this.#patienceMs = Math.min(pollMs, waitMs * 2);
    return this.#sleep(waitMs);
  }

  async #sleep(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => {}); // stopping is no error
  }
}

const position = (row: EventRow | undefined): bigint => BigInt(row?.global_position ?? 0);
