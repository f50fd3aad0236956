import type { NewsEvents } from "@newsledger/core";
import type { RecordedEvent } from "@newsledger/eventlog";
import { ageHours, firstKey } from "./evaluate.ts";
import type { EvaluateOptions, Facts } from "./facts.ts";
import type { KindOf } from "./outlet.ts";
import { custodyKind } from "./standing.ts";

/** One report of a story, as the rules see it: made from its two events alone. */

export type StoryEvent = Extract<
  RecordedEvent<NewsEvents>,
  { type: "story.opened" | "story.joined" }
>;
export type Understood = Extract<RecordedEvent<NewsEvents>, { type: "article.understood" }>;

/** A report of a story with all that was understood of it. */
export interface Reading {
  readonly event: StoryEvent;
  readonly article: Understood;
  readonly facts: Facts;
}

export interface ReportOptions extends EvaluateOptions {
  readonly kindOf: KindOf;
}

export function factsOf(
  { type, data }: StoryEvent,
  { data: article }: Pick<Understood, "data">,
  { foundAt, text }: { foundAt: Date; text: string | null },
  { kindOf }: Pick<ReportOptions, "kindOf">,
): Facts {
  const { url, source } = data;
  return {
    topics: data.topics,
    matches: article.topics,
    entities: article.understanding.entities,
    occurrences: article.understanding.occurrences,
    text,
    language: article.understanding.language,
    source,
    sourceKind: kindOf({ url, source }),
    publishedAt: data.publishedAt === null ? null : new Date(data.publishedAt),
    foundAt,
    backfill: data.backfill,
    relation: type === "story.joined" ? data.relation : null,
  };
}

/** What is remembered of a report. */
export interface Remembered {
  readonly topics: readonly string[];
  /** One newsroom confirms itself no better by writing twice. */
  readonly source: string;
  readonly own: boolean;
  readonly opens: boolean;
  readonly publicAt: Date;
  readonly countedOn: string | null;
  readonly entities: readonly string[];
  readonly codes: readonly string[];
}

export function remembered(facts: Facts, { lateAfterHours }: EvaluateOptions): Remembered {
  const { publishedAt, foundAt, backfill, relation } = facts;
  const publicAt = publishedAt !== null && publishedAt < foundAt ? publishedAt : foundAt;
  const late = ageHours(facts) > lateAfterHours;
  return {
    topics: [
      ...new Set(facts.topics.filter(({ tier }) => tier === "alert").map(({ topicId }) => topicId)),
    ],
    source: facts.source.trim().toLowerCase(),
    own: relation !== "copy",
    opens: relation === null,
    publicAt,
    // History counts on the day it was published, news on the day it was found, late finds on none.
    countedOn: backfill ? isoDay(publicAt) : late ? null : isoDay(foundAt),
    entities: [...new Set(facts.entities.flatMap(({ id }) => id ?? []))],
    codes: [...new Set(facts.occurrences.map(({ code }) => code))],
  };
}

/** What an article may be the first to mention. */
export function thingsIn({ entities, occurrences }: Facts): string[] {
  const named = entities.flatMap(({ id, type }) =>
    id !== null && type !== "place" && type !== "event" ? firstKey.entity(id) : [],
  );
  const told = occurrences.flatMap(({ code, actors, targets }) => [
    firstKey.code(code),
    ...[...actors, ...targets].flatMap(({ id }) => (id === null ? [] : firstKey.pair(id, code))),
  ]);
  return [...new Set([...named, ...told])];
}

/** Whose custody an article may change: its persons, and everyone in a group that it speaks of. */
export function personsIn(
  { entities, occurrences }: Facts,
  { groups, people }: EvaluateOptions,
): Map<string, { name: string; ids: ReadonlySet<string> }> {
  const found = new Map<string, { name: string; ids: Set<string> }>();
  const add = (id: string, name: string, by: string) => {
    const person = found.get(id) ?? { name: people?.get(id)?.name ?? name, ids: new Set<string>() };
    person.ids.add(by);
    found.set(id, person);
  };
  const types = new Map(entities.map(({ id, type }) => [id, type]));
  const targets = occurrences
    .filter(({ code }) => custodyKind(code) !== null)
    .flatMap((occurrence) => occurrence.targets);
  for (const { id, name } of targets) {
    if (id === null) continue;
    const members = groups.get(id);
    if (members) for (const member of members) add(member, member, id);
    else if (types.get(id) === "person" || people?.has(id)) add(id, name, id);
  }
  return found;
}

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
