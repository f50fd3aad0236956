import { setTimeout as pause } from "node:timers/promises";
import type { Resources } from "@newsledger/host";
import { type Made, settle } from "./settle.ts";

/** Writes down what was sent, many results in one transaction. */
export interface Settler extends AsyncDisposable {
  /** Resolves when it is written down. */
  add(made: Made): Promise<void>;
}

const most = 200;

export function startSettler(
  { db, log, logger, metrics }: Pick<Resources, "db" | "log" | "logger" | "metrics">,
  { random }: { random: () => number },
): Settler {
  const waiting: { made: Made; written: () => void }[] = [];
  let writing: Promise<void> | null = null;
  let closing = false;
  const attempts = metrics?.counter(
    "newsledger_delivery_attempts_total",
    "Attempts to deliver, by channel and by what they came to (2xx … 5xx, none without an answer)",
    ["channel", "result"],
  );
  const count = ({ delivery, outcome }: Made) =>
    attempts?.inc({ channel: delivery.channel, result: resultOf(outcome) });

  /** Until it is written: what was sent must not be forgotten. When the process ends, its lease tells. */
  const write = async (batch: readonly Made[]): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      try {
        return await db.transaction().execute((trx) => settle(trx, batch, { log, random }));
      } catch (err) {
        logger.warn({ err, deliveries: batch.length }, "could not write down what was sent");
        if (closing && failures >= 3) return;
        await pause(Math.min(5_000, 100 * 2 ** failures));
      }
    }
  };
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, most);
      await write(batch.map(({ made }) => made));
      for (const { made } of batch) count(made);
      log.wake();
      for (const { written } of batch) written();
    }
    writing = null;
  };
  return {
    add: (made) =>
      new Promise((written) => {
        waiting.push({ made, written });
        // After this turn of the loop: what ends together is written together.
        writing ??= new Promise<void>((begin) => setImmediate(begin)).then(run);
      }),
    async [Symbol.asyncDispose]() {
      closing = true;
      await writing;
    },
  };
}

const resultOf = ({ status, accepted }: Made["outcome"]): string => {
  if (status !== null) return `${Math.floor(status / 100)}xx`;
  return accepted ? "accepted" : "none";
};
