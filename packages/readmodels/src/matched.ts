import type { MatchReason } from "@newsledger/core";
import { type RawBuilder, sql } from "kysely";
import { type Moment, recorded } from "./moment.ts";

/** Topics with the words that showed them; null when none. */
export type Matches = { topicId: string; reasons: MatchReason[] }[] | null;

/** What an item matched, by that moment: of these topics, or of all. */
export function matchesOf(
  itemId: RawBuilder<unknown>,
  topics: readonly string[] | null,
  moment: Moment,
): RawBuilder<Matches> {
  return sql`(select jsonb_agg(jsonb_build_object('topicId', t.topic_id, 'reasons', t.reasons) order by t.topic_id)
    from (select distinct on (m.topic_id) m.topic_id, m.reasons from coverage.item_topics m
      where m.item_id = ${itemId} and ${topics === null ? sql`true` : sql`m.topic_id = any(${topics})`}
        and ${recorded("m", moment)} order by m.topic_id, m.position) t)`;
}
