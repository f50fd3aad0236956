import { sql } from "kysely";
import { type Hold, holdOf } from "./hold.ts";
import { type Announcement, planDeliveries } from "./plan.ts";
import type { Database, StoredRule } from "./rules.ts";
import { holdBack } from "./told.ts";

/** Plans what a rule has to say, for now or for when it may speak. */
export async function announce(
  trx: Database,
  rule: StoredRule,
  announcement: Omit<Announcement, "ruleIds">,
): Promise<void> {
  const planned = await planDeliveries(trx, { ...announcement, ruleIds: [rule.ruleId] });
  if (planned.length === 0) return;
  const hold = await holdNow(trx, rule);
  if (hold !== null) await holdBack(trx, planned, hold);
  else
    await sql`update newsledger.rules set spoke_at = now() where rule_id = ${rule.ruleId}`.execute(
      trx,
    );
}

/**
 * Whether the rule must wait now, by Postgres' clock. What changes of a rule is read anew: within one batch of events it
 * may just have spoken.
 */
export async function holdNow(
  trx: Database,
  rule: StoredRule,
): Promise<(Omit<Hold, "reason"> & { reason: Hold["reason"] | "muted" }) | null> {
  const { rows } = await sql<{
    now: Date;
    spokeAt: Date | null;
    snoozedUntil: Date | null;
    snooze: string | null;
  }>`
    select now() as now, spoke_at as "spokeAt", snoozed_until as "snoozedUntil", snooze
    from newsledger.rules where rule_id = ${rule.ruleId}`.execute(trx);
  const [current] = rows;
  if (!current) return null;
  const hold = holdOf({ ...rule, ...current }, current.now);
  return hold?.reason === "snoozed" && current.snooze === "mute"
    ? { ...hold, reason: "muted" }
    : hold;
}
