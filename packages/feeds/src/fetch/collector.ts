const listedBytes = 256 * 1024;
const sweptBytes = 1 << 20;

/**
 * What large bodies came in are few objects of much memory, which would wait for long to be collected. It takes a millisecond
 * or two, where Node was told to let it be asked for (`--expose-gc`, as `npm start` does).
 */
const sweep = (): void => void globalThis.gc?.({ type: "minor" });

/**
 * The bytes of a body, piece by piece. A large body goes into one piece of memory that grows in its place and is given back
 * at once when the body is refused: what is left to the collector of garbage stays for long, as it counts objects, not bytes.
 */
export class Collector {
  #chunks: Buffer[] = [];
  #memory: ArrayBuffer | null = null;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    if (this.#memory === null && length <= listedBytes) {
      this.#chunks.push(chunk);
      this.#length = length;
      return;
    }
    const memory = this.#grown(length);
    new Uint8Array(memory).set(chunk, this.#length);
    if (Math.floor(length / sweptBytes) > Math.floor(this.#length / sweptBytes)) sweep();
    this.#length = length;
  }

  #grown(length: number): ArrayBuffer {
    const memory = this.#memory ?? new ArrayBuffer(0);
    if (length <= memory.byteLength) return memory;
    const larger = memory.transfer(
      Math.max(length, Math.ceil(1.5 * memory.byteLength), 2 * listedBytes),
    );
    if (this.#memory === null) {
      const bytes = new Uint8Array(larger);
      let at = 0;
      for (const chunk of this.#chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      this.#chunks = [];
    }
    this.#memory = larger;
    return larger;
  }

  /** All of it; nothing can be added afterwards. */
  take(): Buffer {
    if (this.#memory === null) return Buffer.concat(this.#chunks, this.#length);
    sweep();
    return Buffer.from(this.#memory.transfer(this.#length));
  }

  /** Nothing of it is wanted. */
  drop(): void {
    const isLarge = this.#memory !== null;
    this.#memory?.transfer(0);
    this.#memory = null;
    this.#chunks = [];
    this.#length = 0;
    if (isLarge) sweep();
  }
}
