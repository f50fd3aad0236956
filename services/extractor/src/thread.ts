import { Worker } from "node:worker_threads";

/** An answer took so long that it was stopped; the message is a sentence for people. */
export class TooSlow extends Error {
  override name = "TooSlow";
}

export interface ThreadOptions {
  /** Patience for one answer, from when its turn comes. */
  readonly timeoutMs: number;
  readonly heapMb: number;
}

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: Error) => void;
}

/** What the thread sends back, in the order in which it was asked. */
export type Sent<A> = { readonly answer: A } | { readonly fault: string };

/**
 * A thread that answers one question after the other, started when it is first needed. An answer that takes too long is
 * stopped with the thread; what waits behind it is asked in the next.
 */
export class Thread<Q, A> implements AsyncDisposable {
  readonly #script: URL;
  readonly #options: ThreadOptions;
  #worker: Worker | null = null;
  #waiting: Waiting<Q, A>[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(script: URL, options: ThreadOptions) {
    this.#script = script;
    this.#options = options;
  }

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      this.#worker ??= this.#start();
      if (this.#waiting.length === 1) this.#next();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = null;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error("the thread was ended"));
    await worker?.terminate();
  }

  #start(): Worker {
    const { heapMb } = this.#options;
    const worker = new Worker(this.#script, {
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 12 },
    });
    worker.on("message", (sent: Sent<A>) => this.#take(worker, sent));
    worker.on("error", (error) => this.#restart(worker, error));
    return worker;
  }

  #take(worker: Worker, sent: Sent<A>): void {
    if (worker !== this.#worker) return; // its question was given up
    const first = this.#waiting.shift();
    this.#next();
    if (!first) return;
    if ("answer" in sent) first.resolve(sent.answer);
    else first.reject(new Error(sent.fault));
  }

  /** The question in hand is at fault: it is given up, and the others are asked anew. */
  #restart(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    void worker.terminate();
    this.#waiting.shift()?.reject(error);
    if (this.#waiting.length > 0) this.#worker = this.#start();
    this.#next();
  }

  /**
   * Asks what is first now, and only that: a thread that dies loses the answers that it had just sent, and the blame must not
   * fall on one of those. Without a question the thread does not keep the process alive.
   */
  #next(): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (worker === null) return;
    const [first] = this.#waiting;
    if (!first) {
      worker.unref();
      return;
    }
    worker.ref();
    worker.postMessage(first.question);
    const { timeoutMs } = this.#options;
    this.#timer = setTimeout(() => {
      const seconds = Math.round(timeoutMs / 1000);
      const late = `This article took more than ${seconds} seconds to understand and was given up.`;
      this.#restart(worker, new TooSlow(late));
    }, timeoutMs);
  }
}
