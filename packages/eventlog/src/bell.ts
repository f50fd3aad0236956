import { randomUUID } from "node:crypto";
import pg from "pg";
import { Ear } from "./ear.ts";
import type { LogLogger } from "./types.ts";

const channel = "newsledger_appended";
const quietMs = 5;
/** Under steady appends each NOTIFY costs as much as an append: to other processes the first goes out at once, the next later. */
const quietToOthersMs = 25;
const longestReconnectMs = 10_000;

/**
 * Tells subscriptions, in this process and in others, that there may be something new. Only a hint: whoever waits for it
 * also looks by himself now and then. NOTIFY is never part of an append's transaction (it would serialise the commits),
 * and goes out at most once per 25 ms; in this process it rings at most once per 5 ms.
 */
export class Bell implements AsyncDisposable {
  readonly #pool: pg.Pool;
  readonly #logger: LogLogger | undefined;
  readonly #me = randomUUID();
  readonly #ears = new Set<Ear>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #lastRung = 0;
  #lastTold = 0;
  #closed = false;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(pool: pg.Pool, logger: LogLogger | undefined) {
    this.#pool = pool;
    this.#logger = logger;
  }

  /** Starts to listen to other processes. */
  async listen(attempt = 0): Promise<void> {
    const { password } = this.#pool.options; // not enumerable there, so that it does not end up in logs
    // A socket of its own: the pool's may have no patience with one that hears nothing for a while.
    const { stream: _, ...options } = this.#pool.options;
    const client = new pg.Client(Object.assign({ password }, options, { keepAlive: true }));
    let lost = false;
    const retry = (error?: unknown) => {
      if (lost || this.#closed) return;
      lost = true;
      client.end().catch(() => {});
      const waitMs = Math.min(longestReconnectMs, 100 * 2 ** attempt);
      this.#logger?.warn({ err: error, waitMs }, "log: lost the connection that listens; polling");
      this.#reconnect = setTimeout(() => void this.listen(attempt + 1), waitMs);
    };
    client.on("error", retry);
    client.on("end", () => retry());
    client.on("notification", ({ payload }) => {
      if (payload !== this.#me) this.#wakeHere();
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.#client = client;
      attempt = 0;
      if (this.#closed) await client.end();
      else this.#wakeHere(); // what was rung while nobody listened
    } catch (error) {
      retry(error);
    }
  }

  /** There may be something new. Cheap; call it after a commit. */
  ring(): void {
    if (this.#timer || this.#closed) return;
    const wait = this.#lastRung + quietMs - performance.now();
    if (wait <= 0) this.#ringNow();
    else this.#timer = setTimeout(() => this.#ringNow(), wait);
  }

  /** Resolves when it rings, or after `withinMs`. */
  async next(withinMs: number): Promise<void> {
    if (this.#closed) return;
    using ear = this.ear();
    await ear.hear(withinMs);
  }

  /** Remembers a ring until it is listened to, so that none is missed between looking and waiting. */
  ear(): Ear {
    const ear = new Ear(() => this.#ears.delete(ear));
    this.#ears.add(ear);
    return ear;
  }

  #ringNow(): void {
    this.#timer = undefined;
    this.#lastRung = performance.now();
    this.#wakeHere();
    if (this.#telling) return;
    const wait = this.#lastTold + quietToOthersMs - performance.now();
    if (wait <= 0) this.#tellOthers();
    else this.#telling = setTimeout(() => this.#tellOthers(), wait);
  }

  #tellOthers(): void {
    this.#telling = undefined;
    this.#lastTold = performance.now();
    this.#sending = this.#pool
      .query({
        name: "newsledger-ring",
        // It need not outlive a crash, so it waits for no disk.
        text: "select pg_notify($1, $2) where set_config('synchronous_commit', 'off', true) = 'off'",
        values: [channel, this.#me],
      })
      .catch(() => {}); // a hint: others poll
  }

  #wakeHere(): void {
    for (const ear of this.#ears) ear.ring();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#telling);
    clearTimeout(this.#reconnect);
    this.#wakeHere();
    await this.#sending;
    await this.#client?.end().catch(() => {});
  }
}
