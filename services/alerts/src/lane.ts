import type { Claimed } from "./claim.ts";

/** What one receiver is given at a time. Its slowness is its own: no other receiver waits for it. */
export class Lane {
  readonly target: string;
  readonly #atOnce: number;
  readonly #paced: boolean;
  readonly #waiting: Claimed[] = [];
  /** Claimed, and not yet written down. */
  readonly #held = new Map<string, Claimed>();
  #sending = 0;
  #attemptMs: number | null = null;

  /** `paced`: one message at a time, each claimed on its own. */
  constructor(target: string, { atOnce, paced }: { atOnce: number; paced: boolean }) {
    this.target = target;
    this.#atOnce = paced ? 1 : atOnce;
    this.#paced = paced;
  }

  /** How many more to claim; 0 while more than half of what it may hold is in hand, so that claims come in batches. */
  get room(): number {
    const most = this.#paced ? 1 : windowFor(this.#attemptMs, this.#atOnce);
    return this.#held.size <= most / 2 ? most - this.#held.size : 0;
  }

  get idle(): boolean {
    return this.#held.size === 0;
  }

  get held(): readonly Claimed[] {
    return [...this.#held.values()];
  }

  add(delivery: Claimed): void {
    this.#held.set(delivery.deliveryId, delivery);
    this.#waiting.push(delivery);
  }

  /** The next to send, when it may be sent now. */
  take(): Claimed | null {
    if (this.#sending >= this.#atOnce) return null;
    const next = this.#waiting.shift();
    if (!next) return null;
    this.#sending += 1;
    return next;
  }

  sent(durationMs: number): void {
    this.#sending -= 1;
    this.#attemptMs =
      this.#attemptMs === null ? durationMs : this.#attemptMs * 0.8 + durationMs * 0.2;
  }

  /** Given up without a result. */
  dropped(): void {
    this.#sending -= 1;
  }

  /** Written down, or given back. */
  settled({ deliveryId }: Pick<Claimed, "deliveryId">): void {
    this.#held.delete(deliveryId);
  }

  /** Takes back what waits to be sent. */
  empty(): Claimed[] {
    return this.#waiting.splice(0);
  }
}

const aheadMs = 3_000;
const widest = 256;

/** How much to hold for a receiver: what it takes in some seconds, at its own speed. One, for a receiver that hangs. */
export function windowFor(attemptMs: number | null, atOnce: number): number {
  if (attemptMs === null) return atOnce;
  const inTime = Math.floor((aheadMs / Math.max(attemptMs, 1)) * atOnce);
  return Math.min(widest, Math.max(1, inTime));
}
