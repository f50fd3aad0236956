import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type Appearance, NotAFeed } from "../parse/not-a-feed.ts";
import type { FeedInput, ParsedFeed } from "../parse/types.ts";
import { type Reader, type ReadFeed, readFeed } from "./reader.ts";

/** Reading the document took so long that it was stopped. */
export class TooSlow extends Error {
  override name = "TooSlow";
  readonly code = "too-slow";
}

export interface ParserOptions {
  readonly workers?: number;
  /** Documents up to this size are read at once, in this thread: handing them over would cost more. */
  readonly inlineBytes?: number;
  readonly timeoutMs?: number;
}

export interface Question {
  readonly input: FeedInput;
  readonly reader: Reader;
}

/** What a worker answers: errors lose their class on the way. */
export type Answer =
  | { readonly feed: ParsedFeed }
  | { readonly looksLike: Appearance; readonly feeds: readonly string[]; readonly message: string }
  | { readonly fault: string };

/**
 * Reads large documents in threads of their own, which are ended when one takes too long. The bytes of those are theirs from
 * then on: they are not there any more for who asked.
 */
export function openParser({
  workers = 1,
  inlineBytes = 256 * 1024,
  timeoutMs = 10_000,
}: ParserOptions = {}): { read: ReadFeed } & AsyncDisposable {
  const lanes = Array.from({ length: workers }, () => new Lane(timeoutMs));
  return {
    read(input, reader) {
      if (input.bytes.length <= inlineBytes) return readFeed(input, reader);
      const [freest] = lanes.toSorted((a, b) => a.waiting - b.waiting);
      return freest ? freest.read({ input, reader }) : readFeed(input, reader);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

/** What a thread has read stays in its memory for long: after so much, or a rest, a new one takes its place. */
const retiresAfterBytes = 4 << 20;
const restMs = 500;
/** A thread collects its garbage only when half of its heap is full: it gets what documents of this size may need. */
const heapMbFor = (bytes: number): number => 32 + Math.ceil((16 * bytes) / (1 << 20));

/** One thread, started when it is first needed, and the documents that wait for it. */
class Lane {
  waiting = 0;
  #readBytes = 0;
  #rest: NodeJS.Timeout | undefined;
  readonly #timeoutMs: number;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  read(question: Question): Promise<ParsedFeed> {
    this.waiting += 1;
    const reading = this.#last.then(() => this.#ask(question));
    this.#last = reading.then(
      () => this.waiting--,
      () => this.waiting--,
    );
    return reading;
  }

  async close(): Promise<void> {
    clearTimeout(this.#rest);
    const worker = this.#worker;
    this.#worker = null;
    this.#readBytes = 0;
    await worker?.terminate();
  }

  async #settle(bytes: number): Promise<void> {
    this.#readBytes += bytes;
    if (this.#readBytes >= retiresAfterBytes) return this.close();
    this.#rest = setTimeout(() => void this.close(), restMs);
    this.#rest.unref();
  }

  async #ask(question: Question): Promise<ParsedFeed> {
    clearTimeout(this.#rest);
    const { length } = question.input.bytes;
    const isLarge = length >= retiresAfterBytes;
    if (isLarge) await this.close();
    this.#worker ??= startWorker(heapMbFor(Math.max(length, retiresAfterBytes)));
    const worker = this.#worker;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.#timeoutMs);
    worker.ref();
    try {
      worker.postMessage(question, ownMemory(question.input.bytes));
      const [answer] = (await once(worker, "message", { signal: late.signal })) as [Answer];
      worker.unref();
      await this.#settle(length);
      return feedOf(answer);
    } catch (error) {
      if (error instanceof NotAFeed) throw error;
      await this.close();
      if (!late.signal.aborted) throw error;
      const seconds = Math.round(this.#timeoutMs / 1000);
      throw new TooSlow(`Reading this document took more than ${seconds} seconds and was stopped.`);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Bytes that lie in memory of their own go over to the thread: a copy would wait here for the collector of garbage. */
const ownMemory = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];

function startWorker(maxOldGenerationSizeMb: number): Worker {
  const worker = new Worker(new URL("./parse-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb, maxYoungGenerationSizeMb: 6 },
  });
  // Who waits for an answer hears of it, too; without anybody waiting it must not end the process.
  worker.on("error", () => {});
  return worker;
}

function feedOf(answer: Answer): ParsedFeed {
  if ("feed" in answer) return answer.feed;
  if ("fault" in answer) throw new Error(answer.fault);
  throw new NotAFeed(answer.looksLike, answer.feeds, answer.message);
}
