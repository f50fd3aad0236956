import { expect, test } from "vitest";
import { inFlightPerHost, usualSpacingSeconds } from "./host-gate.ts";
import { type Answer, nextPoll, type Pace, phaseOf } from "./schedule.ts";

/**
 * A day of 10,000 feeds on a clock that is counted, not waited for: the real schedule, the host gate's rules as claim.ts
 * words them for Postgres, and as many polls at a time as the default configuration allows.
 */

const feedCount = 10_000;
const day = 86_400;
const limits = { minIntervalSeconds: 300, defaultIntervalSeconds: 900, maxIntervalSeconds: day };
const concurrency = 8;

interface Feed {
  readonly id: string;
  readonly host: string;
  readonly gapSeconds: number;
  readonly maxAgeSeconds: number | null;
  readonly hasValidators: boolean;
  readonly fails: boolean;
  /** How long its server takes to answer. */
  readonly seconds: number;
  pace: Pace | null;
  dueAt: number;
  polls: number;
  lastAt: number;
  failures: number;
  /** What its server asked for: not before. */
  notBefore: number;
}

/** A few hosts carry hundreds of feeds, most carry one or two. Every number follows from the feed's own. */
function feedNumber(index: number): Feed {
  const chance = (salt: string) => phaseOf(`feed-${index}-${salt}`, 0);
  const host =
    index < 400
      ? "big.example"
      : index < 700
        ? "next.example"
        : `h${Math.floor(chance("host") * 6_000)}.example`;
  return {
    id: `feed-${index}`,
    host,
    gapSeconds: 300 * 600 ** chance("gap"), // from five minutes to two days
    maxAgeSeconds: chance("age") < 0.3 ? Math.round(60 + 7_000 * chance("how old")) : null,
    hasValidators: chance("validators") < 0.8,
    fails: chance("fails") < 0.01,
    seconds: 0.1 + 0.6 * chance("seconds"),
    pace: null,
    dueAt: chance("first") * limits.defaultIntervalSeconds,
    polls: 0,
    lastAt: 0,
    failures: 0,
    notBefore: 0,
  };
}

function answerOf(feed: Feed, at: number): Answer {
  if (feed.fails) {
    feed.failures += 1;
    const retryAfterSeconds = feed.failures % 2 === 0 ? 3_600 : null;
    return {
      kind: "failed",
      failures: feed.failures,
      severity: "temporary",
      retryAfterSeconds,
      dead: false,
    };
  }
  const fresh = Math.floor(at / feed.gapSeconds) - Math.floor(feed.lastAt / feed.gapSeconds);
  const { maxAgeSeconds, hasValidators } = feed;
  if (fresh === 0 && hasValidators && feed.polls > 0) return { kind: "unchanged", maxAgeSeconds };
  const publishedAt = Array.from(
    { length: 20 },
    (_, age) => new Date((at - age * feed.gapSeconds) * 1000),
  );
  return {
    ...{ kind: "items", total: 20, fresh: Math.min(20, fresh), publishedAt },
    ...{ advertisedSeconds: null, maxAgeSeconds, retryAfterSeconds: null, hasValidators },
  };
}

interface Host {
  lastStart: number;
  /** When its polls end, those of the past included until the next look. */
  ends: number[];
}

/** One process: looks every second for what is due, and polls it, so many at a time. */
class Machine {
  readonly lateness: number[] = [];
  readonly problems: string[] = [];
  readonly #due = new Map<number, Feed[]>();
  readonly #hosts = new Map<string, Host>();
  readonly #workers: number[] = Array.from({ length: concurrency }, () => 0);
  #waiting: Feed[] = [];

  plan(feed: Feed): void {
    const second = Math.ceil(feed.dueAt);
    const others = this.#due.get(second);
    if (others) others.push(feed);
    else this.#due.set(second, [feed]);
  }

  tick(now: number): void {
    const due = [...this.#waiting, ...(this.#due.get(now) ?? [])];
    this.#due.delete(now);
    const served = new Set<string>();
    this.#waiting = due.filter((feed) => {
      const worker = this.#workers.indexOf(Math.min(...this.#workers));
      const start = Math.max(now, this.#workers[worker] ?? now);
      if (start >= now + 1 || served.has(feed.host) || !this.#isFree(feed.host, start)) return true;
      served.add(feed.host);
      this.#workers[worker] = start + feed.seconds;
      this.#poll(feed, start);
      return false;
    });
  }

  #isFree(name: string, at: number): boolean {
    const host = this.#hosts.get(name);
    if (!host) return true;
    host.ends = host.ends.filter((end) => end > at);
    return host.ends.length < inFlightPerHost && at - host.lastStart >= usualSpacingSeconds;
  }

  #poll(feed: Feed, at: number): void {
    this.#watch(feed, at);
    this.lateness.push(at - feed.dueAt);
    const answer = answerOf(feed, at);
    const next = nextPoll(feed.pace, answer, limits, {
      phase: phaseOf(feed.id, feed.polls),
      courteous: true,
    });
    const end = at + feed.seconds;
    const wished =
      answer.kind === "no-road"
        ? null
        : answer.kind === "failed"
          ? answer.retryAfterSeconds
          : answer.maxAgeSeconds;
    feed.notBefore = end + (wished ?? 0);
    feed.dueAt = end + next.afterSeconds;
    feed.pace = next;
    feed.polls += 1;
    feed.lastAt = at;
    this.plan(feed);
  }

  /** Counts for itself, from the starts and ends alone. */
  #watch({ id, host: name, seconds, notBefore }: Feed, at: number): void {
    const host = this.#hosts.get(name) ?? { lastStart: Number.NEGATIVE_INFINITY, ends: [] };
    const inFlight = host.ends.filter((end) => end > at).length;
    if (inFlight >= 2) this.problems.push(`${name}: a third poll at ${at}`);
    if (at - host.lastStart < 2) this.problems.push(`${name}: too soon at ${at}`);
    if (at < notBefore) this.problems.push(`${id}: before its server's wish, at ${at}`);
    host.lastStart = at;
    host.ends.push(at + seconds);
    this.#hosts.set(name, host);
  }
}

test("10,000 feeds are polled for a day: no host is pressed, no wish is passed over, and hardly any comes late", () => {
  const machine = new Machine();
  const feeds = Array.from({ length: feedCount }, (_, index) => feedNumber(index));
  for (const feed of feeds) machine.plan(feed);
  for (let now = 0; now < day; now++) machine.tick(now);
  expect(machine.problems).toEqual([]);
  expect(machine.lateness.length).toBeGreaterThan(10 * feedCount);
  const sorted = machine.lateness.toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length * 0.99)]).toBeLessThan(60);
  expect(feeds.filter(({ polls }) => polls === 0)).toEqual([]);
}, 60_000);
