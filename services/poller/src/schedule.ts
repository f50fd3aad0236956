/** When a feed is asked next: a decision on facts, in seconds. */

export interface IntervalLimits {
  readonly minIntervalSeconds: number;
  readonly defaultIntervalSeconds: number;
  readonly maxIntervalSeconds: number;
}

export interface Pace {
  readonly intervalSeconds: number;
  /** Half the usual gap between the feed's items. */
  readonly rhythmSeconds: number;
}

/** What the last answer says of the feed's pace and wishes. */
export type Answer =
  | {
      readonly kind: "items";
      readonly total: number;
      readonly fresh: number;
      /** Publication times of the items, as far as they are known. */
      readonly publishedAt: readonly Date[];
      /** ttl or sy:updatePeriod. */
      readonly advertisedSeconds: number | null;
      readonly maxAgeSeconds: number | null;
      readonly retryAfterSeconds: number | null;
      /** Without them every poll costs the server a whole feed. */
      readonly hasValidators: boolean;
    }
  | { readonly kind: "unchanged"; readonly maxAgeSeconds: number | null }
  /** The operator's own proxy is closed: nobody was asked. */
  | { readonly kind: "no-road" }
  | {
      readonly kind: "failed";
      readonly failures: number;
      readonly severity: Severity;
      readonly retryAfterSeconds: number | null;
      readonly dead: boolean;
    };

type Answered = Exclude<Answer, { kind: "failed" | "no-road" }>;

export type Severity = "hard" | "soft" | "temporary";

export interface NextPoll extends Pace {
  readonly afterSeconds: number;
}

const day = 86_400;
/** Asking it again costs no stranger anything; spread over as long again, for all feeds wait at once. */
const roadRetrySeconds = 120;
const withoutValidatorsSeconds = 30 * 60;
const weight: Record<Severity, number> = { hard: 1, soft: 0.5, temporary: 0.25 };

/**
 * `phase` in [0, 1) spreads feeds that would otherwise march in step, by ±10 %. `courteous` is false for private hosts
 * that the operator opened: what spares strangers' servers does not concern them.
 */
export function nextPoll(
  before: Pace | null,
  answer: Answer,
  limits: IntervalLimits,
  { phase, courteous }: { phase: number; courteous: boolean },
): NextPoll {
  const {
    minIntervalSeconds: min,
    defaultIntervalSeconds: usual,
    maxIntervalSeconds: max,
  } = limits;
  const pace = before ?? { intervalSeconds: usual, rhythmSeconds: usual };
  if (answer.kind === "no-road")
    return { ...pace, afterSeconds: Math.round(clamp(roadRetrySeconds, min, max) * (1 + phase)) };
  if (answer.kind === "failed") return { ...pace, afterSeconds: afterFailure(pace, answer, max) };
  const next = paced(pace, answer, limits);
  const spread = next.intervalSeconds * (0.9 + 0.2 * phase);
  const ours = clamp(Math.max(spread, courteous ? courtesy(answer) : 0), min, max);
  return { ...next, afterSeconds: Math.round(Math.max(ours, asked(answer, max))) };
}

/** Many new items at once say that some may have been missed; hardly any, that the poll was not worth it. */
function paced(
  { intervalSeconds, rhythmSeconds }: Pace,
  answer: Answered,
  limits: IntervalLimits,
): Pace {
  const { minIntervalSeconds: min, maxIntervalSeconds: max } = limits;
  if (answer.kind === "unchanged" || answer.total === 0)
    return {
      rhythmSeconds,
      intervalSeconds: between(intervalSeconds * 1.5, rhythmSeconds, min, max),
    };
  const gap = medianGapSeconds(answer.publishedAt);
  const rhythm = gap === null ? rhythmSeconds : clamp(Math.round(gap / 2), min, max);
  const known = 1 - answer.fresh / answer.total;
  const factor = known < 1 / 3 ? 0.5 : known > 2 / 3 ? 1.5 : 1;
  return {
    rhythmSeconds: rhythm,
    intervalSeconds: between(intervalSeconds * factor, rhythm, min, max),
  };
}

/** The interval wanders around the rhythm, never far from it: a quiet night must not delay the morning's news. */
const between = (interval: number, rhythm: number, min: number, max: number): number =>
  Math.round(clamp(clamp(interval, rhythm / 2, rhythm * 4), min, max));

/** What the server asks for goes before what we would like. Its Retry-After is believed up to a day. */
function asked(answer: Answered, max: number): number {
  if (answer.kind === "unchanged") return Math.min(answer.maxAgeSeconds ?? 0, max);
  return Math.max(
    Math.min(answer.advertisedSeconds ?? 0, max),
    Math.min(answer.maxAgeSeconds ?? 0, max),
    Math.min(answer.retryAfterSeconds ?? 0, day),
  );
}

const courtesy = (answer: Answered): number =>
  answer.kind === "items" && !answer.hasValidators ? withoutValidatorsSeconds : 0;

/** Linear in the failures, by how serious they are, at most a day, unless the server asks for more; a dead feed is asked once a day. */
function afterFailure(
  { intervalSeconds }: Pace,
  { failures, severity, retryAfterSeconds, dead }: Extract<Answer, { kind: "failed" }>,
  max: number,
): number {
  const longest = Math.min(max, day);
  const wait = dead
    ? longest
    : Math.min(intervalSeconds * (1 + failures * weight[severity]), longest);
  // What is asked for once may be a slip: beyond a day it is believed when it is said again.
  const believed = failures > 1 ? 7 * day : day;
  return Math.round(Math.max(wait, Math.min(retryAfterSeconds ?? 0, believed)));
}

/** Of the 20 newest items; null when fewer than three times are known. */
export function medianGapSeconds(times: readonly Date[]): number | null {
  const newest = times
    .map((time) => time.getTime())
    .toSorted((a, b) => b - a)
    .slice(0, 20);
  const gaps = newest.slice(1).map((time, index) => ((newest[index] ?? time) - time) / 1000);
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return gaps.length < 2 || middle === undefined ? null : middle;
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

/** A number in [0, 1) that follows from the feed and the count of its polls: chance that can be repeated. */
export function phaseOf(feedId: string, polls: number): number {
  let hash = 2_166_136_261; // FNV-1a
  for (const char of `${feedId} ${polls}`) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
