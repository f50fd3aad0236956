import type { NewsEvents } from "@newsledger/core";
import type { EventLog } from "@newsledger/eventlog";
import type { Facts } from "./facts.ts";
import { concernsFeed, type FeedEvent, feedTypes } from "./feed-watch.ts";
import { Fold } from "./fold.ts";
import { withMembers } from "./matching.ts";
import { articleOf } from "./read-report.ts";
import { factsOf, type ReportOptions, remembered, type Understood } from "./report.ts";
import { type KeptReport, keptReports } from "./report-store.ts";
import type { Rule } from "./rule.ts";
import type { Database } from "./rules.ts";
import { noteOf, sentence } from "./why.ts";

/** One alert that a rule would have raised. */
export interface WouldAlert {
  /** Null for what no report raises: silence, and feeds in trouble. */
  readonly storyId: string | null;
  readonly title: string;
  readonly source: string | null;
  readonly url: string | null;
  readonly publishedAt: string | null;
  readonly foundAt: Date;
  readonly lateFind: boolean;
  readonly why: string;
  /** It was history when its feed was met: a rule stays silent on it. */
  readonly history: boolean;
}

export interface DryRunOptions extends ReportOptions {
  /** Also what was history when its feed was met, as if it had come as news. */
  readonly history?: boolean;
  readonly now: Date;
  /** Ends it early, with its reason as error. */
  readonly signal?: AbortSignal | undefined;
}

/** The ledger, and what the rules remember of it. */
export interface Ledger {
  readonly log: EventLog<NewsEvents>;
  readonly db: Database;
}

/** Puts a rule to the whole ledger and sends nothing: what it would have said, oldest first. */
export async function* dryRun(
  ledger: Ledger,
  rule: Rule,
  options: DryRunOptions,
): AsyncGenerator<WouldAlert> {
  const { when } = rule;
  if (when.kind === "feed-trouble") yield* feedsInTrouble(ledger.log, rule, options);
  else if (when.kind === "silence") yield* silences(ledger, rule, when, options);
  else yield* reports(ledger, rule, options);
}

async function* reports(
  ledger: Ledger,
  rule: Rule,
  options: DryRunOptions,
): AsyncGenerator<WouldAlert> {
  const fold = new Fold(rule, options);
  const all = options.history ? asTheyCame(ledger, options) : told(ledger, options);
  for await (const { storyId, title, source, url, publishedAt, facts } of all) {
    const finding = fold.take(storyId, options.history ? asNews(facts) : facts);
    if (!finding) continue;
    const { foundAt, backfill: history } = facts;
    const { lateFind, why } = finding;
    yield { storyId, title, source, url, publishedAt, foundAt, lateFind, why, history };
  }
}

/** In the order in which the world could read them: history is found in any order. */
async function* asTheyCame(ledger: Ledger, options: DryRunOptions): AsyncGenerator<KeptReport> {
  const all = await Array.fromAsync(told(ledger, options));
  const time = ({ facts: { publishedAt, foundAt } }: KeptReport) =>
    publishedAt !== null && publishedAt < foundAt ? publishedAt.getTime() : foundAt.getTime();
  const timed = all.map((report) => ({ report, at: time(report) }));
  for (const { report } of timed.sort((a, b) => a.at - b.at)) yield report;
}

/** History as it would have been found, had its feed been followed. */
const asNews = (facts: Facts): Facts =>
  facts.backfill
    ? { ...facts, backfill: false, foundAt: facts.publishedAt ?? facts.foundAt }
    : facts;

/** Every report: as it is remembered, and from the log what the rules have not read yet. */
async function* told(
  { log, db }: Ledger,
  options: ReportOptions & Pick<DryRunOptions, "signal">,
): AsyncGenerator<KeptReport> {
  let position = 0n;
  for await (const one of keptReports(db, options.kindOf)) {
    options.signal?.throwIfAborted();
    position = one.position;
    yield one;
  }
  const articles = new Map<string, Understood>();
  const types = ["article.understood", "story.opened", "story.joined"] as const;
  for await (const event of log.read({ types, after: position })) {
    options.signal?.throwIfAborted();
    if (event.type === "article.understood") articles.set(event.data.documentId, event);
    if (event.type !== "story.opened" && event.type !== "story.joined") continue;
    const { documentId } = event.data;
    const article = articles.get(documentId) ?? (await articleOf(log, event));
    articles.delete(documentId); // a document stands in its story once
    // When it was understood: the ledger had seen the item a little earlier.
    const facts = factsOf(event, article, { foundAt: article.recordedAt, text: null }, options);
    yield { ...event.data, position: event.position, facts };
  }
}

async function* feedsInTrouble(
  log: EventLog<NewsEvents>,
  rule: Rule,
  { signal }: DryRunOptions,
): AsyncGenerator<WouldAlert> {
  const titles = new Map<string, string>();
  const types = feedTypes.filter((type) => type !== "item.seen");
  for await (const event of log.read({ types })) {
    signal?.throwIfAborted();
    const { type, data, recordedAt } = event as Exclude<FeedEvent, { type: "item.seen" }>;
    if (type === "feed.added") titles.set(data.feedId, data.title);
    if (!concernsFeed(rule, { type, data })) continue;
    const title = `${titles.get(data.feedId) ?? data.feedId}: ${type}`;
    const reason = "reason" in data ? data.reason : undefined;
    yield { ...unheard, title, foundAt: recordedAt, why: sentence([reason ?? "", noteOf(rule)]) };
  }
}

async function* silences(
  ledger: Ledger,
  rule: Rule,
  { of, days }: Extract<Rule["when"], { kind: "silence" }>,
  options: DryRunOptions,
): AsyncGenerator<WouldAlert> {
  const heard =
    of === "feeds"
      ? await itemTimes(ledger.log, options)
      : await reportTimes(ledger, rule, options);
  const times = [...heard, options.now.getTime()].sort((a, b) => a - b);
  for (const [at, time] of times.entries()) {
    const before = times[at - 1];
    if (before === undefined || time - before < days * dayMs) continue;
    const foundAt = new Date(before + days * dayMs);
    const since = new Date(before).toISOString().slice(0, 10);
    const why = sentence([`nothing since ${since}`, noteOf(rule)]);
    yield { ...unheard, title: `Nothing for ${days} days`, foundAt, why };
  }
}

async function reportTimes(
  ledger: Ledger,
  { topic, entities, occurrences }: Rule,
  options: DryRunOptions,
): Promise<number[]> {
  const wanted = withMembers(entities, options.groups);
  const times: number[] = [];
  for await (const { facts } of told(ledger, options)) {
    const row = remembered(facts, options);
    if (!row.own || !row.topics.includes(topic)) continue;
    if (wanted.size > 0 && !row.entities.some((id) => wanted.has(id))) continue;
    if (occurrences.length > 0 && !occurrences.some((code) => row.codes.includes(code))) continue;
    times.push(row.publicAt.getTime());
  }
  return times;
}

async function itemTimes(log: EventLog<NewsEvents>, { signal }: DryRunOptions): Promise<number[]> {
  const times: number[] = [];
  for await (const event of log.read({ types: ["item.seen"] })) {
    signal?.throwIfAborted();
    times.push(event.recordedAt.getTime());
  }
  return times;
}

const unheard = {
  storyId: null,
  source: null,
  url: null,
  publishedAt: null,
  lateFind: false,
  history: false,
} as const;

const dayMs = 86_400_000;
