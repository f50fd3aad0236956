import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { type LoadedStory, loadStories } from "./load-stories.ts";
import { momentOf } from "./moment.ts";
import { isOwn, outlets, reportOf } from "./story.ts";
import type { DigestContent, DigestStory } from "./view.ts";

interface Window {
  topics: readonly string[];
  from: bigint;
  to: bigint;
}

const atATime = 500;

/** What is new in the ledger positions (from, to] for these topics, by story. The same window gives the same content for ever. */
export async function digestContent(
  db: Reader,
  question: Window & { asOf?: string | undefined },
): Promise<DigestContent> {
  const { from, to, asOf } = question;
  const moment = momentOf({ asOf, knownAt: to });
  return ask(db, async (reader) => {
    const { rows } = await sql<{ story_id: string }>`
      select distinct s.story_id from coverage.story_articles s
      where s.position > ${String(from)}::bigint and s.position <= ${String(to)}::bigint
        and s.topic_ids && ${question.topics}::text[]`.execute(reader);
    const ids = rows.map(({ story_id }) => story_id);
    const stories: DigestStory[] = [];
    // Some at a time: a window may be the whole ledger.
    for (let at = 0; at < ids.length; at += atATime) {
      const some = ids.slice(at, at + atATime);
      for (const story of await loadStories(reader, some, question.topics, moment)) {
        const change = changeOf(story, from);
        if (change) stories.push(change);
      }
    }
    return {
      from: String(from),
      to: String(to),
      stories: stories.sort(newestFirst),
      volume: await volume(reader, question),
    };
  });
}

/** What the window added to a story; null when it only repeated it. */
function changeOf({ entry, members }: LoadedStory, from: bigint): DigestStory | null {
  const added = members.filter(({ position }) => position > from);
  const entries = added.filter(isOwn);
  const newCopies = added.length - entries.length;
  const kind = added.length === members.length ? "new" : "developed";
  if (kind === "developed" && entries.length === 0) return null;
  const changed = kind === "new" ? firstSeen(entries, newCopies) : further(entries, newCopies);
  const matched = members.find(({ documentId }) => documentId === entry.reports[0]?.documentId);
  return {
    ...entry,
    kind,
    entries: entries.map(reportOf),
    newCopies,
    changed,
    matched: matched?.matched ?? [],
  };
}

const firstSeen = (entries: readonly { source: string }[], copies: number) =>
  `New: ${count(outlets(entries), "independent report")}${andCopies(copies)}.`;

function further(entries: readonly { source: string; relation: string }[], copies: number): string {
  const updates = entries.filter(({ relation }) => relation === "update").length;
  const reports = outlets(entries.filter(({ relation }) => relation !== "update"));
  const parts = [
    ...(updates > 0 ? [count(updates, "update")] : []),
    ...(reports > 0 ? [count(reports, "more independent report")] : []),
  ];
  return `Developed: ${parts.join(", ")}${andCopies(copies)}.`;
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
const andCopies = (n: number) => (n === 0 ? "" : `, ${n} ${n === 1 ? "copy" : "copies"} folded`);

const newestFirst = (a: DigestStory, b: DigestStory) =>
  time(b) - time(a) || (a.storyId < b.storyId ? -1 : 1);
const time = ({ publishedAt, foundAt }: DigestStory) => (publishedAt ?? foundAt).getTime();

async function volume(db: Reader, { topics, from, to }: Window): Promise<DigestContent["volume"]> {
  const within = sql`position > ${String(from)}::bigint and position <= ${String(to)}::bigint`;
  const { rows } = await sql<Record<keyof DigestContent["volume"], string>>`
    select
      (select count(*) from coverage.events where type = 'item.seen' and ${within}) as "itemsSeen",
      (select count(distinct item_id) from coverage.item_topics
        where ${within} and topic_id = any(${topics})) as "itemsMatched",
      (select count(*) from coverage.events
        where type = 'article.understood' and ${within} and topic_ids && ${topics}::text[]) as "articlesUnderstood",
      count(*) filter (where relation = 'first') as "storiesOpened",
      count(*) filter (where relation in ('independent', 'update')) as "independentReports",
      count(*) filter (where relation = 'copy') as "copies"
    from coverage.story_articles where ${within} and topic_ids && ${topics}::text[]`.execute(db);
  const [counts] = rows;
  const number = (name: keyof DigestContent["volume"]) => Number(counts?.[name] ?? 0);
  return {
    itemsSeen: number("itemsSeen"),
    itemsMatched: number("itemsMatched"),
    articlesUnderstood: number("articlesUnderstood"),
    storiesOpened: number("storiesOpened"),
    independentReports: number("independentReports"),
    copies: number("copies"),
  };
}
