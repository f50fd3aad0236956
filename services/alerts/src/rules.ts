import { contentId, occurrenceCode } from "@newsledger/core";
import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { Rule } from "./evaluate.ts";

// biome-ignore lint/suspicious/noExplicitAny: any database that holds this service's tables
export type Database = Kysely<any>;

/** A rule as it is kept. It speaks from its creation on: what was recorded before stays silent. */
export interface StoredRule extends Rule {
  readonly enabled: boolean;
  readonly createdAt: Date;
}

export class RuleExists extends Error {
  override name = "RuleExists";
}

export class RuleNotFound extends Error {
  override name = "RuleNotFound";
  constructor(ruleId: string) {
    super(`rule ${ruleId}: there is no such rule; "newsledger rules list" shows them`);
  }
}

const id = z.string().min(1).max(200);

export const newRule = z.object({
  name: z.string().trim().min(1).max(120),
  topic: id,
  entities: z.array(id).max(100).default([]),
  occurrences: z.array(occurrenceCode).default([]),
  note: z.string().max(500).nullable().default(null),
  maxAgeHours: z.number().int().positive().max(87_600).nullable().default(null),
});
export type NewRule = z.input<typeof newRule>;

/** `nonce` makes the id: a name can be used again after its rule was removed. */
export async function addRule(
  db: Database,
  rule: NewRule,
  nonce: string = crypto.randomUUID(),
): Promise<StoredRule> {
  const parsed = newRule.parse(rule);
  const added = await insert(db, contentId("rule", nonce), parsed);
  if (!added)
    throw new RuleExists(`add rule: one with the name "${parsed.name}" is there; remove it first`);
  return added;
}

export async function listRules(db: Database): Promise<StoredRule[]> {
  const { rows } = await sql<RuleRow>`
    select * from newsledger.rules where removed_at is null order by created_at, rule_id`.execute(
    db,
  );
  return rows.map(fromRow);
}

/** The rule falls silent; alerts that it raised keep naming it. */
export async function removeRule(db: Database, ruleId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update newsledger.rules set removed_at = now(), enabled = false
    where rule_id = ${ruleId} and removed_at is null`.execute(db);
  if (numAffectedRows === 0n) throw new RuleNotFound(ruleId);
}

export const defaultRuleId = "citgo-6-developments";

/** The rule that a new ledger starts with. Removed once, it does not come back. */
export async function seedRules(db: Database): Promise<void> {
  const rule = newRule.parse({
    name: "Any development about the Citgo 6",
    topic: "citgo-6",
    entities: ["citgo-6"],
  });
  await insert(db, defaultRuleId, rule);
}

async function insert(
  db: Database,
  ruleId: string,
  rule: z.output<typeof newRule>,
): Promise<StoredRule | null> {
  const { rows } = await sql<RuleRow>`
    insert into newsledger.rules (rule_id, name, topic, entities, occurrences, note, max_age_hours)
    values (${ruleId}, ${rule.name}, ${rule.topic}, ${[...rule.entities]}, ${[...rule.occurrences]},
            ${rule.note}, ${rule.maxAgeHours})
    on conflict do nothing
    returning *`.execute(db);
  return rows[0] ? fromRow(rows[0]) : null;
}

interface RuleRow {
  rule_id: string;
  name: string;
  topic: string;
  entities: string[];
  occurrences: Rule["occurrences"];
  note: string | null;
  max_age_hours: number | null;
  enabled: boolean;
  created_at: Date;
}

const fromRow = (row: RuleRow): StoredRule => ({
  ruleId: row.rule_id,
  name: row.name,
  topic: row.topic,
  entities: row.entities,
  occurrences: row.occurrences,
  note: row.note,
  maxAgeHours: row.max_age_hours,
  enabled: row.enabled,
  createdAt: row.created_at,
});
