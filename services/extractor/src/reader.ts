import type { Question, Reading } from "./read-article.ts";
import { Thread } from "./thread.ts";

/** Who reads articles: most of the processor's time goes there. */
export interface Reader extends AsyncDisposable {
  read(question: Question): Promise<Reading>;
}

const patienceMs = 30_000;

/**
 * Reads in a thread of its own, with the knowledge and the topics that are shipped: the rest of the process goes on
 * meanwhile, and a text that takes for ever costs itself only.
 */
export function readInThread(): Reader {
  const script = new URL("./read-thread.ts", import.meta.url);
  const thread = new Thread<Question, Reading>(script, { timeoutMs: patienceMs, heapMb: 256 });
  return {
    read: (question) => thread.ask(question),
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
