import type { QueueHealth } from "@newsledger/queue";
import type { Facts } from "./facts.ts";

/** One line for the person who operates it. */
export interface Line {
  readonly part: string;
  readonly state: "ok" | "look" | "bad";
  readonly found: string;
  /** What to do about it; empty when there is nothing. */
  readonly advice: string;
}

const minute = 60;
const hour = 60 * minute;

/** From when on a number is worth a look, and when it is bad. The alert rules in infra/prometheus use the same. */
const limits = {
  fenceSeconds: { look: 5, bad: 60 },
  readerLagSeconds: { look: 5 * minute, bad: hour },
  sealSeconds: { look: hour, bad: 6 * hour },
  workSeconds: { look: 10 * minute, bad: hour },
  feedSeconds: { look: 15 * minute, bad: hour },
  deliverySeconds: { look: 5 * minute, bad: 30 * minute },
  digestSeconds: { look: 30 * minute, bad: 4 * hour },
  silenceSeconds: { look: 12 * hour, bad: 48 * hour },
  connections: { look: 0.8, bad: 0.95 },
} as const;

type Limit = { readonly look: number; readonly bad: number };

const stateOf = (value: number, { look, bad }: Limit): Line["state"] =>
  value >= bad ? "bad" : value >= look ? "look" : "ok";

/** How every part is, and what to do. Pure. */
export function judge(facts: Facts, queue: QueueHealth): Line[] {
  return [
    ...database(facts),
    ...disk(facts),
    ...ledger(facts),
    ...readers(facts),
    ...queueLines(queue),
    ...work(facts),
    ...feeds(facts),
    ...deliveries(facts),
    ...digests(facts),
  ];
}

const line = (part: string, state: Line["state"], found: string, advice = ""): Line => ({
  part,
  state,
  found,
  advice: state === "ok" ? "" : advice,
});

function database({ database: db }: Facts): Line[] {
  const perEvent = db.events > 0 ? db.bytes / db.events : 0;
  const growth = db.eventsLastDay > 0 ? `, ${size(perEvent * db.eventsLastDay)} a day` : "";
  const use = db.connections / Math.max(db.maxConnections, 1);
  return [
    line("database", "ok", `${size(db.bytes)}${growth}; about ${db.events} events`),
    line(
      "connections",
      stateOf(use, limits.connections),
      `${db.connections} of ${db.maxConnections}`,
      "raise max_connections, put a pooler in session mode before it, or run fewer processes",
    ),
    line(
      "partitions",
      db.monthsAhead < 0 || db.unpartitioned ? "bad" : db.monthsAhead < 1 ? "look" : "ok",
      `${db.partitions} months, ${db.monthsAhead} ahead${db.unpartitioned ? ", and events outside of them" : ""}`,
      "a running Newsledger makes them by itself: is one running, and may it create tables?",
    ),
  ];
}

function disk({ diskFreeBytes: free, database: db }: Facts): Line[] {
  if (free === null) return [];
  const perDay = db.events > 0 ? (db.bytes / db.events) * db.eventsLastDay : 0;
  const days = perDay > 0 ? free / perDay : Number.POSITIVE_INFINITY;
  const state = free < 1e9 || days < 7 ? "bad" : free < 5e9 || days < 30 ? "look" : "ok";
  const lasts =
    Number.isFinite(days) && days < 3_650 ? `, ${Math.floor(days)} days at this pace` : "";
  return [
    line("disk", state, `${size(free)} free${lasts}`, "more room, or newsledger retire --help"),
  ];
}

function ledger({ fenceSeconds, seal }: Facts): Line[] {
  const age = seal.ageSeconds ?? 0;
  return [
    line(
      "fence",
      stateOf(fenceSeconds, limits.fenceSeconds),
      fenceSeconds > 0 ? `oldest open append ${duration(fenceSeconds)}` : "no open append",
      "everything after it waits to be read: look for a process that hangs",
    ),
    line(
      "seals",
      seal.unsealed ? stateOf(age, limits.sealSeconds) : "ok",
      seal.ageSeconds === null ? "none yet" : `latest ${duration(age)} ago`,
      "a running Newsledger seals every few minutes: is one running?",
    ),
  ];
}

function readers({ readers: all }: Facts): Line[] {
  return all.map(({ name, behind, parked, lagSeconds }) => {
    const lag = stateOf(lagSeconds, limits.readerLagSeconds);
    const state = lag === "ok" && parked > 0 ? "look" : lag;
    const aside = parked > 0 ? `, ${parked} put aside` : "";
    const found = behind === 0 ? "up to date" : `${behind} behind, ${duration(lagSeconds)}`;
    const advice =
      parked > 0
        ? `newsledger doctor says why; then newsledger replay ${name}`
        : "is its role running? Its log says what holds it";
    return line(`reads: ${name}`, state, `${found}${aside}`, advice);
  });
}

function queueLines(queue: QueueHealth): Line[] {
  if (queue.kind === "postgres") return [line("queue", "ok", "in Postgres")];
  if (queue.problem !== null) {
    return [
      line("queue", "bad", queue.problem, "nothing is lost: work goes on when Redis is back"),
    ];
  }
  const { policy, appendOnly, usedBytes, maxBytes } = queue;
  const full = maxBytes > 0 ? usedBytes / maxBytes : 0;
  const state =
    policy !== "noeviction" || full > 0.95 ? "bad" : !appendOnly || full > 0.8 ? "look" : "ok";
  const memory = maxBytes > 0 ? `${size(usedBytes)} of ${size(maxBytes)}` : size(usedBytes);
  const advice =
    policy !== "noeviction"
      ? "set maxmemory-policy noeviction: it throws queued work away"
      : full > 0.8
        ? "give Redis more memory"
        : "set appendonly yes: after a crash, queued work is else found again from Postgres, which takes time";
  return [
    line(
      "queue",
      state,
      `Redis, ${policy}, append-only ${appendOnly ? "on" : "off"}, ${memory}`,
      advice,
    ),
  ];
}

function work({ work: all }: Facts): Line[] {
  return all.map(({ job, due, running, quarantined, oldestDueSeconds }) => {
    const late = stateOf(oldestDueSeconds, limits.workSeconds);
    const state = late === "ok" && quarantined > 0 ? "look" : late;
    const oldest = due > 0 ? `, the oldest for ${duration(oldestDueSeconds)}` : "";
    return line(
      `work: ${job}`,
      state,
      `${due} due${oldest}, ${running} running, ${quarantined} put aside`,
      quarantined > 0 && late === "ok"
        ? "newsledger doctor says why"
        : "is its role running? More processes of it share the work",
    );
  });
}

function feeds({
  feeds: { states, failing, due, oldestDueSeconds, lastNewItemSeconds },
}: Facts): Line[] {
  const total = sum(states) - (states.off ?? 0) - (states.retired ?? 0);
  const failed = (states.degraded ?? 0) + (states.dead ?? 0);
  const silence = lastNewItemSeconds ?? 0;
  return [
    ...((failing.proxy ?? 0) > 0
      ? [
          line(
            "proxy",
            "bad",
            `${failing.proxy} feeds could not be asked through it`,
            "newsledger feeds list --trouble says how it answers; NEWSLEDGER_PROXY names it",
          ),
        ]
      : []),
    line(
      "feeds",
      total > 0 && failed * 2 > total ? "bad" : failed > 0 ? "look" : "ok",
      `${counts(states) || "none"}${sum(failing) > 0 ? ` (${counts(failing)})` : ""}`,
      "newsledger feeds list --trouble",
    ),
    line(
      "polling",
      stateOf(oldestDueSeconds, limits.feedSeconds),
      due > 0 ? `${due} due, the oldest for ${duration(oldestDueSeconds)}` : "nothing due",
      "is the role poller running? More of them share the feeds",
    ),
    line(
      "news",
      total > 0 ? stateOf(silence, limits.silenceSeconds) : "ok",
      lastNewItemSeconds === null ? "no item yet" : `last new item ${duration(silence)} ago`,
      "newsledger feeds list --trouble; can this machine reach the world?",
    ),
  ];
}

function deliveries({ deliveries: d }: Facts): Line[] {
  const late = stateOf(d.oldestDueSeconds, limits.deliverySeconds);
  const unwell = d.failedLastDay > 0 || d.webhooksOff > 0 || (d.pending.suspended ?? 0) > 0;
  const advice =
    (d.pending.suspended ?? 0) > 0
      ? "a restored ledger holds them: newsledger webhooks release --help"
      : late === "ok"
        ? "newsledger webhooks log --state failed; newsledger webhooks list"
        : "is the role alerts running?";
  const off = d.webhooksOff > 0 ? `; ${d.webhooksOff} webhooks off` : "";
  return [
    line(
      "deliveries",
      late === "ok" && unwell ? "look" : late,
      `${counts(d.pending) || "none waiting"}, ${d.failedLastDay} failed in a day${off}`,
      advice,
    ),
  ];
}

function digests({ digests: d }: Facts): Line[] {
  const sent =
    d.lastSentSeconds === null ? "none sent yet" : `last sent ${duration(d.lastSentSeconds)} ago`;
  if (d.heldSeconds !== null)
    return [
      line(
        "digests",
        "bad",
        `held for ${duration(d.heldSeconds)} since the ledger was restored or moved`,
        "newsledger digest release --help",
      ),
    ];
  const late = stateOf(d.overdueSeconds, limits.digestSeconds);
  const overdue = d.overdueSeconds > 0 ? `, one due for ${duration(d.overdueSeconds)}` : "";
  return [
    line(
      "digests",
      late === "ok" && d.failedLastDay > 0 ? "look" : late,
      `${sent}${overdue}, ${d.pending} on the way, ${d.failedLastDay} failed in a day`,
      "newsledger digest list says why; is the role digest running, does the mail server answer?",
    ),
  ];
}

const sum = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((total, one) => total + one, 0);

const counts = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 2 * hour) return `${Math.round(seconds / minute)} min`;
  return seconds < 48 * hour
    ? `${Math.round(seconds / hour)} h`
    : `${Math.round(seconds / hour / 24)} days`;
}

export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}
