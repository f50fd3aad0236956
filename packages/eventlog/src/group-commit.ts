import { DatabaseError } from "pg";
import { locks, type PreparedAppend } from "./append.ts";
import type { AppendResult } from "./types.ts";

interface Waiting {
  readonly append: PreparedAppend;
  /** Its stream and its key. */
  readonly names: readonly string[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

/** How a batch is written. The direct way leaves some without an answer; they must go the general one. */
type Way = "direct" | "general";
type Write = (
  appends: readonly PreparedAppend[],
  way: Way,
) => Promise<readonly (AppendResult | undefined)[]>;

/** In events. A batch is full once it has so many: at 32 callers several times the throughput of one commit an append. */
const fullBatch = 40;
/** Two batches at once: the database works on one while the other is prepared, sent or waits for the disk. More of them
 * would only make the batches smaller … */
const connections = 2;
/** In events. What waits is shared out between the free connections, but a smaller batch is not worth a commit. */
const leastShare = 8;
/** … unless a batch has so many events that it is worth a commit of its own: then they work side by side. */
const heavyBatch = 10;
/** With a caller's transaction that takes the same streams or keys in another order. */
const deadlocked = /^40(P01|001)$/;
const attemptsAfterDeadlock = 5;

/** Gathers appends that arrive while others are being committed, and commits them together. */
export class GroupCommit implements AsyncDisposable {
  readonly #write: Write;
  readonly #heavyConnections: number;
  #waiting: Waiting[] = [];
  /** Streams and keys of the batches under way: appends to one stream are written in the order they came. */
  readonly #locked = new Set<string>();
  #scheduled = false;
  /** Batches under way. A number: a Map's old tables would keep what it held, and with that all answers, from young GCs. */
  #running = 0;
  #ended: (() => void) | undefined;
  #closed = false;

  constructor(write: Write, options: { heavyConnections?: number } = {}) {
    this.#write = write;
    this.#heavyConnections = Math.max(connections, options.heavyConnections ?? connections);
  }

  append(append: PreparedAppend): Promise<AppendResult> {
    if (this.#closed) return Promise.reject(new Error(`append to ${append.stream}: log is closed`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, names: locks(append), resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After everything that the same answer set going has run: its callers append again in the same batch.
    process.nextTick(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#running < this.#heavyConnections) {
      const free = connections - this.#running;
      let waiting = 0;
      for (const { append } of this.#waiting) waiting += append.events.length;
      const share = Math.ceil(waiting / Math.max(1, free));
      const atMost = Math.min(fullBatch, Math.max(leastShare, share));
      const batch = this.#take(free > 0 ? 1 : heavyBatch, atMost);
      if (batch.length === 0) return;
      for (const { names } of batch) for (const name of names) this.#locked.add(name);
      this.#running++;
      void this.#run(batch);
    }
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    await this.#commit(batch);
    for (const { names } of batch) for (const name of names) this.#locked.delete(name);
    this.#running--;
    this.#schedule();
    this.#ended?.();
  }

  /** The next batch: each stream and key once, none that is being written, in order of arrival; if it has enough events. */
  #take(atLeast: number, atMost: number): Waiting[] {
    if (this.#running === 0 && this.#waiting.length === 1) return this.#waiting.splice(0);
    const passed = new Set(this.#locked);
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    let events = 0;
    for (const one of this.#waiting) {
      const free = events < atMost && !one.names.some((name) => passed.has(name));
      (free ? batch : later).push(one);
      if (free) events += one.append.events.length;
      for (const name of one.names) passed.add(name);
    }
    if (events < atLeast) return [];
    this.#waiting = later;
    return batch;
  }

  async #commit(batch: readonly Waiting[], way: Way = "direct", attempt = 1): Promise<void> {
    try {
      const results = await this.#write(
        batch.map(({ append }) => append),
        way,
      );
      const left: Waiting[] = [];
      batch.forEach((one, index) => {
        const result = results[index];
        if (result) one.resolve(result);
        else if (way === "direct") left.push(one);
        else one.reject(new Error("append: the database gave no answer for it"));
      });
      if (left.length > 0) await this.#commit(left, "general");
    } catch (error) {
      // Postgres refused the statement, so nothing was written. After a lost connection nobody knows what was written,
      // and writing again could write twice.
      const refused = error instanceof DatabaseError && error.severity === "ERROR";
      const unlucky =
        refused && deadlocked.test(error.code ?? "") && attempt < attemptsAfterDeadlock;
      if (unlucky) await this.#commit(batch, way, attempt + 1);
      else if (refused && batch.length > 1) for (const one of batch) await this.#commit([one], way);
      else for (const { reject } of batch) reject(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#flush();
    while (this.#running > 0) {
      await new Promise<void>((resolve) => {
        this.#ended = resolve;
      });
      this.#flush();
    }
  }
}
