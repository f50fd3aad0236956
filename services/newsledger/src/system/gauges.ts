import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { type Facts, readFacts } from "./facts.ts";

type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

interface GaugeOf {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: (facts: Facts) => readonly Reading[];
}

const one = (value: number | null): readonly Reading[] => (value === null ? [] : [[{}, value]]);
const each = (label: string, numbers: Readonly<Record<string, number>>): readonly Reading[] =>
  Object.entries(numbers).map(([name, value]) => [{ [label]: name }, value]);

/** What the database says of every stage. Each process answers the same: take the maximum, not the sum. */
const gauges: readonly GaugeOf[] = [
  {
    name: "newsledger_subscription_lag_seconds",
    help: "Age of the oldest event that a subscription has not read",
    labels: ["subscription"],
    read: ({ readers }) => readers.map((r) => [{ subscription: r.name }, r.lagSeconds]),
  },
  {
    name: "newsledger_work_due",
    help: "Work that is due and in nobody's hands",
    labels: ["job"],
    read: ({ work }) => work.map((w) => [{ job: w.job }, w.due]),
  },
  {
    name: "newsledger_work_running",
    help: "Work in somebody's hands",
    labels: ["job"],
    read: ({ work }) => work.map((w) => [{ job: w.job }, w.running]),
  },
  {
    name: "newsledger_work_oldest_due_seconds",
    help: "How long the oldest due work has been waiting",
    labels: ["job"],
    read: ({ work }) => work.map((w) => [{ job: w.job }, w.oldestDueSeconds]),
  },
  {
    name: "newsledger_work_quarantined",
    help: "Work put aside because it kept failing",
    labels: ["job"],
    read: ({ work }) => work.map((w) => [{ job: w.job }, w.quarantined]),
  },
  {
    name: "newsledger_feeds",
    help: "Feeds by state",
    labels: ["state"],
    read: ({ feeds }) => each("state", feeds.states),
  },
  {
    name: "newsledger_feeds_failing",
    help: "Feeds by what is wrong with them",
    labels: ["reason"],
    read: ({ feeds }) => each("reason", feeds.failing),
  },
  {
    name: "newsledger_feeds_due",
    help: "Feeds whose poll is due",
    read: ({ feeds }) => one(feeds.due),
  },
  {
    name: "newsledger_feeds_oldest_due_seconds",
    help: "How long the oldest due poll has been waiting",
    read: ({ feeds }) => one(feeds.oldestDueSeconds),
  },
  {
    name: "newsledger_last_item_seconds",
    help: "Time since any feed brought something new",
    read: ({ feeds }) => one(feeds.lastNewItemSeconds),
  },
  {
    name: "newsledger_deliveries_pending",
    help: "Messages that wait: planned, held by quiet hours, suspended by a restore",
    labels: ["state"],
    read: ({ deliveries }) => each("state", deliveries.pending),
  },
  {
    name: "newsledger_deliveries_oldest_due_seconds",
    help: "How long the oldest due message has been waiting",
    read: ({ deliveries }) => one(deliveries.oldestDueSeconds),
  },
  {
    name: "newsledger_deliveries_failed_last_day",
    help: "Messages given up within a day",
    read: ({ deliveries }) => one(deliveries.failedLastDay),
  },
  {
    name: "newsledger_webhooks_off",
    help: "Webhooks that are switched off",
    read: ({ deliveries }) => one(deliveries.webhooksOff),
  },
  {
    name: "newsledger_digests_pending",
    help: "Digests composed and not sent",
    read: ({ digests }) => one(digests.pending),
  },
  {
    name: "newsledger_digests_overdue_seconds",
    help: "How long the most patient reader has been waiting for a due digest",
    read: ({ digests }) => one(digests.overdueSeconds),
  },
  {
    name: "newsledger_digests_failed_last_day",
    help: "Digests given up within a day",
    read: ({ digests }) => one(digests.failedLastDay),
  },
  {
    name: "newsledger_digest_last_sent_seconds",
    help: "Time since a digest was sent",
    read: ({ digests }) => one(digests.lastSentSeconds),
  },
  {
    name: "newsledger_mail_held",
    help: "1 while digests are held because the ledger was restored or moved",
    read: ({ digests }) => one(digests.heldSeconds === null ? 0 : 1),
  },
  {
    name: "newsledger_seal_age_seconds",
    help: "Time since the latest seal, while there is something to seal",
    read: ({ seal }) => one(seal.unsealed ? seal.ageSeconds : 0),
  },
  {
    name: "newsledger_database_bytes",
    help: "Size of the database",
    read: ({ database }) => one(database.bytes),
  },
  {
    name: "newsledger_database_connections",
    help: "Connections to the database",
    read: ({ database }) => one(database.connections),
  },
  {
    name: "newsledger_database_connections_max",
    help: "Connections that the database allows",
    read: ({ database }) => one(database.maxConnections),
  },
  {
    name: "newsledger_partitions_ahead",
    help: "Months ahead that have a partition",
    read: ({ database }) => one(database.monthsAhead),
  },
  {
    name: "newsledger_disk_free_bytes",
    help: "Free space where the data directory is",
    read: ({ diskFreeBytes }) => one(diskFreeBytes),
  },
];

/** Facts asked for again within this time are the same. */
const freshMs = 5_000;

/** Registers the numbers of every stage; they are read at each scrape. A database that is away leaves them out. */
export function observeSystem(resources: Resources): void {
  const { metrics, logger, config } = resources;
  if (!metrics) return;
  let latest: Promise<Facts | null> = Promise.resolve(null);
  let askedAt = Number.NEGATIVE_INFINITY;
  const facts = (): Promise<Facts | null> => {
    if (performance.now() - askedAt < freshMs) return latest;
    askedAt = performance.now();
    latest = readFacts({ ...resources, dataDir: config.dataDir }).catch((err) => {
      logger.warn({ err }, "could not read how the system is");
      return null;
    });
    return latest;
  };
  for (const { name, help, labels, read } of gauges) {
    metrics.gauge(name, help, {
      ...(labels ? { labels } : {}),
      async collect(gauge) {
        const known = await facts();
        gauge.reset();
        for (const [of, value] of known ? read(known) : []) gauge.set(of, value);
      },
    });
  }
  metrics.gauge("newsledger_facts_read", "1 when the database told how the system is", {
    collect: async (gauge) => gauge.set({}, (await facts()) === null ? 0 : 1),
  });
  countEvents(resources);
}

/** Event types that say that something went wrong, and what names the reason. */
const failures = [
  "feed.degraded",
  "feed.dead",
  "feed.silent",
  "feed.stale",
  "feed.gap_suspected",
  "item.quarantined",
  "article.unreadable",
  "delivery.failed",
  "webhook.disabled",
  "digest.failed",
];

/** Counts what is appended from now on, by whichever process: at each scrape, the events since the last one. */
function countEvents({ metrics, db, log, logger }: Resources): void {
  const failed = metrics?.counter(
    "newsledger_failures_total",
    "Failures that the ledger tells of",
    ["type", "reason"],
  );
  let read: bigint | null = null;
  let counting: Promise<void> | null = null;
  const count = async (total: { inc(labels: Record<string, string>, by: number): void }) => {
    const safe = await log.safePosition();
    read ??= safe;
    const { rows } = await sql<{ type: string; reason: string | null; count: string }>`
      select type, case when type = any(${failures}) then left(data ->> 'reason', 300) end as reason, count(*)
      from newsledger.events where global_position > ${read} and global_position <= ${safe}
      group by 1, 2`.execute(db);
    read = safe;
    for (const { type, reason, count: n } of rows) {
      total.inc({ type }, Number(n));
      if (failures.includes(type)) failed?.inc({ type, reason: reasonClass(reason) }, Number(n));
    }
  };
  const total = metrics?.counter("newsledger_events_total", "Events appended by anyone", ["type"]);
  if (!total) return;
  metrics?.gauge("newsledger_ledger_position", "Up to here the ledger may be read", {
    async collect(gauge) {
      // Two scrapes at once count once.
      counting ??= count(total)
        .catch((err) => logger.warn({ err }, "could not count events"))
        .finally(() => {
          counting = null;
        });
      await counting;
      if (read !== null) gauge.set({}, Number(read));
    },
  });
}

/** A sentence, as one of a few classes that a graph can show. */
export function reasonClass(reason: string | null): string {
  const text = (reason ?? "").toLowerCase();
  const status = /\b([45]\d\d)\b/.exec(text)?.[1];
  if (status) return status;
  const known: readonly (readonly [RegExp, string])[] = [
    [/time|did not (finish|answer)|too long|slow/, "timeout"],
    [/private|not allowed|refused address|loopback|blocked/, "blocked address"],
    [/redirect/, "redirect"],
    [/large|too (many|big|much)/, "too large"],
    [/not a feed|web page|no feed|parse|malformed|xml|json/, "unreadable"],
    [/certificate|tls|ssl/, "tls"],
    [/name|dns|resolve/, "name"],
    [/connect|reset|closed|network|refused/, "connection"],
    [/robots/, "robots"],
    [/mailbox|recipient|address/, "recipient"],
  ];
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}
