import { setTimeout as pause } from "node:timers/promises";

/** One after the other, as far as patience goes: who has waited for so long goes on beside the others. */
export class Turn {
  readonly #patienceMs: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Resolves when it is one's turn, with how to end it. */
  async take(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = Promise.all([before, promise]);
    const impatient = new AbortController();
    const { signal } = impatient;
    const patience = pause(this.#patienceMs, undefined, { ref: false, signal }).catch(() => {});
    await Promise.race([before, patience]);
    impatient.abort();
    return resolve;
  }
}
