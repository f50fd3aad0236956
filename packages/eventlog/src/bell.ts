import { randomUUID } from "node:crypto";
import pg from "pg";
import { Ear } from "./ear.ts";
import type { LogLogger } from "./types.ts";

const channel = "newsledger_appended";
const quietMs = 5;
/** Under steady appends each NOTIFY costs as much as an append: to other processes the first goes out at once, the next later. */
const quietToOthersMs = 25;
/** Whoever begins to listen says so; others are counted for the sake of those who stop. */
const countEveryMs = 1_000;
const greeting = (who: string): string => `hello ${who}`;
const longestReconnectMs = 10_000;

/** Tells others if there are any, and whether. One that may not be looked at may be listening. */
const tellIfAny = `
  select case when count(*) > 0 then pg_notify($1, $2) end, count(*) > 0 as others from pg_stat_activity
  where datname = current_database() and pid <> $3
    and (query = 'listen ${channel}' or query = '<insufficient privilege>' or state = 'disabled')`;

/**
 * Tells subscriptions, in this process and in others, that there may be something new. Only a hint: whoever waits for it
 * also looks by himself now and then. NOTIFY is never part of an append's transaction (it would serialise the commits),
 * and goes out at most once per 25 ms, and only while other connections listen; in this process it rings at most once per
 * 5 ms.
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
  #lastCounted = Number.NEGATIVE_INFINITY;
  #others = true;
  #heard = 0;
  #pid = 0;
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
      if (payload === this.#me || payload === greeting(this.#me)) return;
      this.#others = true;
      this.#heard++;
      this.#wakeHere();
      if (payload?.startsWith(greeting(""))) this.#tellSoon(); // of what it has missed while we did not know of it
    });
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        "select pg_backend_pid() as pid, pg_notify($1, $2)",
        [channel, greeting(this.#me)],
      );
      this.#pid = rows[0]?.pid ?? 0;
      await client.query(`listen ${channel}`); // its last: others know by it that it listens
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
    if (this.#ears.size === 0 && !this.#others && !this.#countsAgain()) return;
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
    this.#tellSoon();
  }

  #tellSoon(): void {
    if (this.#telling || this.#closed) return;
    const wait = this.#lastTold + quietToOthersMs - performance.now();
    if (wait <= 0) this.#tellOthers();
    else this.#telling = setTimeout(() => this.#tellOthers(), wait);
  }

  #tellOthers(): void {
    this.#telling = undefined;
    this.#lastTold = performance.now();
    this.#sending = this.#tell().catch(() => {}); // a hint: others poll
  }

  #countsAgain(): boolean {
    return performance.now() - this.#lastCounted >= countEveryMs;
  }

  async #tell(): Promise<void> {
    const values = [channel, this.#me];
    if (!this.#countsAgain()) {
      const text = "select pg_notify($1, $2)";
      if (this.#others) await this.#pool.query({ name: "newsledger-ring", text, values });
      return;
    }
    this.#lastCounted = performance.now();
    const heardBefore = this.#heard;
    const { rows } = await this.#pool.query<{ others: boolean }>({
      name: "newsledger-ring-if-any",
      text: tellIfAny,
      values: [...values, this.#pid],
    });
    this.#others = rows[0]?.others !== false || this.#heard > heardBefore;
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
