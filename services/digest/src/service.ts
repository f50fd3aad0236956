import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { jobs } from "@newsledger/core";
import type { Resources, Service } from "@newsledger/host";
import { startWorker } from "@newsledger/queue";
import type { CaseTopic } from "@newsledger/readmodels";
import { checkAddress, parseSender } from "./address.ts";
import { forgetUnconfirmed } from "./consent.ts";
import type { Press } from "./database.ts";
import { dkimSigner } from "./dkim.ts";
import { composeDue } from "./due.ts";
import { fileTransport } from "./files.ts";
import { checkOrigin } from "./origin.ts";
import { exhausted, sender } from "./send.ts";
import { smtpTransport } from "./smtp.ts";
import type { Transport } from "./transport.ts";

export interface DigestOptions {
  readonly topics: readonly CaseTopic[];
  /** How the feeds are, for the sentence that tells silence from breakage. */
  readonly feeds?: Press["feeds"];
  /** Instead of the configured mail server or directory. */
  readonly transport?: Transport;
  /** How often it is looked whether a digest is due. */
  readonly lookEveryMs?: number;
  /** Work of a process that died is taken up by another after this time. */
  readonly leaseSeconds?: number;
}

/** Composes what is due, and sends what is composed. */
export function createService(options: DigestOptions): Service {
  return {
    name: "digest",
    async start(resources: Resources): Promise<AsyncDisposable> {
      const { config, db, log, queue, logger } = resources;
      const { concurrency, retryHours } = config.digest;
      const press = pressOf(resources, options);
      const transport = options.transport ?? configuredTransport(config);
      const heldSince = await checkOrigin(db);
      if (heldSince !== null)
        logger.error(
          { heldSince },
          "this ledger was restored or moved: no digest is sent until you say so with newsledger digest release",
        );
      const running = new AsyncDisposableStack();
      running.use(
        startWorker({ queue, db, logger }, jobs.sendDigest, {
          concurrency,
          ...(options.leaseSeconds === undefined ? {} : { leaseSeconds: options.leaseSeconds }),
          handle: sender({ press, transport, retryHours }),
          onExhausted: exhausted(log, retryHours),
        }),
      );
      running.use(look({ press, queue, logger }, options.lookEveryMs ?? 10_000));
      return running;
    },
  };
}

/** What composing needs to know; refuses a sender that is no address now, rather than at seven in the morning. */
export function pressOf(
  { config, db, log }: Pick<Resources, "config" | "db" | "log">,
  { topics, feeds }: Pick<DigestOptions, "topics" | "feeds">,
): Press {
  const { publicUrl, mailFrom, digest } = config;
  parseSender(mailFrom);
  const { bounceMailbox } = digest;
  if (bounceMailbox !== undefined) checkAddress(bounceMailbox);
  return { db, log, topics, publicUrl, mailFrom, bounceMailbox, feeds };
}

/** The configured road: a mail server, or files where there is none; signed where there is a key. */
export function configuredTransport(config: Resources["config"]): Transport {
  const { smtpUrl, dataDir, mailFrom, dkimKey, dkimSelector, dkimDomain } = config;
  const sign =
    dkimKey === undefined
      ? undefined
      : dkimSigner({ key: dkimKey, selector: dkimSelector, domain: dkimDomain, mailFrom });
  return smtpUrl === undefined
    ? fileTransport(join(dataDir, "mail"), sign)
    : smtpTransport(smtpUrl, { sign });
}

/** Looks again and again; Postgres says what is due. A round that fails is told and repeated. */
function look(
  { press, queue, logger }: { press: Press } & Pick<Resources, "queue" | "logger">,
  everyMs: number,
): AsyncDisposable {
  const stop = new AbortController();
  const onError = (subscriptionId: string, err: unknown) =>
    logger.error({ subscriptionId, err }, "a digest could not be composed");
  const round = async () => {
    await composeDue(press, {
      signal: stop.signal,
      onError,
      async onComposed(composed) {
        const hints = composed.flatMap((one) => (one.outcome === "planned" ? one.hints : []));
        // Hints only make it sooner: without them the reconciler finds what is due.
        if (hints.length > 0) await queue.enqueue(hints).catch(() => {});
      },
    });
    await forgetUnconfirmed(press.db);
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
