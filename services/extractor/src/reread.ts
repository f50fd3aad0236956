import {
  articleUnderstood,
  type ExtractorVersion,
  type NewsEvents,
  streams,
  type TopicMatch,
} from "@newsledger/core";
import { type EventLog, getTexts, type RecordedEvent } from "@newsledger/eventlog";
import { type Knowledge, matchTopics, type Topic, understand } from "@newsledger/extraction";
import type { Kysely } from "kysely";
import { mergeMatches } from "./matches.ts";
import { understoodKey } from "./understood.ts";

type Log = Pick<EventLog<NewsEvents>, "read" | "readStream" | "safePosition" | "append">;
type Understood = Extract<RecordedEvent<NewsEvents>, { type: "article.understood" }>;

export interface RereadOptions {
  readonly knowledge: Knowledge;
  readonly topics: readonly Topic[];
  readonly version: ExtractorVersion;
  /** How an article is read: that of the version. */
  readonly understand?: typeof understand;
  /** Counts only what would be read. */
  readonly dryRun?: boolean;
  readonly onProgress?: (articles: number, of: number) => void;
}

export interface Reread {
  /** Articles of the ledger, each as it was printed last. */
  readonly articles: number;
  /** Read by this version before: left alone. */
  readonly upToDate: number;
  /** Their words were removed from the ledger: nothing is left to read. */
  readonly redacted: number;
  /** Understood anew, beside what was understood before. */
  readonly reread: number;
  /** Of these, how many say something else now. */
  readonly changed: number;
}

const chunkSize = 100;

/**
 * Reads every article of the ledger again, as this version of the extractor understands it, from the text that was kept:
 * nothing is fetched. What was understood before stays in the log; the new stands beside it from now on.
 */
export async function reread(
  log: Log,
  // biome-ignore lint/suspicious/noExplicitAny: a caller's database may hold any tables
  db: Kysely<any>,
  options: RereadOptions,
): Promise<Reread> {
  const { latest, upTo } = await lastReadings(log);
  const done = { upToDate: 0, redacted: 0, reread: 0, changed: 0 };
  let chunk: Understood[] = [];
  const flush = async () => {
    const texts = await getTexts(
      db,
      chunk.map(({ data }) => data.textHash),
    );
    for (const before of chunk) await rereadOne(log, before, texts, options, done);
    chunk = [];
    options.onProgress?.(done.upToDate + done.redacted + done.reread, latest.size);
  };
  for await (const event of log.read({ types: ["article.understood"], upTo })) {
    if (event.type !== "article.understood") continue;
    if (latest.get(event.data.documentId) !== event.position) continue;
    if (chunk.push(event) === chunkSize) await flush();
  }
  await flush();
  return { articles: latest.size, ...done };
}

/** Where each article was understood last, up to where the ledger is read: what is appended meanwhile is new enough. */
async function lastReadings(log: Log): Promise<{ latest: Map<string, bigint>; upTo: bigint }> {
  const upTo = await log.safePosition();
  const latest = new Map<string, bigint>();
  for await (const event of log.read({ types: ["article.understood"], upTo }))
    if (event.type === "article.understood") latest.set(event.data.documentId, event.position);
  return { latest, upTo };
}

async function rereadOne(
  log: Log,
  before: Understood,
  texts: ReadonlyMap<string, string>,
  options: RereadOptions,
  done: Omit<{ -readonly [K in keyof Reread]: Reread[K] }, "articles">,
): Promise<void> {
  const text = texts.get(before.data.textHash);
  if (isBy(before.data.extractor, options.version)) done.upToDate++;
  else if (text === undefined) done.redacted++;
  else {
    const item = await itemBehind(log, before);
    const now = readAnew(before.data, text, item, options);
    done.reread++;
    if (saysElse(before.data, now)) done.changed++;
    if (!options.dryRun) await append(log, before, now, text);
  }
}

interface Behind {
  readonly summary: string;
  readonly language: string | null;
  /** What the feed's own words showed. */
  readonly matches: readonly TopicMatch[];
}

/** The item as it stood when the article was understood: its words are matched together with the page's. */
async function itemBehind(log: Log, { data, position }: Understood): Promise<Behind> {
  let behind: Behind = { summary: "", language: data.understanding.language, matches: [] };
  for await (const event of log.readStream(streams.item(data.itemId), { upTo: position })) {
    if (event.type === "item.seen" || event.type === "item.revised") {
      const { summary, language } = event.data;
      behind = { summary, language: language ?? behind.language, matches: [] };
    } else if (event.type === "item.matched" && event.data.from === "feed")
      behind = { ...behind, matches: event.data.matches };
  }
  return behind;
}

const isBy = (a: ExtractorVersion, b: ExtractorVersion): boolean =>
  a.name === b.name && a.version === b.version && a.knowledgeVersion === b.knowledgeVersion;

function readAnew(
  before: Understood["data"],
  text: string,
  { summary, language, matches }: Behind,
  { knowledge, topics, version, understand: read = understand }: RereadOptions,
): Understood["data"] {
  const { title, url, source, publishedAt } = before;
  const understanding = read({ title, text, language, publishedAt, url, source }, knowledge);
  const { entities, occurrences } = understanding;
  const article = { title, summary, text, language, entities, occurrences };
  const found = matchTopics(topics, article).matches;
  return {
    ...before,
    understanding,
    topics: mergeMatches(matches, found),
    extractor: version,
  };
}

const saysElse = (before: Understood["data"], now: Understood["data"]): boolean =>
  JSON.stringify([before.understanding, before.topics]) !==
  JSON.stringify([now.understanding, now.topics]);

async function append(
  log: Log,
  before: Understood,
  now: Understood["data"],
  text: string,
): Promise<void> {
  await log.append(streams.document(now.documentId), [articleUnderstood.create(now)], {
    key: understoodKey(now, text),
    ...(before.correlationId === null ? {} : { correlationId: before.correlationId }),
    causationId: before.id,
  });
}
