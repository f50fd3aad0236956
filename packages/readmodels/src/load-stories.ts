import type { TopicTier } from "@newsledger/core";
import { sql } from "kysely";
import type { Reader } from "./ask.ts";
import { webLink } from "./link.ts";
import { type Matches, matchesOf } from "./matched.ts";
import { holds, type Moment, standing } from "./moment.ts";
import { outletIn } from "./outlet.ts";
import { becauseOf, whyMatched } from "./reasons.ts";
import { earliestOf, type Member, storyOf, type ToldOccurrence } from "./story.ts";
import type { Because, Relation, StoryEntry, StoryInShort } from "./view.ts";

interface MemberRow {
  story_id: string;
  position: string;
  document_id: string;
  item_id: string;
  relation: Relation;
  title: string;
  source: string;
  url: string | null;
  language: string | null;
  published_at: Date | null;
  public_at: Date;
  found_at: Date;
  topics: { topicId: string; tier: TopicTier }[];
  backfill: boolean;
  reasons: Matches;
}

export interface LoadedStory {
  entry: StoryEntry;
  members: Member[];
}

/**
 * These stories as they stood at that moment, in the order asked for; shown because of these topics, or of any. `most`: only
 * so many of what each tells itself, and so many of its copies.
 */
export async function loadStories(
  db: Reader,
  storyIds: readonly string[],
  topics: readonly string[] | null,
  moment: Moment,
  most?: number,
): Promise<LoadedStory[]> {
  if (storyIds.length === 0) return [];
  const members = Map.groupBy(
    await loadMembers(db, storyIds, topics, moment, most),
    ({ storyId }) => storyId,
  );
  const documents = [...members.values()].flat().map(({ documentId }) => documentId);
  const told = Map.groupBy(await loadOccurrences(db, documents, moment), (one) => one.documentId);
  return storyIds.flatMap((storyId) => {
    const own = members.get(storyId);
    if (!own) return [];
    const entry = storyOf(
      own,
      own.flatMap(({ documentId }) => told.get(documentId) ?? []),
    );
    return [{ entry, members: own }];
  });
}

/** More than a page shows of one story. */
const mostShown = 50;

/**
 * The same in short: counts are of all articles, the rest is of the earliest of each story's own and the earliest of its
 * copies. An event that everyone tells has thousands of articles, and a page shows a few of each of its stories.
 */
export async function loadStoriesInShort(
  db: Reader,
  storyIds: readonly string[],
  topics: readonly string[] | null,
  moment: Moment,
): Promise<StoryInShort[]> {
  const loaded = await loadStories(db, storyIds, topics, moment, mostShown);
  const counts = new Map(
    (await countArticles(db, storyIds, moment)).map((one) => [one.storyId, one]),
  );
  return loaded.map(({ entry: { topics: _, backfill: __, ...entry }, members }) => {
    const { own = 0, independent = 0, copies = 0 } = counts.get(entry.storyId) ?? {};
    return { ...entry, own, independent, copies, because: becauseOfStory(members) };
  });
}

/** Why the story is shown: the reasons of the article that its `why` tells. */
export const becauseOfStory = (members: readonly Member[]): Because[] =>
  becauseOf(earliestOf(members)?.matched ?? []);

async function countArticles(db: Reader, storyIds: readonly string[], moment: Moment) {
  const own = sql`filter (where s.relation <> 'copy')`;
  const { rows } = await sql<{ storyId: string; own: number; independent: number; copies: number }>`
    select s.story_id as "storyId", (count(*) ${own})::int as own,
      (count(distinct ${outletIn("s.source")}) ${own})::int as independent,
      (count(*) filter (where s.relation = 'copy'))::int as copies
    from coverage.story_articles s
    where s.story_id = any(${storyIds}) and ${holds("s", moment)} group by s.story_id`.execute(db);
  return rows;
}

async function loadMembers(
  db: Reader,
  storyIds: readonly string[],
  topics: readonly string[] | null,
  moment: Moment,
  most?: number,
) {
  const which = sql`s.story_id = any(${storyIds}) and ${holds("s", moment)}`;
  const earliest = sql`s.position in (select e.position
    from (select s.position, row_number() over (partition by s.story_id, s.relation = 'copy' order by s.public_at, s.position) as nth
      from coverage.story_articles s where ${which}) e
    where e.nth <= ${most ?? null})`;
  const { rows } = await sql<MemberRow>`
    select s.*, ${matchesOf(sql.ref("s.item_id"), topics, moment)} as reasons
    from coverage.story_articles s
    where ${most === undefined ? which : sql`${which} and ${earliest}`} order by s.position`.execute(
    db,
  );
  return rows.map(memberOf);
}

const memberOf = (row: MemberRow): Member => ({
  storyId: row.story_id,
  position: BigInt(row.position),
  documentId: row.document_id,
  itemId: row.item_id,
  relation: row.relation,
  title: row.title,
  source: row.source,
  url: webLink(row.url),
  language: row.language,
  publishedAt: row.published_at,
  publicAt: row.public_at,
  foundAt: row.found_at,
  topics: row.topics,
  backfill: row.backfill,
  matched: row.reasons,
  why: row.reasons ? whyMatched(row.reasons) : "Tells a story that you follow.",
});

async function loadOccurrences(db: Reader, documentIds: readonly string[], moment: Moment) {
  const { rows } = await sql<ToldOccurrence>`
    select o.document_id as "documentId", o.code, o.date, o.actors, o.targets, o.place, o.sentence
    from coverage.articles a join coverage.occurrences o on o.position = a.position
    where a.document_id = any(${documentIds}) and ${standing("articles", "a", moment)}
    order by o.position, o.nth`.execute(db);
  return rows;
}
