/** Waits for rings: one that comes while nobody waits is heard at once by the next who does. */
export class Ear implements Disposable {
  #rung = false;
  #wake: (() => void) | undefined;
  readonly #forget: () => void;

  /** `forget` is called when it is disposed of: whoever rings it need not any more. */
  constructor(forget: () => void = () => {}) {
    this.#forget = forget;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at once if it rang since the last time, else when it rings or after `withinMs`. */
  async hear(withinMs: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = undefined;
    }
    this.#rung = false;
  }

  [Symbol.dispose](): void {
    this.#forget();
  }
}
