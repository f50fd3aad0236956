import { setTimeout as pause } from "node:timers/promises";
import { Checkpoint, createCheckpoint, LeaseLost, partitionName } from "./checkpoint.ts";
import { Delivery } from "./deliver.ts";
import type { Ear } from "./ear.ts";
import type { LogParts } from "./parts.ts";
import { type EventRow, type Partition, pageAfter, toEvent } from "./read.ts";
import { replayRequested } from "./replay.ts";
import { isPassing, retryDelayMs } from "./retry.ts";
import type { Codec, EventMap, RecordedEvent, Subscription, SubscriptionOptions } from "./types.ts";

const pollMs = 1_000;
const shortestPollMs = 5;
const renewEveryMs = 2_000;
const storePassedEveryMs = 1_000;
const defaultBatchSize = 500;
const longestRestMs = 500;

interface Role {
  /** Makes the checkpoint when there is none. */
  readonly create?: () => Promise<void>;
  readonly partition?: Partition;
}

/** One name, one worker at a time, in whatever process: takes the lease, follows the log, gives the lease back. */
export class Follower<M extends EventMap> implements Subscription {
  readonly name: string;
  readonly ended: Promise<void>;
  readonly #log: LogParts;
  readonly #options: SubscriptionOptions<M>;
  readonly #partition: Partition | undefined;
  readonly #create: () => Promise<void>;
  readonly #checkpoint: Checkpoint;
  readonly #delivery: Delivery<M>;
  readonly #stop = new AbortController();
  readonly #ear: Ear;
  #over: { error?: unknown } | undefined;
  #held = false;
  /** How far we have looked: beyond the checkpoint over events that do not concern us. */
  #seen = 0n;
  #storedAt = 0;
  #replayedAt = 0;
  #failures = 0;
  /** The page after the one in hand: read, and understood, while that is handled. */
  #ahead: { after: bigint; page: Promise<Page<M>> } | undefined;
  #progressAt = performance.now();
  #restUntil = 0;

  constructor(log: LogParts, options: SubscriptionOptions<M>, { create, partition }: Role = {}) {
    this.name = partition ? partitionName(options.name, partition) : options.name;
    this.#log = log;
    this.#options = options;
    this.#partition = partition;
    this.#checkpoint = new Checkpoint(log.pool, this.name);
    this.#delivery = new Delivery(log, options, this.#checkpoint, this.#stop.signal);
    this.#ear = log.bell.ear();
    this.#create = create ?? this.#createFrom(options.from ?? "start");
    this.ended = this.#run();
    this.ended.catch(() => {}); // logged; whoever awaits `ended` gets it too
  }

  async caughtUp(position?: bigint, { timeoutMs }: { timeoutMs?: number } = {}): Promise<void> {
    const goal = position ?? (await this.#log.positions()).safe;
    const deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeoutMs;
    for (;;) {
      const over = this.#over;
      const reached = this.#held ? this.#seen : await this.#checkpoint.stored();
      if (reached !== null && reached >= goal) return;
      const where = `subscription ${this.name}: at ${reached ?? "no position yet"}, not at ${goal}`;
      if (over) throw new Error(`${where}, and it has ended`, { cause: over.error });
      if (Date.now() > deadline) throw new Error(`${where} after ${timeoutMs} ms`);
      await pause(20);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#ear.ring();
    await this.ended.catch(() => {}); // reported before
  }

  /** "now" is the moment of subscribing, not of the lease. */
  #createFrom(from: "start" | "now" | bigint): () => Promise<void> {
    const { db, positions } = this.#log;
    const own = { name: this.#options.name, partition: this.#partition };
    if (from !== "now") return () => createCheckpoint(db, own, from === "start" ? 0n : from);
    const now = positions();
    now.catch(() => {}); // asked again when it is needed
    return async () => createCheckpoint(db, own, (await now.catch(() => positions())).safe);
  }

  async #run(): Promise<void> {
    const { logger } = this.#log;
    const renewal = setInterval(() => {
      if (this.#held) this.#checkpoint.renew().catch(() => {}); // the next batch will tell
    }, renewEveryMs);
    try {
      while (!this.#stop.signal.aborted) await this.#turn();
      // Lost or not: what was passed over is passed over again.
      if (this.#held) await this.#checkpoint.advance(this.#seen).catch(() => {});
    } catch (error) {
      this.#over = { error };
      logger?.error({ subscription: this.name, err: error }, "subscription stopped on an error");
      throw error;
    } finally {
      clearInterval(renewal);
      await this.#ahead?.page.catch(() => {});
      this.#ear[Symbol.dispose]();
      await this.#checkpoint.release().catch(() => {}); // it runs out by itself
      this.#over ??= {};
    }
  }

  async #turn(): Promise<void> {
    try {
      if (this.#held) await this.#step();
      else await this.#acquire();
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
    const { types, batchSize: limit = defaultBatchSize, restMs = 0 } = this.#options;
    const rest = this.#restUntil - performance.now();
    if (rest > 0) await this.#sleep(rest);
    const began = performance.now();
    const { safe, high } = await this.#log.positions();
    const from = this.#seen;
    if (safe > from) {
      const read = async (after: bigint) => {
        const range = { after, upTo: safe, types, partition: this.#partition, limit };
        return understood<M>(await pageAfter(this.#log, range), this.#log.codec);
      };
      const ahead = this.#ahead?.after === from ? this.#ahead.page : undefined;
      this.#ahead = undefined;
      const page = await (ahead ?? read(from));
      const upTo = page.upTo ?? from;
      // A page that was read ahead may have been cut by what was safe then.
      const whole = page.amount < limit;
      if (!whole) this.#readAhead(upTo, read(upTo));
      await this.#take(page, whole && !ahead ? safe : upTo);
      if (whole) this.#restUntil = restingUntil(restMs, { began, idle: page.amount === 0 });
    }
    await this.#storePassed();
    await this.#replay();
    this.#failures = 0;
    const now = performance.now();
    if (safe > from || high === safe) this.#progressAt = now;
    if (safe > from) return;
    // Somebody is in the middle of an append, which nobody may ring for: look again soon, then less and less often.
    const stuckMs = Math.max(shortestPollMs, now - this.#progressAt);
    await this.#ear.hear(high > safe ? Math.min(stuckMs, pollMs) : pollMs);
  }

  #readAhead(after: bigint, page: Promise<Page<M>>): void {
    page.catch(() => {}); // told to who takes it
    this.#ahead = { after, page };
  }

  async #take({ events, unreadable }: Page<M>, upTo: bigint): Promise<void> {
    const last = events.at(-1);
    if (last) {
      await this.#delivery.deliver(events, unreadable ? last.position : upTo);
      this.#seen = this.#checkpoint.position;
    } else if (!unreadable) {
      this.#seen = upTo;
    }
    if (unreadable) throw unreadable;
  }

  /**
   * Stores how far we have looked, though not for every event that does not concern us; now and then even when there is
   * nothing new, to notice that an operator moved or removed the checkpoint.
   */
  async #storePassed(): Promise<void> {
    const everyMs = this.#seen > this.#checkpoint.position ? storePassedEveryMs : renewEveryMs;
    if (performance.now() < this.#storedAt + everyMs) return;
    await this.#checkpoint.advance(this.#seen);
    this.#storedAt = performance.now();
  }

  /** Looks now and then for parked events that somebody wants handled again. */
  async #replay(): Promise<void> {
    if (this.#options.onError !== "park" || performance.now() < this.#replayedAt + pollMs) return;
    await replayRequested(this.#log, this.#options, this.#checkpoint);
    this.#replayedAt = performance.now();
  }

  async #sleep(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => {}); // stopping is no error
  }
}

/** As long as the batch took, where that is more: on a busy machine fewer and larger batches do the same with less. */
function restingUntil(restMs: number, { began, idle }: { began: number; idle: boolean }): number {
  const now = performance.now();
  if (idle || restMs === 0) return now + restMs / 4;
  return now + Math.min(longestRestMs, Math.max(restMs, now - began));
}

interface Page<M extends EventMap> {
  amount: number;
  events: RecordedEvent<M>[];
  /** Why the event behind them cannot be read: what lies before it is handled first. */
  unreadable: unknown;
  /** The position of the last row, readable or not. */
  upTo: bigint | undefined;
}

function understood<M extends EventMap>(rows: readonly EventRow[], codec: Codec): Page<M> {
  const last = rows.at(-1);
  const upTo = last && BigInt(last.global_position);
  const page: Page<M> = { amount: rows.length, events: [], unreadable: undefined, upTo };
  try {
    for (const row of rows) page.events.push(toEvent<M>(row, codec));
  } catch (error) {
    page.unreadable = error;
  }
  return page;
}
