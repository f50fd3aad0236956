import { type NewsEvents, streams } from "@newsledger/core";
import {
  type AnyTransaction,
  type EventLog,
  firstRecorded,
  getTexts,
  type RecordedEvent,
} from "@newsledger/eventlog";
import {
  factsOf,
  type Reading,
  type ReportOptions,
  type StoryEvent,
  type Understood,
} from "./report.ts";

type Log = EventLog<NewsEvents>;

/** What was understood of a document when the story event was written. */
export async function articleOf(log: Log, { position, data }: StoryEvent): Promise<Understood> {
  const article = await articleBefore(log, data.documentId, position);
  if (article) return article;
  throw new Error(
    `raise alerts for story ${data.storyId}: stream ${streams.document(data.documentId)} holds no article.understood before position ${position}`,
  );
}

/** What was understood of a document before a position. */
export async function articleBefore(
  log: Log,
  documentId: string,
  position: bigint,
): Promise<Understood | null> {
  const stream = streams.document(documentId);
  for await (const candidate of log.readStream(stream, { direction: "backward" }))
    if (candidate.type === "article.understood" && candidate.position < position) return candidate;
  return null;
}

interface Library {
  readonly log: Log;
  readonly trx: AnyTransaction;
  readonly options: Pick<ReportOptions, "kindOf">;
}

/**
 * Every report among the events, with all that was understood of it. `recent` holds articles that were just read, for a
 * report follows its article at once, and is kept up.
 */
export async function readReports(
  { log, trx, options }: Library,
  events: readonly RecordedEvent<NewsEvents>[],
  recent: Map<string, Understood>,
): Promise<Reading[]> {
  const found: { event: StoryEvent; article: Understood }[] = [];
  for (const event of events) {
    if (event.type === "article.understood") keepRecent(recent, event);
    if (event.type !== "story.opened" && event.type !== "story.joined") continue;
    const known = recent.get(event.data.documentId);
    const article = known && known.position < event.position ? known : await articleOf(log, event);
    found.push({ event, article });
  }
  if (found.length === 0) return [];
  // Reading and understanding an item may have taken its time: what counts is when the ledger first saw it.
  const itemOf = ({ data }: Understood) => streams.item(data.itemId);
  const seen = await firstRecorded(
    trx,
    found.map(({ article }) => itemOf(article)),
  );
  const texts = await getTexts(
    trx,
    found.map(({ article }) => article.data.textHash),
  );
  return found.map(({ event, article }) => {
    const foundAt = seen.get(itemOf(article)) ?? article.recordedAt;
    const text = texts.get(article.data.textHash) ?? null;
    return { event, article, facts: factsOf(event, article, { foundAt, text }, options) };
  });
}

const mostRecent = 200;

function keepRecent(recent: Map<string, Understood>, event: Understood): void {
  recent.delete(event.data.documentId);
  recent.set(event.data.documentId, event);
  const [oldest] = recent.keys();
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
}

/** The report that a story event at a position told; null when there is none. */
export async function readAt(library: Library, position: bigint): Promise<Reading | null> {
  for await (const event of library.log.read({ after: position - 1n, upTo: position }))
    return (await readReports(library, [event], new Map()))[0] ?? null;
  return null;
}
