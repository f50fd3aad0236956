import { setTimeout as pause } from "node:timers/promises";
import { guardHolds } from "@newsledger/feeds";
import type { Resources, Vault } from "@newsledger/host";
import { guardedPost } from "./address.ts";
import type { Post, Roads, SendMail } from "./attempt.ts";
import { type DispatchOptions, startDispatcher } from "./dispatch.ts";
import { identityOf, suspendIfRestored } from "./restored.ts";
import { sealSecrets, setOwner } from "./webhooks.ts";

export interface DeliveryOptions
  extends Partial<Pick<DispatchOptions, "random" | "leaseSeconds" | "graceMs">> {
  readonly post: Post;
  readonly vault: Vault;
  /** Hands over plain mails; absent: receivers of mail get nothing from this process. */
  readonly sendMail?: SendMail | undefined;
  /** Whether the guard of outgoing calls holds on this machine. */
  readonly guardHolds?: () => Promise<{ readonly holds: boolean }>;
}

type Means = Pick<Resources, "config" | "db" | "log" | "logger" | "metrics">;

/**
 * The way out for everything that is planned. Before the first message: secrets are sealed, a restored copy is recognised,
 * and the guard of outgoing calls proves that it holds. Until it does, nothing is sent.
 */
export async function startDelivery(
  means: Means,
  options: DeliveryOptions,
): Promise<AsyncDisposable> {
  const { config, db, logger } = means;
  const { post, vault, sendMail, random = Math.random, leaseSeconds, graceMs } = options;
  await sealSecrets(db, vault);
  await setOwner(db, vault, config.ownerMail);
  const identity = await identityOf(db, config.databaseUrl ? null : config.dataDir);
  const suspended = await suspendIfRestored(db, identity);
  if (suspended > 0)
    logger.warn(
      { suspended },
      "messages from a restored backup are not sent by themselves: newsledger webhooks release sends them",
    );
  const roads: Roads = { post: guardedPost(post, config.allowHosts), sendMail };
  const start = () =>
    startDispatcher(means, {
      ...{ roads, vault, random, atOnce: config.alerts.concurrency },
      ...(leaseSeconds !== undefined && { leaseSeconds }),
      ...(graceMs !== undefined && { graceMs }),
    });
  return onceGuarded(start, options.guardHolds ?? guardHolds, logger);
}

const tryGuardAgainMs = 60_000;

/** Starts when the guard holds; asks again every minute when it does not. */
function onceGuarded(
  start: () => AsyncDisposable,
  holds: NonNullable<DeliveryOptions["guardHolds"]>,
  logger: Resources["logger"],
): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const started = (async (): Promise<AsyncDisposable | null> => {
    while (!signal.aborted) {
      const report = await holds().catch((err) => ({ holds: false, err }));
      if (signal.aborted) return null;
      if (report.holds) return start();
      logger.error(
        { report },
        "nothing is delivered: on this machine outgoing calls could reach private addresses",
      );
      await pause(tryGuardAgainMs, undefined, { signal }).catch(() => {}); // stopping is no error
    }
    return null;
  })();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await (await started)?.[Symbol.asyncDispose]();
    },
  };
}
