import type { OccurrenceCode, Participant, TopicTier } from "@newsledger/core";
import type { Matches } from "./matched.ts";
import { outletOf } from "./outlet.ts";
import { dayOf, daysBetween, firstDay, isPartialDate, lastDay } from "./partial-date.ts";
import type { OccurrenceLine, Relation, Report, StoryEntry } from "./view.ts";

/** One article in a story, as the read model keeps it. */
export interface Member extends Report {
  storyId: string;
  position: bigint;
  /** When the world could read it. */
  publicAt: Date;
  topics: { topicId: string; tier: TopicTier }[];
  backfill: boolean;
  matched?: Matches;
}

export interface ToldOccurrence {
  documentId: string;
  code: OccurrenceCode;
  date: string | null;
  actors: Participant[];
  targets: Participant[];
  place: Participant | null;
  sentence: string;
}

const lateAfterMs = 7 * 86_400_000;
const mostOccurrences = 12;

/** Folds the members of one story into what a person reads: earliest first, copies counted, not listed as news. */
export function storyOf(members: readonly Member[], told: readonly ToldOccurrence[]): StoryEntry {
  const inOrder = members.toSorted(byTime);
  const [earliest] = inOrder;
  if (!earliest) throw new TypeError("a story has at least one article");
  const reports = [...inOrder.filter(isOwn), ...inOrder.filter((member) => !isOwn(member))];
  return {
    storyId: earliest.storyId,
    title: earliest.title,
    language: earliest.language,
    source: earliest.source,
    url: earliest.url,
    publishedAt: earliest.publishedAt,
    foundAt: earliest.foundAt,
    why: earliest.why,
    topics: topicsOf(members),
    occurrences: distinctOccurrences(inOrder, told),
    independent: outlets(members.filter(isOwn)),
    copies: members.filter((member) => !isOwn(member)).length,
    reports: reports.map(reportOf),
    lateFind: isLate(earliest),
    backfill: members.every(({ backfill }) => backfill),
  };
}

/** The member whose words and reasons stand for the story. */
export const earliestOf = (members: readonly Member[]): Member | undefined =>
  members.toSorted(byTime)[0];

const byTime = (a: Member, b: Member): number =>
  a.publicAt.getTime() - b.publicAt.getTime() || Number(a.position - b.position);

export const isOwn = ({ relation }: { relation: Relation }): boolean => relation !== "copy";

/** Outlets are counted, not articles: one newsroom confirms itself no better by writing twice. */
export const outlets = (reports: readonly { source: string }[]): number =>
  new Set(reports.map(({ source }) => outletOf(source))).size;

const isLate = ({ publishedAt, foundAt }: { publishedAt: Date | null; foundAt: Date }) =>
  publishedAt !== null && foundAt.getTime() - publishedAt.getTime() > lateAfterMs;

/** A report alone, without what only the fold needs. */
export const reportOf = (report: Report): Report => ({
  documentId: report.documentId,
  itemId: report.itemId,
  title: report.title,
  language: report.language,
  relation: report.relation,
  source: report.source,
  url: report.url,
  publishedAt: report.publishedAt,
  foundAt: report.foundAt,
  why: report.why,
});

function topicsOf(members: readonly Member[]): StoryEntry["topics"] {
  const tiers = new Map<string, TopicTier>();
  for (const { topicId, tier } of members.flatMap(({ topics }) => topics))
    if (tier === "alert" || !tiers.has(topicId)) tiers.set(topicId, tier);
  return [...tiers].map(([topicId, tier]) => ({ topicId, tier })).sort(byTopic);
}

const byTopic = (a: { topicId: string }, b: { topicId: string }) =>
  a.topicId < b.topicId ? -1 : 1;

/**
 * The same deed told by several articles is one line: the earliest telling that dates it, else the earliest. What happened
 * about when the story was published is its news and goes first; what happened long before is background and goes last.
 */
function distinctOccurrences(
  members: readonly Member[],
  told: readonly ToldOccurrence[],
): OccurrenceLine[] {
  const ofDocument = Map.groupBy(told, ({ documentId }) => documentId);
  const inOrder = members.flatMap(({ documentId }) => ofDocument.get(documentId) ?? []);
  const lines = new Map<string, OccurrenceLine>();
  for (const { documentId: _, ...line } of inOrder) {
    const key = [line.code, ...line.targets.map(({ id, name }) => id ?? name).sort()].join("|");
    const kept = lines.get(key);
    if (!kept || (kept.date === null && line.date !== null)) lines.set(key, line);
  }
  const published = members[0]?.publicAt ?? new Date(0);
  const order = ({ date, code }: OccurrenceLine) =>
    (date === null ? 2 : isAbout(date, published) ? 0 : 4) + (code === "statement" ? 1 : 0);
  return [...lines.values()].toSorted((a, b) => order(a) - order(b)).slice(0, mostOccurrences);
}

const newsForDays = 31;

/** Whether something of this date can be what an article of that day reports. */
function isAbout(date: string, published: Date): boolean {
  if (!isPartialDate(date)) return false;
  const before = daysBetween(lastDay(date), dayOf(published));
  return before <= newsForDays && daysBetween(firstDay(date), dayOf(published)) >= -1;
}

/** When what the story reports happened; null when no source says, or only of its background. */
export function happenedOn({
  occurrences,
  publishedAt,
  foundAt,
}: Pick<StoryEntry, "occurrences" | "publishedAt" | "foundAt">): string | null {
  const published = publishedAt ?? foundAt;
  return occurrences.find(({ date }) => date !== null && isAbout(date, published))?.date ?? null;
}
