import type { OccurrenceCode } from "@newsledger/core";
import { sql } from "kysely";
import { burstDays, type DailyCounts } from "./burst.ts";
import type { EvaluateOptions, Facts } from "./facts.ts";
import { pastDays } from "./fold.ts";
import { withMembers } from "./matching.ts";
import { personsIn, type Reading, remembered, type StoryEvent, thingsIn } from "./report.ts";
import { keepReports } from "./report-store.ts";
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

/** Keeps reports, in the order of the ledger, and says what is new in each, by its position. */
export async function remember(
  trx: Database,
  readings: readonly Reading[],
  options: EvaluateOptions,
): Promise<ReadonlyMap<bigint, News>> {
  if (readings.length === 0) return new Map();
  await keepReports(
    trx,
    readings.map((reading) => ({ ...reading, row: remembered(reading.facts, options) })),
  );
  const firsts = await keepFirsts(trx, readings);
  const changes = await keepStandings(trx, readings, options);
  return new Map(
    readings.map(({ event: { position } }) => [
      position,
      { firsts: firsts.get(position) ?? new Set(), changes: changes.get(position) ?? [] },
    ]),
  );
}

async function keepFirsts(
  trx: Database,
  readings: readonly Reading[],
): Promise<ReadonlyMap<bigint, ReadonlySet<string>>> {
  const met = new Map<string, { topic: string; thing: string; position: bigint }>();
  for (const { event, facts } of readings) {
    const { position } = event;
    const topics = new Set(facts.topics.map(({ topicId }) => topicId));
    const things = thingsIn(facts);
    for (const topic of topics)
      for (const thing of things) {
        const key = inTopic(topic, thing);
        if (!met.has(key)) met.set(key, { topic, thing, position });
      }
  }
  if (met.size === 0) return new Map();
  const all = [...met.values()];
  const topics = all.map(({ topic }) => topic);
  const things = all.map(({ thing }) => thing);
  const positions = all.map(({ position }) => position);
  await sql`
    insert into newsledger.alert_firsts (topic_id, thing, position)
    select topic, thing, position
    from unnest(${topics}::text[], ${things}::text[], ${positions}::bigint[]) as met (topic, thing, position)
    order by topic, thing
    on conflict do nothing`.execute(trx);
  const { rows } = await sql<{ topic_id: string; thing: string; position: string }>`
    select topic_id, thing, f.position from newsledger.alert_firsts f
    join unnest(${topics}::text[], ${things}::text[], ${positions}::bigint[]) as met (topic, name, position)
      on topic_id = topic and thing = name and f.position = met.position`.execute(trx);
  const firsts = new Map<bigint, Set<string>>();
  for (const { topic_id, thing, position } of rows) {
    const at = BigInt(position);
    firsts.set(at, (firsts.get(at) ?? new Set()).add(inTopic(topic_id, thing)));
  }
  return firsts;
}

/** A thing is new to a topic, not to the world. */
export const inTopic = (topicId: string, thing: string): string => `${topicId} ${thing}`;

/** One by one from what was known before the first of them, for each moves what the next is compared with. */
async function keepStandings(
  trx: Database,
  readings: readonly Reading[],
  options: EvaluateOptions,
): Promise<ReadonlyMap<bigint, readonly StatusChange[]>> {
  // A copy says nothing that its original did not.
  const telling = readings
    .filter(({ facts }) => facts.relation !== "copy")
    .map((reading) => ({ ...reading, persons: personsIn(reading.facts, options) }))
    .filter(({ persons }) => persons.size > 0);
  const [first] = telling;
  if (!first) return new Map();
  const persons = new Set(telling.flatMap((one) => [...one.persons.keys()]));
  const known = await standingsBefore(trx, [...persons], first.event.position);
  const changes = new Map<bigint, readonly StatusChange[]>();
  const moved: { personId: string; position: bigint; standing: Standing }[] = [];
  for (const { event, facts, persons } of telling) {
    const { position } = event;
    const found = statusChanges(facts, persons, (id) => known.get(id));
    changes.set(position, found.changes);
    for (const [personId, standing] of found.standings) {
      known.set(personId, standing);
      moved.push({ personId, position, standing });
    }
  }
  if (moved.length > 0)
    await sql`
      insert into newsledger.alert_standings (person_id, position, status, since)
      select * from unnest(
        ${moved.map(({ personId }) => personId)}::text[], ${moved.map(({ position }) => position)}::bigint[],
        ${moved.map(({ standing }) => standing.status)}::text[], ${moved.map(({ standing }) => standing.since)}::date[])
      on conflict do nothing`.execute(trx);
  return changes;
}

async function standingsBefore(
  trx: Database,
  persons: readonly string[],
  position: bigint,
): Promise<Map<string, Standing>> {
  const { rows } = await sql<{ person_id: string; status: Status; since: string }>`
    select distinct on (person_id) person_id, status, since::text as since from newsledger.alert_standings
    where person_id = any(${[...persons]}) and position < ${position}
    order by person_id, position desc`.execute(trx);
  return new Map(rows.map(({ person_id, status, since }) => [person_id, { status, since }]));
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
