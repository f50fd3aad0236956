const listedBytes = 256 * 1024;
const sweptBytes = 1 << 20;
const grownBytes = 256 * 1024;

/**
 * What large bodies came in are few objects of much memory, which would wait for long to be collected. It takes a millisecond
 * or two, where Node was told to let it be asked for (`--expose-gc`, as `npm start` does).
 */
const sweep = (): void => void globalThis.gc?.({ type: "minor" });

/**
 * The bytes of a body, piece by piece. A large body goes into one piece of memory that grows where it lies, uncopied, and is
 * given back at once when the body is refused: what is left to the collector of garbage stays for long, as it counts objects,
 * not bytes.
 */
export class Collector {
  readonly #mostBytes: number;
  #chunks: Buffer[] = [];
  #memory: ArrayBuffer | null = null;
  #length = 0;

  /** `mostBytes`: what may be added altogether. Only the addresses of a large one are set apart for so many, not memory. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

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
    const memory = this.#memory ?? new ArrayBuffer(0, { maxByteLength: this.#mostBytes });
    if (length > memory.byteLength)
      memory.resize(Math.min(Math.ceil(length / grownBytes) * grownBytes, this.#mostBytes));
    if (this.#memory === null) {
      const bytes = new Uint8Array(memory);
      let at = 0;
      for (const chunk of this.#chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      this.#chunks = [];
      this.#memory = memory;
    }
    return memory;
  }

  /** All of it; nothing can be added afterwards. */
  take(): Buffer {
    if (this.#memory === null) return Buffer.concat(this.#chunks, this.#length);
    sweep();
    this.#memory.resize(this.#length);
    return Buffer.from(this.#memory);
  }

  /** Nothing of it is wanted. */
  drop(): void {
    const isLarge = this.#memory !== null;
    this.#memory?.resize(0);
    this.#memory = null;
    this.#chunks = [];
    this.#length = 0;
    if (isLarge) sweep();
  }
}
