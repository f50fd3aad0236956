import { setTimeout as pause } from "node:timers/promises";
import { Ear } from "@newsledger/eventlog";
import type { Resources, Vault } from "@newsledger/host";
import { attempt, type Outcome, type Roads } from "./attempt.ts";
import { channels } from "./channels/index.ts";
import { type Claimed, claim, giveBack, renew } from "./claim.ts";
import { Lane } from "./lane.ts";
import { type Settler, startSettler } from "./settler.ts";
import { openReceiver } from "./webhooks.ts";

export interface DispatchOptions {
  readonly roads: Roads;
  readonly vault: Vault;
  /** Messages sent to one receiver at the same time. */
  readonly atOnce: number;
  readonly random: () => number;
  /** How soon what a killed process had in hand is taken up by another. Renewed while it works. */
  readonly leaseSeconds?: number;
  /** How long what is under way may take when the process stops. */
  readonly graceMs?: number;
}

type Means = Pick<Resources, "db" | "log" | "logger" | "metrics">;

/**
 * Sends what is due, in turn for every receiver. Postgres knows what is due; an append that this process hears of only
 * makes it look at once. Disposing it takes no more and lets what is under way end.
 */
export function startDispatcher(means: Means, options: DispatchOptions): AsyncDisposable {
  return new Dispatcher(means, options);
}

const lookEveryMs = 1_000;
/** Many appends are heard one after another: they are looked for together. */
const gatherMs = 15;

class Dispatcher implements AsyncDisposable {
  readonly #means: Means;
  readonly #options: DispatchOptions;
  readonly #leaseSeconds: number;
  readonly #lanes = new Map<string, Lane>();
  readonly #settler: Settler;
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  readonly #ear = new Ear();
  readonly #underWay = new Set<Promise<void>>();
  readonly #looking: Promise<void>;
  readonly #renewing: Promise<void>;
  readonly #ended = new AbortController();
  /** Until when the claims in hand are ours for sure, by this process' own clock. */
  #ours = 0;
  /** What to add to this process' own clock, which only measures, to have Postgres' time. */
  #postgresAheadMs = 0;

  constructor(means: Means, options: DispatchOptions) {
    this.#means = means;
    this.#options = options;
    this.#leaseSeconds = options.leaseSeconds ?? 7;
    this.#settler = startSettler(means, { random: options.random });
    void this.#listen();
    this.#looking = this.#look();
    this.#renewing = this.#renewLeases();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    this.#ear.ring();
    await this.#looking;
    const back = [...this.#lanes.values()].flatMap((lane) => lane.empty());
    await giveBack(this.#means.db, back).catch(() => {}); // their lease ends by itself
    const grace = setTimeout(() => this.#aborting.abort(), this.#options.graceMs ?? 10_000);
    await Promise.all(this.#underWay);
    clearTimeout(grace);
    await this.#settler[Symbol.asyncDispose]();
    this.#ended.abort();
    await this.#renewing;
  }

  async #listen(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#means.log.nextWake(lookEveryMs);
      this.#ear.ring();
    }
  }

  /** Claims and sends until it is stopped. Trouble with the database is told, and passes. */
  async #look(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        if (await this.#round()) continue;
      } catch (err) {
        this.#means.logger.warn({ err }, "could not look for due deliveries");
        await pause(lookEveryMs);
      }
      await this.#ear.hear(lookEveryMs);
      await pause(gatherMs);
    }
  }

  /** Whether something was claimed. */
  async #round(): Promise<boolean> {
    const rooms = new Map([...this.#lanes].map(([target, lane]) => [target, lane.room]));
    const asked = performance.now();
    const leaseSeconds = this.#leaseSeconds;
    const otherwise = this.#options.atOnce;
    const claimed = await claim(this.#means.db, { rooms, otherwise, leaseSeconds });
    if (this.#idle) this.#ours = asked + leaseSeconds * 1000;
    const [first] = claimed;
    if (first) this.#postgresAheadMs = first.claimedAt.getTime() - performance.now();
    for (const delivery of claimed) this.#laneOf(delivery).add(delivery);
    for (const lane of this.#lanes.values()) this.#send(lane);
    return claimed.length > 0;
  }

  get #idle(): boolean {
    return [...this.#lanes.values()].every((lane) => lane.idle);
  }

  #laneOf({ target, channel }: Claimed): Lane {
    const { gapSeconds } = channels[channel];
    // A service with a pace of its own gets one message, then a rest.
    if (gapSeconds > 0) setTimeout(() => this.#ear.ring(), gapSeconds * 1000 + gatherMs).unref();
    const { atOnce } = this.#options;
    const lane = this.#lanes.get(target) ?? new Lane(target, { atOnce, paced: gapSeconds > 0 });
    this.#lanes.set(target, lane);
    return lane;
  }

  #send(lane: Lane): void {
    for (let delivery = lane.take(); delivery !== null; delivery = lane.take()) {
      const sending = this.#deliver(lane, delivery).finally(() => this.#underWay.delete(sending));
      this.#underWay.add(sending);
    }
  }

  async #deliver(lane: Lane, delivery: Claimed): Promise<void> {
    const outcome = await this.#attempt(delivery);
    if (outcome === null) {
      lane.dropped();
      lane.settled(delivery);
      await giveBack(this.#means.db, [delivery]).catch(() => {}); // its lease ends by itself
      return;
    }
    lane.sent(outcome.durationMs);
    if (outcome.retryAfterSeconds > 0) await this.#calmDown(lane);
    if (!this.#stopping.signal.aborted) this.#send(lane);
    await this.#settler.add({ delivery, outcome });
    lane.settled(delivery);
    if (lane.room > 0) this.#ear.ring();
  }

  /** Null: it was not tried, or broken off by our own end. */
  async #attempt(delivery: Claimed): Promise<Outcome | null> {
    const { roads, vault } = this.#options;
    if (performance.now() >= this.#ours) return null;
    try {
      const { channel, target, messageId, headers, body, createdAt: date } = delivery;
      const { url, secrets } = openReceiver(vault, target, delivery);
      const now = new Date(performance.now() + this.#postgresAheadMs);
      const parcel = { channel, messageId, url, secrets, headers, body, date, now };
      return await attempt(roads, parcel, this.#aborting.signal);
    } catch (err) {
      if (this.#aborting.signal.aborted) return null;
      this.#means.logger.error({ err, deliveryId: delivery.deliveryId }, "a delivery failed");
      return fault(err);
    }
  }

  /** What waits for a receiver that asked for time goes back: it is due again when the receiver is. */
  async #calmDown(lane: Lane): Promise<void> {
    const back = lane.empty();
    for (const delivery of back) lane.settled(delivery);
    await giveBack(this.#means.db, back).catch(() => {});
  }

  async #renewLeases(): Promise<void> {
    const { db, logger } = this.#means;
    const { signal } = this.#ended;
    const everyMs = (this.#leaseSeconds * 1000) / 3;
    while (!signal.aborted) {
      await pause(everyMs, undefined, { signal }).catch(() => {}); // stopping is no error
      const asked = performance.now();
      try {
        const held = [...this.#lanes.values()].flatMap((lane) => lane.held);
        await renew(db, held, this.#leaseSeconds);
        this.#ours = asked + this.#leaseSeconds * 1000;
      } catch (err) {
        logger.warn({ err }, "could not keep what is being delivered");
      }
    }
  }
}

/** A fault of our own (a secret that does not open, an address that is none any more) counts as an attempt. */
const fault = (error: unknown): Outcome => ({
  accepted: false,
  status: null,
  retryAfterSeconds: 0,
  error: error instanceof Error ? error.message.slice(0, 500) : String(error),
  response: null,
  durationMs: 0,
});
