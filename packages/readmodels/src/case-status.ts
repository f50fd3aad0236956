import type { OccurrenceCode, Participant } from "@newsledger/core";
import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import type { Claim } from "./claim.ts";
import { custody } from "./custody.ts";
import { custodyCodes } from "./developments.ts";
import { webLink } from "./link.ts";
import { holds, type Moment, momentOf, recorded, standing } from "./moment.ts";
import { dayOf } from "./partial-date.ts";
import type { AsOf, CaseStatus, CaseTopic, Relation } from "./view.ts";

/** Where each subject stands, and what says so. Days count to `asOf`, else to the day of `knownAt`, else to `today`. */
export async function caseStatus(
  db: Reader,
  question: AsOf & { topic: CaseTopic; today: Date },
): Promise<CaseStatus> {
  const { topic, asOf, knownAt, today } = question;
  const moment = momentOf(question);
  const groups = topic.groups ?? [topic.id];
  const on = asOf ?? dayOf(knownAt instanceof Date ? knownAt : today);
  return ask(db, async (reader) => ({
    topicId: topic.id,
    title: topic.title,
    on,
    persons: custody(await claimsAbout(reader, topic, groups, moment), {
      subjects: topic.subjects,
      groups,
      on,
    }),
    ...(await coverage(reader, topic.id, moment)),
  }));
}

interface ClaimRow {
  document_id: string;
  item_id: string;
  code: OccurrenceCode;
  date: string | null;
  place: Participant | null;
  target_ids: string[];
  sentence: string;
  starts_at: number;
  public_at: Date;
  relation: Relation | null;
  title: string;
  language: string;
  source: string;
  url: string | null;
  published_at: Date | null;
  found_at: Date;
}

async function claimsAbout(
  db: Reader,
  topic: CaseTopic,
  groups: readonly string[],
  moment: Moment,
): Promise<Claim[]> {
  const targets = [...topic.subjects.map(({ id }) => id), ...groups];
  const { rows } = await sql<ClaimRow>`
    select a.document_id, a.item_id, o.code, o.date, o.place, o.target_ids, o.sentence, o.starts_at, a.public_at,
      story.relation, a.title, a.language, a.source, a.url, a.published_at, a.found_at
    from coverage.occurrences o join coverage.articles a on a.position = o.position
    left join lateral (select s.relation from coverage.story_articles s
      where s.document_id = a.document_id and ${holds("s", moment)} order by s.position limit 1) story on true
    where o.target_ids && ${targets}::text[] and o.code = any(${[...custodyCodes, "meet"]})
      and ${standing("articles", "a", moment)}
    order by a.public_at, o.position, o.nth`.execute(db);
  return rows.map(claimOf);
}

const claimOf = (row: ClaimRow): Claim => ({
  code: row.code,
  date: row.date,
  place: row.place,
  targetIds: row.target_ids,
  sentence: row.sentence,
  startsAt: row.starts_at,
  publicAt: row.public_at,
  report: {
    documentId: row.document_id,
    itemId: row.item_id,
    title: row.title,
    language: row.language,
    relation: row.relation ?? "first",
    source: row.source,
    url: webLink(row.url),
    publishedAt: row.published_at,
    foundAt: row.found_at,
    why: `It says: “${row.sentence}”`,
  },
});

async function coverage(db: Reader, topicId: string, moment: Moment) {
  const { rows } = await sql<{ stories: string; published: Date | null; found: Date | null }>`
    select count(distinct s.story_id) as stories, max(s.public_at) as published, max(s.found_at) as found
    from coverage.story_articles s
    where s.topic_ids @> array[${topicId}] and ${holds("s", moment)}`.execute(db);
  const [row] = rows;
  return {
    stories: Number(row?.stories ?? 0),
    newestPublishedAt: row?.published ?? null,
    newestFoundAt: row?.found ?? null,
    waiting: await waiting(db, topicId, moment),
  };
}

/** Two feeds that carry one article are read once: an item waits only while nothing with its address has been read. */
async function waiting(db: Reader, topicId: string, moment: Moment): Promise<number> {
  const { rows } = await sql<{ waiting: string }>`
    with unread as (
      select distinct t.item_id from coverage.item_topics t
      where t.topic_id = ${topicId} and ${recorded("t", moment)}
        and not exists (select 1 from coverage.articles a where a.item_id = t.item_id and ${recorded("a", moment)}))
    select count(*) as waiting from unread u
    where exists (select 1 from coverage.items i where i.item_id = u.item_id and ${holds("i", moment)})
      and not exists (select 1 from coverage.items i join coverage.articles a on a.url = i.url
        where i.item_id = u.item_id and ${recorded("a", moment)})
      and not exists (select 1 from coverage.events e
        where e.item_id = u.item_id and e.type = 'article.unreadable' and ${recorded("e", moment)})`.execute(
    db,
  );
  return Number(rows[0]?.waiting ?? 0);
}
