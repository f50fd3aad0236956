import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { jobs } from "@newsledger/core";
import type { Resources, Service } from "@newsledger/host";
import { startWorker } from "@newsledger/queue";
import type { CaseTopic } from "@newsledger/readmodels";
import { parseSender } from "./address.ts";
import type { Press } from "./database.ts";
import { composeDue } from "./due.ts";
import { fileTransport } from "./files.ts";
import { exhausted, sender } from "./send.ts";
import { smtpTransport } from "./smtp.ts";
import type { Transport } from "./transport.ts";

export interface DigestOptions {
  readonly topics: readonly CaseTopic[];
  /** Instead of the configured mail server or directory. */
  readonly transport?: Transport;
  /** How often it is looked whether a digest is due. */
  readonly lookEveryMs?: number;
}

/** Composes what is due, and sends what is composed. */
export function createService({ topics, transport, lookEveryMs = 10_000 }: DigestOptions): Service {
  return {
    name: "digest",
    async start(resources: Resources): Promise<AsyncDisposable> {
      const { config, db, log, queue, logger } = resources;
      const { concurrency, retryHours } = config.digest;
      parseSender(config.mailFrom); // a sender that is no address is better found now than at seven in the morning
      const press: Press = {
        db,
        log,
        topics,
        publicUrl: config.publicUrl,
        mailFrom: config.mailFrom,
      };
      const running = new AsyncDisposableStack();
      running.use(
        startWorker({ queue, db, logger }, jobs.sendDigest, {
          concurrency,
          handle: sender({ press, transport: transport ?? configured(config), retryHours }),
          onExhausted: exhausted(log, retryHours),
        }),
      );
      running.use(look({ press, queue, logger }, lookEveryMs));
      return running;
    },
  };
}

const configured = ({ smtpUrl, dataDir }: Resources["config"]): Transport =>
  smtpUrl === undefined ? fileTransport(join(dataDir, "mail")) : smtpTransport(smtpUrl);

/** Looks again and again; Postgres says what is due. A round that fails is told and repeated. */
function look(
  { press, queue, logger }: { press: Press } & Pick<Resources, "queue" | "logger">,
  everyMs: number,
): AsyncDisposable {
  const stop = new AbortController();
  const onError = (subscriptionId: string, err: unknown) =>
    logger.error({ subscriptionId, err }, "a digest could not be composed");
  const round = async () => {
    const composed = await composeDue(press, { signal: stop.signal, onError });
    const hints = composed.flatMap((one) => (one.outcome === "planned" ? one.hints : []));
    if (hints.length > 0) await queue.enqueue(hints);
  };
  const ended = (async () => {
    while (!stop.signal.aborted) {
      await round().catch((err) => logger.warn({ err }, "could not look for due digests"));
      await pause(everyMs, undefined, { signal: stop.signal }).catch(() => {}); // stopping is no error
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}
