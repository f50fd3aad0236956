import type { NewsEvents } from "@newsledger/core";
import type { AnyTransaction, RecordedEvent } from "@newsledger/eventlog";
import type { Resources, Step, Tracer } from "@newsledger/host";
import { sql } from "kysely";

/** What becomes of an item, as far as it stands in the ledger. */
const types = [
  ...(["item.seen", "item.revised", "item.matched", "item.shortlisted"] as const),
  ...(["article.understood", "article.unreadable", "story.opened", "story.joined"] as const),
  ...(["alert.raised", "alert.corrected", "delivery.succeeded", "delivery.failed"] as const),
] as const;
type Traced = Extract<RecordedEvent<NewsEvents>, { type: (typeof types)[number] }>;
type Delivery = Extract<Traced, { type: "delivery.succeeded" | "delivery.failed" }>;
type Item = Extract<Traced, { type: "item.seen" | "item.revised" }>;

const subscription = "traces";
/** What lies further back was told when it happened, or nobody wanted to know. */
const longestAgoMs = 3_600_000;

/**
 * Tells of every event as a step that ended with it and began with the event that caused it. One process tells for all, and
 * nobody else needs to: causes and correlations stand in the ledger.
 */
export function traceLedger({ log }: Pick<Resources, "log">, tracer: Tracer): AsyncDisposable {
  const moments = new Moments();
  return log.subscribe({
    name: subscription,
    types,
    from: "now",
    onError: "park",
    async handle(events, trx) {
      const recent = events.filter(
        ({ recordedAt }) => Date.now() - recordedAt.getTime() < longestAgoMs,
      );
      const polls = await pollsOf(trx, recent.filter(isItem));
      const attempts = await attemptsOf(trx, recent.filter(isDelivery));
      for (const event of recent) {
        const cause = isDelivery(event) ? await alertOf(log, event) : causeOf(event);
        if (cause === null) continue;
        if (isItem(event)) tracer.note(pollStep(event, cause, polls));
        tracer.note(step(event, cause, moments));
        for (const attempt of attempts.get(deliveryOf(event)) ?? [])
          tracer.note(attemptStep(event, cause, attempt));
      }
      return undefined;
    },
  });
}

/** Forgets how far the ledger was told of where nobody tells any more: else it would seem to lag behind. */
export async function forgetTraces({ db }: Pick<Resources, "db">): Promise<void> {
  await sql`
    delete from newsledger.checkpoints where name = ${subscription}
    and (lease_until is null or lease_until < now())`.execute(db);
}

interface Cause {
  readonly correlationId: string;
  readonly causedBy: string | null;
}

const isItem = (event: Traced): event is Item =>
  event.type === "item.seen" || event.type === "item.revised";
const isDelivery = (event: Traced): event is Delivery =>
  event.type === "delivery.succeeded" || event.type === "delivery.failed";
const deliveryOf = (event: Traced): string => (isDelivery(event) ? event.data.deliveryId : "");

const pollId = ({ id }: Item): string => `poll ${id}`;

function causeOf(event: Exclude<Traced, Delivery>): Cause | null {
  const { correlationId, causationId } = event;
  if (correlationId === null) return null;
  return { correlationId, causedBy: isItem(event) ? pollId(event) : causationId };
}

/** A delivery stands in the stream of its alert. */
async function alertOf(log: Resources["log"], { stream }: Delivery): Promise<Cause | null> {
  for await (const { correlationId, id } of log.readStream(stream, { limit: 1 }))
    if (correlationId !== null) return { correlationId, causedBy: id };
  return null;
}

/** When recent events were recorded: causes come shortly before what they cause. */
class Moments {
  readonly #moments = new Map<string, Date>();

  keep(id: string, at: Date): void {
    this.#moments.set(id, at);
    const [oldest] = this.#moments.keys();
    if (this.#moments.size > 20_000 && oldest !== undefined) this.#moments.delete(oldest);
  }

  of(id: string | null): Date | undefined {
    return id === null ? undefined : this.#moments.get(id);
  }
}

function step(event: Traced, cause: Cause, moments: Moments): Step {
  const { id, type: name, recordedAt: to, position, stream } = event;
  moments.keep(id, to);
  const from = moments.of(cause.causedBy) ?? to;
  const facts = { "newsledger.position": String(position), "newsledger.stream": stream };
  const problem = "reason" in event.data && isTrouble(event) ? event.data.reason : undefined;
  return { ...cause, id, name, from, to, facts: { ...facts, ...factsOf(event) }, problem };
}

const isTrouble = ({ type }: Traced): boolean =>
  type === "article.unreadable" || type === "delivery.failed";

function factsOf({ type, data }: Traced): Record<string, string | number | boolean> {
  switch (type) {
    case "item.seen":
    case "item.revised":
      return { "newsledger.source": data.source, "newsledger.title": data.title };
    case "article.understood":
      return { "newsledger.words": data.words, "newsledger.text_from": data.textFrom };
    case "alert.raised":
      return { "newsledger.rule": data.ruleName, "newsledger.severity": data.severity ?? "info" };
    case "delivery.succeeded":
    case "delivery.failed":
      return { "newsledger.channel": data.channel, "newsledger.attempts": data.attempts };
    default:
      return {};
  }
}

/** When the latest poll of each feed began. */
async function pollsOf(trx: AnyTransaction, items: readonly Item[]): Promise<Map<string, Date>> {
  if (items.length === 0) return new Map();
  const feeds = [...new Set(items.map(({ data }) => data.feedId))];
  const { rows } = await sql<{ feed_id: string; started_at: Date }>`
    select feed_id, started_at from newsledger.feeds
    where feed_id = any(${feeds}::text[]) and started_at is not null`.execute(trx);
  return new Map(rows.map(({ feed_id, started_at }) => [feed_id, started_at]));
}

const longestPollMs = 600_000;

/** The poll that brought an item, if its feed was not asked again since. */
function pollStep(event: Item, { correlationId }: Cause, polls: ReadonlyMap<string, Date>): Step {
  const { feedId } = event.data;
  const to = event.recordedAt;
  const began = polls.get(feedId);
  const known = began && began <= to && to.getTime() - began.getTime() < longestPollMs;
  return {
    ...{ name: "poll", correlationId, id: pollId(event), causedBy: null },
    ...{ from: known ? began : to, to, facts: { "newsledger.feed": feedId } },
  };
}

interface Attempt {
  readonly deliveryId: string;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: string | null;
}

async function attemptsOf(
  trx: AnyTransaction,
  deliveries: readonly Delivery[],
): Promise<Map<string, Attempt[]>> {
  if (deliveries.length === 0) return new Map();
  const { rows } = await sql<Attempt>`
    select delivery_id as "deliveryId", attempt, started_at as "startedAt", duration_ms as "durationMs", status, error
    from newsledger.delivery_attempts where delivery_id = any(${deliveries.map(deliveryOf)}::text[])
    order by delivery_id, attempt`.execute(trx);
  return Map.groupBy(rows, ({ deliveryId }) => deliveryId);
}

function attemptStep(event: Traced, { correlationId }: Cause, one: Attempt): Step {
  const { attempt, startedAt: from, durationMs, status, error } = one;
  return {
    ...{ name: "delivery attempt", correlationId, causedBy: event.id },
    id: `attempt ${one.deliveryId} ${attempt}`,
    ...{ from, to: new Date(from.getTime() + durationMs) },
    facts: {
      "newsledger.attempt": attempt,
      ...(status === null ? {} : { "http.response.status_code": status }),
    },
    ...(error === null ? {} : { problem: error }),
  };
}
