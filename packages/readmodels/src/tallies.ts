import { sql } from "kysely";
import type { Rows } from "./decide.ts";
import type { Into } from "./into.ts";

/**
 * What would take too long to count when it is asked: how many events there are of each type, and how much each month told of
 * a topic. Counts of the present only; what was known or public at some moment is counted from the rows.
 */
interface Tally {
  kind: "events" | "stories" | "reports" | "copies";
  /** The type of event, or the topic. */
  key: string;
  /** The month of publication (UTC); empty where there is none. */
  month: string;
}

/** What rows behind a position add: those up to it have been counted. */
export function talliesOf(rows: Rows, counted: bigint): (Tally & { amount: number })[] {
  const amounts = new Map<string, Tally & { amount: number }>();
  const add = (kind: Tally["kind"], key: string, month: string) => {
    const id = `${kind}|${month}|${key}`;
    const known = amounts.get(id);
    if (known) known.amount += 1;
    else amounts.set(id, { kind, key, month, amount: 1 });
  };
  for (const { position, type } of rows.events) if (position > counted) add("events", type, "");
  for (const { position, relation, public_at, topic_ids } of rows.story_articles) {
    if (position <= counted) continue;
    const month = public_at.toISOString().slice(0, 7);
    for (const topic of new Set(topic_ids)) {
      if (relation === "first") add("stories", topic, month);
      add(relation === "copy" ? "copies" : "reports", topic, month);
    }
  }
  return [...amounts.values()];
}

export async function addTallies(
  tallies: readonly (Tally & { amount: number })[],
  { trx, table }: Into,
): Promise<void> {
  if (tallies.length === 0) return;
  const column = (name: keyof Tally) => tallies.map((tally) => tally[name]);
  await sql`
    insert into ${table("tallies")} as t (kind, key, month, amount)
    select * from unnest(${column("kind")}::text[], ${column("key")}::text[], ${column("month")}::text[],
      ${tallies.map(({ amount }) => amount)}::bigint[])
    on conflict (kind, key, month) do update set amount = t.amount + excluded.amount`.execute(trx);
}
