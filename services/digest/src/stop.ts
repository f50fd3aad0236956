import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Language } from "./words.ts";

/** What a link in a mail can stop: one subscription, one topic of it, or everything that the reader gets. */
export interface Stoppable {
  readonly language: Language;
  /** `all`: the link itself is about everything. */
  readonly scope: "one" | "all";
  readonly topics: readonly string[];
}

interface Found {
  subscriber_id: string;
  subscription_id: string | null;
  language: Language;
  topics: string[];
}

async function find(db: Database, token: string): Promise<Found | null> {
  const { rows } = await sql<Found>`
    select p.subscriber_id, p.subscription_id, s.language, p.topics
    from newsledger.subscriptions p join newsledger.subscribers s using (subscriber_id)
    where p.unsubscribe_token = ${token}
    union all
    select s.subscriber_id, null, s.language, '{}'::text[]
    from newsledger.subscribers s where s.stop_all_token = ${token}`.execute(db);
  return rows[0] ?? null;
}

/** Whom a token belongs to; null when no mail carries it. */
export async function readerOf(db: Database, token: string): Promise<Stoppable | null> {
  const found = await find(db, token);
  if (!found) return null;
  const { language, topics } = found;
  return { language, topics, scope: found.subscription_id === null ? "all" : "one" };
}

/** Stops what the token's mails are about, or a topic of it, or everything; null when no mail carries it. Safe to repeat. */
export async function unsubscribe(
  db: Database,
  token: string,
  what: { all?: boolean; topic?: string } = {},
): Promise<Stoppable | null> {
  const found = await find(db, token);
  if (!found) return null;
  const { subscriber_id: subscriberId, subscription_id: subscriptionId, language, topics } = found;
  if (what.all || subscriptionId === null) {
    await sql`
      update newsledger.subscriptions set enabled = false
      where subscriber_id = ${subscriberId}`.execute(db);
    return { language, scope: "all", topics };
  }
  const { topic } = what;
  if (topic !== undefined && topics.includes(topic) && topics.length > 1)
    await sql`
      update newsledger.subscriptions set topics = array_remove(topics, ${topic})
      where subscription_id = ${subscriptionId} and cardinality(array_remove(topics, ${topic})) > 0`.execute(
      db,
    );
  else
    await sql`
      update newsledger.subscriptions set enabled = false
      where subscription_id = ${subscriptionId}`.execute(db);
  return { language, scope: "one", topics: topic === undefined ? topics : [topic] };
}
