import type { OccurrenceCode } from "@newsledger/core";
import { sql } from "kysely";
import { burstDays, type DailyCounts } from "./burst.ts";
import type { EvaluateOptions, Facts } from "./facts.ts";
import { pastDays } from "./fold.ts";
import { withMembers } from "./matching.ts";
import { personsIn, remembered, type StoryEvent, thingsIn } from "./report.ts";
import { keepReport } from "./report-store.ts";
import type { Rule } from "./rule.ts";
import type { Database } from "./rules.ts";
import { type Standing, type Status, type StatusChange, statusChanges } from "./standing.ts";

/**
 * What the rules remember of the ledger, in the transaction that reads it. Everything is asked as of a position, so that
 * reading the ledger again finds what was found then.
 */

/** What a report brings, whatever the rule. */
export interface News {
  readonly firsts: ReadonlySet<string>;
  readonly changes: readonly StatusChange[];
}

/** Keeps a report, and says what is new in it. */
export async function remember(
  trx: Database,
  event: StoryEvent,
  feedId: string,
  facts: Facts,
  options: EvaluateOptions,
): Promise<News> {
  await keepReport(trx, event, feedId, facts, remembered(facts, options));
  return {
    firsts: await keepFirsts(trx, event.position, facts),
    changes: await keepStandings(trx, event.position, facts, options),
  };
}

async function keepFirsts(
  trx: Database,
  position: bigint,
  facts: Facts,
): Promise<ReadonlySet<string>> {
  const topics = [...new Set(facts.topics.map(({ topicId }) => topicId))];
  const things = thingsIn(facts);
  if (topics.length === 0 || things.length === 0) return new Set();
  await sql`
    insert into newsledger.alert_firsts (topic_id, thing, position)
    select topic, thing, ${position} from unnest(${topics}::text[]) as topic, unnest(${things}::text[]) as thing
    order by topic, thing
    on conflict do nothing`.execute(trx);
  const { rows } = await sql<{ topic_id: string; thing: string }>`
    select topic_id, thing from newsledger.alert_firsts
    where topic_id = any(${topics}) and thing = any(${things}) and position = ${position}`.execute(
    trx,
  );
  return new Set(rows.map(({ topic_id, thing }) => inTopic(topic_id, thing)));
}

/** A thing is new to a topic, not to the world. */
export const inTopic = (topicId: string, thing: string): string => `${topicId} ${thing}`;

async function keepStandings(
  trx: Database,
  position: bigint,
  facts: Facts,
  options: EvaluateOptions,
): Promise<readonly StatusChange[]> {
  const persons = personsIn(facts, options);
  // A copy says nothing that its original did not.
  if (persons.size === 0 || facts.relation === "copy") return [];
  const { rows } = await sql<{ person_id: string; status: Status; since: string }>`
    select distinct on (person_id) person_id, status, since::text as since from newsledger.alert_standings
    where person_id = any(${[...persons.keys()]}) and position < ${position}
    order by person_id, position desc`.execute(trx);
  const known = new Map<string, Standing>(
    rows.map(({ person_id, status, since }) => [person_id, { status, since }]),
  );
  const { standings, changes } = statusChanges(facts, persons, (id) => known.get(id));
  for (const [personId, { status, since }] of standings)
    await sql`
      insert into newsledger.alert_standings (person_id, position, status, since)
      values (${personId}, ${position}, ${status}, ${since}) on conflict do nothing`.execute(trx);
  return changes;
}

/** An earlier report of a story, in its own words. */
export interface EarlierReport {
  readonly position: bigint;
  readonly documentId: string;
  readonly source: string;
  readonly codes: readonly OccurrenceCode[];
}

/** Latest first. */
export async function earlierReports(trx: Database, event: StoryEvent): Promise<EarlierReport[]> {
  const { rows } = await sql<{
    position: string;
    document_id: string;
    source: string;
    codes: OccurrenceCode[];
  }>`
    select position, document_id, source, codes from newsledger.alert_reports
    where story_id = ${event.data.storyId} and own and position < ${event.position}
    order by position desc`.execute(trx);
  return rows.map((row) => ({
    position: BigInt(row.position),
    documentId: row.document_id,
    source: row.source,
    codes: row.codes,
  }));
}

/** Developments of a story that a rule told before. */
export async function toldBefore(
  trx: Database,
  ruleId: string,
  event: StoryEvent,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ key: string }>`
    select distinct unnest(developments) as key from newsledger.alerts_told
    where rule_id = ${ruleId} and story_id = ${event.data.storyId} and position < ${event.position}`.execute(
    trx,
  );
  return new Set(rows.map(({ key }) => key));
}

/** New stories a day that a rule is about, up to a report. */
export async function dailyCounts(
  trx: Database,
  rule: Rule,
  event: StoryEvent,
  { foundAt }: Facts,
  { groups }: EvaluateOptions,
): Promise<DailyCounts> {
  const day = foundAt.toISOString().slice(0, 10);
  const { rows } = await sql<{ day: string; stories: number }>`
    select counted_on::text as day, count(*)::int as stories from newsledger.alert_reports
    where opens and counted_on between ${day}::date - ${burstDays}::int and ${day}::date
      and position <= ${event.position} and ${about(rule, groups)}
    group by 1`.execute(trx);
  const { rows: spans } = await sql<{ days: number | null; since: number | null }>`
    select
      (select ${day}::date - min(counted_on) from newsledger.alert_reports
       where opens and topics @> ${[rule.topic]} and position <= ${event.position}) as days,
      (select ${day}::date - max(substr(key, 7)::date) from newsledger.alerts_told, unnest(developments) as key
       where rule_id = ${rule.ruleId} and kind = 'burst' and position < ${event.position}) as since`.execute(
    trx,
  );
  const counts = new Map(rows.map((row) => [row.day, row.stories]));
  return {
    today: counts.get(day) ?? 0,
    past: pastDays(day, spans[0]?.days ?? 0, (one) => counts.get(one) ?? 0),
    sinceAlarm: spans[0]?.since ?? null,
  };
}

/** What a rule that counts reports is about: its topic, and any of its entities, and any of its occurrences. */
export function about({ topic, entities, occurrences }: Rule, groups: EvaluateOptions["groups"]) {
  const wanted = [...withMembers(entities, groups)];
  return sql`topics @> ${[topic]}::text[]
    and (${wanted.length === 0} or entities && ${wanted}::text[])
    and (${occurrences.length === 0} or codes && ${[...occurrences]}::text[])`;
}
