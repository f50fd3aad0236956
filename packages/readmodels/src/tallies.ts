import { sql } from "kysely";
import type { Rows } from "./decide.ts";
import type { Into } from "./into.ts";
import { countsOf, type Naming, type NamingCount } from "./naming.ts";

/**
 * What would take too long to count when it is asked: how many events there are of each type, how much each month told of a
 * topic, how often someone is named, and by whom. Counts of the present only; what was known or public at some moment
 * is counted from the rows.
 */
interface Tally {
  kind: "events" | "stories" | "reports" | "copies" | NamingCount["kind"];
  /** The type of event, the topic, or who is named. */
  key: string;
  /** The month of publication (UTC), or what is counted of someone (naming.ts); empty where there is none. */
  part: string;
}

type Counted = Tally & { amount: number };

/** What rows behind a position add, and what they take the place of: rows up to it have been counted. */
export function talliesOf(
  rows: Rows,
  replaced: ReadonlyMap<bigint, Naming>,
  counted: bigint,
): Counted[] {
  const amounts = new Map<string, Counted>();
  const add = ({ kind, key, part }: Tally, amount = 1) => {
    const id = [kind, key, part].join("\u0000"); // no text that is stored holds one
    const known = amounts.get(id);
    if (known) known.amount += amount;
    else amounts.set(id, { kind, key, part, amount });
  };
  const isNew = ({ position }: { position: bigint }) => position > counted;
  for (const { type } of rows.events.filter(isNew)) add({ kind: "events", key: type, part: "" });
  for (const tally of rows.story_articles.filter(isNew).flatMap(volumeOf)) add(tally);
  const mentions = Map.groupBy(rows.mentions, ({ position }) => position);
  const occurrences = Map.groupBy(rows.occurrences, ({ position }) => position);
  for (const { position, source } of rows.articles.filter(isNew)) {
    const before = replaced.get(position);
    if (before) for (const count of countsOf(before)) add(count, -1);
    const now = {
      ...{ source, mentions: mentions.get(position) ?? [] },
      occurrences: occurrences.get(position) ?? [],
    };
    for (const count of countsOf(now)) add(count);
  }
  return [...amounts.values()];
}

function volumeOf({ relation, public_at, topic_ids }: Rows["story_articles"][number]): Tally[] {
  const part = public_at.toISOString().slice(0, 7);
  return [...new Set(topic_ids)].flatMap((key) => [
    ...(relation === "first" ? [{ kind: "stories" as const, key, part }] : []),
    { kind: relation === "copy" ? ("copies" as const) : ("reports" as const), key, part },
  ]);
}

export async function addTallies(tallies: readonly Counted[], { trx, table }: Into): Promise<void> {
  if (tallies.length === 0) return;
  const column = (name: keyof Tally) => tallies.map((tally) => tally[name]);
  await sql`
    insert into ${table("tallies")} as t (kind, key, part, amount)
    select * from unnest(${column("kind")}::text[], ${column("key")}::text[], ${column("part")}::text[],
      ${tallies.map(({ amount }) => amount)}::bigint[])
    on conflict (kind, key, part) do update set amount = t.amount + excluded.amount`.execute(trx);
}
