import { setTimeout as pause } from "node:timers/promises";
import type { NewsEvents } from "@newsledger/core";
import type { AnyTransaction, EventLog } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import type { EvaluateOptions } from "./facts.ts";
import { about } from "./memory.ts";
import { releaseDue } from "./release.ts";
import { type Database, fromRow, type RuleRow, type StoredRule } from "./rules.ts";
import { silenceOf } from "./silence.ts";
import { notice } from "./unheard.ts";

/** What time alone brings about: held alerts are released, silence is noticed. Postgres says what is due. */

export interface WatchOptions extends Pick<EvaluateOptions, "groups"> {
  readonly publicUrl: string;
  readonly everyMs: number;
  /** The subscription that fills the rules' memory. */
  readonly subscription: string;
}

export function startWatch(
  { db, log, logger }: Pick<Resources, "db" | "log" | "logger">,
  options: WatchOptions,
): AsyncDisposable {
  const stop = new AbortController();
  const ended = (async () => {
    while (!stop.signal.aborted) {
      await look(db, log, options, stop.signal).catch((err) =>
        logger.warn({ err }, "could not release held alerts, or look for silence"),
      );
      await pause(options.everyMs, undefined, { signal: stop.signal }).catch(() => {}); // stopping is no error
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}

async function look(
  db: Database,
  log: EventLog<NewsEvents>,
  options: WatchOptions,
  signal: AbortSignal,
): Promise<void> {
  if ((await releaseDue(db, log, signal)) > 0) log.wake();
  await postponeAfterSleep(db);
  while (!signal.aborted && (await lookForSilence(db, log, options)));
}

/** After a sleep the feeds must be asked first: for half an hour no silence is believed. */
const postponeAfterSleep = (db: Database) =>
  sql`
    with last as (
      insert into newsledger.alert_watch as w (one) values (true)
      on conflict (one) do update set looked_at = now()
      returning (select looked_at from newsledger.alert_watch) as before
    )
    update newsledger.rules set look_at = now() + interval '30 minutes'
    from last where look_at < now() + interval '30 minutes' and last.before < now() - interval '10 minutes'`.execute(
    db,
  );

/** Looks for one rule that is due, in one transaction with what it tells; false when none is due, or none can be told. */
async function lookForSilence(
  db: Database,
  log: EventLog<NewsEvents>,
  options: WatchOptions,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<RuleRow & { now: Date }>`
      select *, now() as now from newsledger.rules
      where enabled and removed_at is null and look_at <= now()
      order by look_at limit 1 for update skip locked`.execute(trx);
    const [row] = rows;
    // While reports wait to be read, nobody knows whether it is silent.
    if (!row || (await isBehind(log, options.subscription))) return false;
    const next = await lookOnce(trx, log, fromRow(row), row.now, options);
    await sql`update newsledger.rules set look_at = ${next} where rule_id = ${row.rule_id}`.execute(
      trx,
    );
    return true;
  });
}

async function isBehind(log: EventLog<NewsEvents>, subscription: string): Promise<boolean> {
  const reader = (await log.lag()).find(({ name }) => name === subscription);
  return reader === undefined || reader.behind > 0;
}

async function lookOnce(
  trx: AnyTransaction,
  log: EventLog<NewsEvents>,
  rule: StoredRule,
  now: Date,
  { groups, publicUrl }: WatchOptions,
): Promise<Date | null> {
  if (rule.when.kind !== "silence") return null;
  const { of, days } = rule.when;
  const last =
    of === "subject" ? await lastReport(trx, rule, groups) : await lastItem(trx, rule.topic);
  const { since, tell, lookAgain } = silenceOf({ last, speaksFrom: rule.speaksFrom, days }, now);
  if (!tell) return lookAgain;
  const subject =
    of === "subject"
      ? `No report about ${subjectOf(rule)}`
      : `No item from any feed that tells of ${rule.topic}`;
  await notice(trx, { log, publicUrl }, rule, {
    occasion: `silence:${of}:${since.toISOString()}`,
    kind: "silence",
    feedId: null,
    title: `${subject} for ${days} days`,
    why: `${subject.toLowerCase()} since ${since.toISOString().slice(0, 10)}, and ${days} days were allowed`,
    since,
    at: now,
  });
  return lookAgain;
}

const subjectOf = ({ topic, entities, occurrences }: StoredRule): string =>
  [topic, ...entities, ...occurrences].filter((one, at, all) => all.indexOf(one) === at).join(", ");

async function lastReport(
  trx: AnyTransaction,
  rule: StoredRule,
  groups: EvaluateOptions["groups"],
): Promise<Date | null> {
  const { rows } = await sql<{ public_at: Date }>`
    select public_at from newsledger.alert_reports where own and ${about(rule, groups)}
    order by public_at desc limit 1`.execute(trx);
  return rows[0]?.public_at ?? null;
}

/** Feeds that tell of a topic: those that have brought something about it, and are still followed. */
async function lastItem(trx: AnyTransaction, topicId: string): Promise<Date | null> {
  const { rows } = await sql<{ last: Date | null }>`
    select max(last_item_at) as last from newsledger.alert_feeds f
    where followed and exists (
      select from newsledger.alert_reports r where r.feed_id = f.feed_id and r.topics @> ${[topicId]}::text[])`.execute(
    trx,
  );
  return rows[0]?.last ?? null;
}
