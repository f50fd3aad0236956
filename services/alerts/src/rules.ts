import { contentId } from "@newsledger/core";
import { type Kysely, sql } from "kysely";
import { type NewRule, newRule, type Rule, type RuleDefinition, ruleDefinition } from "./rule.ts";

// biome-ignore lint/suspicious/noExplicitAny: any database that holds this service's tables
export type Database = Kysely<any>;

/** A rule as it is kept. */
export interface StoredRule extends Rule {
  /** Raised by every change. */
  readonly version: number;
  readonly enabled: boolean;
  readonly createdAt: Date;
  /** What was recorded before stays silent: the rule was made, or changed, then. */
  readonly speaksFrom: Date;
  /** Until then its alerts are held, or muted; they are told of when it ends. */
  readonly snoozedUntil: Date | null;
  readonly snooze: "hold" | "mute" | null;
  /** The last time that it spoke at once. */
  readonly spokeAt: Date | null;
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

/** `nonce` makes the id: a name can be used again after its rule was removed. */
export async function addRule(
  db: Database,
  rule: NewRule,
  nonce: string = crypto.randomUUID(),
): Promise<StoredRule> {
  const named = newRule.parse(rule);
  const added = await insert(db, contentId("rule", nonce), named);
  if (!added)
    throw new RuleExists(`add rule: one with the name "${named.name}" is there; remove it first`);
  return added;
}

/** Says something else from now on; what it said before is kept. */
export async function changeRule(
  db: Database,
  ruleId: string,
  definition: Omit<NewRule, "name">,
): Promise<StoredRule> {
  const parsed = ruleDefinition.parse(definition);
  const { rows } = await sql<RuleRow>`
    with changed as (
      update newsledger.rules set definition = ${JSON.stringify(parsed)}::jsonb, topic = ${parsed.topic},
        version = version + 1, speaks_from = now(), look_at = ${looks(parsed) ? sql`now()` : null}
      where rule_id = ${ruleId} and removed_at is null returning *
    ), kept as (
      insert into newsledger.rule_versions (rule_id, version, definition)
      select rule_id, version, definition from changed
    )
    select * from changed`.execute(db);
  if (!rows[0]) throw new RuleNotFound(ruleId);
  return fromRow(rows[0]);
}

export async function listRules(db: Database): Promise<StoredRule[]> {
  const { rows } = await sql<RuleRow>`
    select * from newsledger.rules where removed_at is null order by created_at, rule_id`.execute(
    db,
  );
  return rows.map(fromRow);
}

/** The rule falls silent; alerts that it raised keep naming it, and what it holds is still told. */
export async function removeRule(db: Database, ruleId: string): Promise<void> {
  const { numAffectedRows } = await sql`
    update newsledger.rules set removed_at = now(), enabled = false
    where rule_id = ${ruleId} and removed_at is null`.execute(db);
  if (numAffectedRows === 0n) throw new RuleNotFound(ruleId);
}

/**
 * Holds back what the rule raises until then: `hold` sends it together at the end, `mute` only tells what there was.
 * Nothing is lost, and it ends by itself.
 */
export async function snoozeRule(
  db: Database,
  ruleId: string,
  { until, mode = "hold" }: { until: Date; mode?: "hold" | "mute" },
): Promise<StoredRule> {
  const { rows } = await sql<RuleRow>`
    update newsledger.rules set snoozed_until = ${until}, snooze = ${mode}
    where rule_id = ${ruleId} and removed_at is null returning *`.execute(db);
  if (!rows[0]) throw new RuleNotFound(ruleId);
  return fromRow(rows[0]);
}

/** Ends a snooze now: what was held because of it is told at once. */
export async function wakeRule(db: Database, ruleId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      update newsledger.rules set snoozed_until = null, snooze = null
      where rule_id = ${ruleId} and removed_at is null`.execute(trx);
    if (numAffectedRows === 0n) throw new RuleNotFound(ruleId);
    await sql`
      update newsledger.deliveries set next_attempt_at = now()
      where state = 'held' and hold_reason in ('snoozed', 'muted') and next_attempt_at > now()
        and cause in (select alert_id from newsledger.alerts_told where rule_id = ${ruleId})`.execute(
      trx,
    );
  });
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
  { name, ...definition }: RuleDefinition & { name: string },
): Promise<StoredRule | null> {
  const { rows } = await sql<RuleRow>`
    with added as (
      insert into newsledger.rules (rule_id, name, topic, definition, look_at)
      values (${ruleId}, ${name}, ${definition.topic}, ${JSON.stringify(definition)}::jsonb,
              ${looks(definition) ? sql`now()` : null})
      on conflict do nothing returning *
    ), kept as (
      insert into newsledger.rule_versions (rule_id, version, definition)
      select rule_id, version, definition from added
    )
    select * from added`.execute(db);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** Whether time, and no event, makes the rule speak. */
const looks = ({ when }: RuleDefinition): boolean => when.kind === "silence";

export interface RuleRow {
  rule_id: string;
  name: string;
  definition: unknown;
  version: number;
  enabled: boolean;
  created_at: Date;
  speaks_from: Date;
  snoozed_until: Date | null;
  snooze: "hold" | "mute" | null;
  spoke_at: Date | null;
}

export const fromRow = (row: RuleRow): StoredRule => ({
  ...ruleDefinition.parse(row.definition),
  ruleId: row.rule_id,
  name: row.name,
  version: row.version,
  enabled: row.enabled,
  createdAt: row.created_at,
  speaksFrom: row.speaks_from,
  snoozedUntil: row.snoozed_until,
  snooze: row.snooze,
  spokeAt: row.spoke_at,
});
