import { once } from "node:events";
import { Worker } from "node:worker_threads";

export interface Report {
  /** Distinct webhook-ids that were accepted. */
  ids: number;
  badSignatures: number;
  /** Messages whose bytes differed between two attempts. */
  changed: number;
}

/** Receivers of webhooks, in a thread of their own: fast ones, dead ones, shaky ones. */
export interface Receivers extends AsyncDisposable {
  readonly origin: string;
  behave(name: string, how: "ok" | "hang" | "random"): Promise<void>;
  /** How many messages these have accepted. */
  count(names: readonly string[]): Promise<number>;
  report(name: string, secret: string): Promise<Report>;
}

export async function startReceivers(): Promise<Receivers> {
  const worker = new Worker(new URL("./receivers-thread.ts", import.meta.url));
  const [{ origin }] = await once(worker, "message");
  let last = 0;
  const ask = async <T>(question: object): Promise<T> => {
    const id = ++last;
    worker.postMessage({ id, ...question });
    for (;;) {
      const [answer] = await once(worker, "message");
      if (answer.id === id) return answer.value;
    }
  };
  return {
    origin,
    behave: (name, how) => ask({ ask: "behave", name, how }),
    count: (names) => ask({ ask: "count", names }),
    report: (name, secret) => ask({ ask: "report", name, secret }),
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
