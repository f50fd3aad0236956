import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { webLink } from "./link.ts";
import { becauseOfStory, loadStories } from "./load-stories.ts";
import { holds, type Moment, momentOf, recorded, standing } from "./moment.ts";
import { reportOf } from "./story.ts";
import type { AsOf, StoryEdit, StoryReport, StoryView } from "./view.ts";

/** One story with everything known of it: how each report stands to the others, and what was changed later. */
export async function storyView(
  db: Reader,
  question: AsOf & { storyId: string },
): Promise<StoryView | null> {
  const moment = momentOf(question);
  return ask(db, async (reader) => {
    const load = async (storyId: string) => (await loadStories(reader, [storyId], null, moment))[0];
    const loaded =
      (await load(question.storyId)) ?? (await load(await storyNow(reader, question.storyId)));
    if (!loaded) return null;
    const { entry, members } = loaded;
    const documents = members.map(({ documentId }) => documentId);
    const read = await readings(reader, entry.storyId, documents, moment);
    const items = members.map(({ itemId }) => itemId);
    const order = new Map(entry.reports.map(({ documentId }, nth) => [documentId, nth]));
    const placeOf = ({ documentId }: { documentId: string }) => order.get(documentId) ?? -1;
    const sorted = members.toSorted((a, b) => placeOf(a) - placeOf(b));
    const { reports: _, ...told } = entry;
    return {
      ...told,
      because: becauseOfStory(members),
      reports: sorted.map((member): StoryReport => {
        const reading = read.get(member.documentId);
        return {
          ...reportOf(member),
          position: String(member.position),
          byline: reading?.byline ?? null,
          words: reading?.words ?? null,
          textHash: reading?.textHash ?? null,
          names: reading?.names ?? [],
          nearest: reading?.nearest ?? null,
        };
      }),
      edits: await revisions(reader, items, moment),
    };
  });
}

/** Where the first article of a story belongs now: people may have merged it away, and its address was in alerts and mails. */
async function storyNow(db: Reader, storyId: string): Promise<string> {
  const { rows } = await sql<{ story_id: string }>`
    select s.story_id from coverage.events e
    join coverage.story_articles s on s.position = e.position
    where e.story_id = ${storyId} and e.type in ('story.opened', 'story.joined')
    order by e.position limit 1`.execute(db);
  return rows[0]?.story_id ?? storyId;
}

interface Reading extends Pick<StoryReport, "byline" | "words" | "textHash" | "names" | "nearest"> {
  documentId: string;
}

async function readings(
  db: Reader,
  storyId: string,
  documents: readonly string[],
  moment: Moment,
): Promise<Map<string, Reading>> {
  const { rows } = await sql<Reading>`
    select a.document_id as "documentId", a.byline, a.word_count as words, a.text_hash as "textHash",
      array(select m.name from coverage.mentions m where m.position = a.position order by m.nth) as names,
      (select s.nearest from coverage.story_articles s
        where s.story_id = ${storyId} and s.document_id = a.document_id and ${holds("s", moment)}
        order by s.position limit 1) as nearest
    from coverage.articles a
    where a.document_id = any(${documents}) and ${standing("articles", "a", moment)}`.execute(db);
  return new Map(rows.map((row) => [row.documentId, row]));
}

/** Each change of wording that a feed showed, oldest first. */
async function revisions(
  db: Reader,
  itemIds: readonly string[],
  moment: Moment,
): Promise<StoryEdit[]> {
  const { rows } = await sql<Omit<StoryEdit, "why">>`
    select v.position::text as position, v.item_id as "itemId", v.source, v.url, v.published_at as "publishedAt",
      v.found_at as "foundAt", v.recorded_at as "at", v.before as "titleBefore", v.title as "titleAfter",
      v.summary_before as "summaryBefore", v.summary as "summaryAfter"
    from (select i.*, lag(i.title) over w as before, lag(i.summary) over w as summary_before
      from coverage.items i where i.item_id = any(${itemIds}) and ${recorded("i", moment)}
      window w as (partition by i.item_id order by i.position)) v
    where v.revision and v.before is not null
    order by v.position`.execute(db);
  return rows.map((row) => ({
    ...row,
    url: webLink(row.url),
    why: "Changed by its source after it was first seen.",
  }));
}
