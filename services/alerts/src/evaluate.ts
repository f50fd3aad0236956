import type { ArticleEntity, NewsEvents, Occurrence, OccurrenceCode } from "@newsledger/core";
import { passage } from "./passage.ts";

/** What a person wants to hear of at once: a topic and, if given, any of these entities and any of these occurrences. */
export interface Rule {
  readonly ruleId: string;
  readonly name: string;
  readonly topic: string;
  /** Knowledge base ids; a group stands for itself and for each of its members. Empty: any. */
  readonly entities: readonly string[];
  /** Empty: any. */
  readonly occurrences: readonly OccurrenceCode[];
  /** The owner's own words on why this is followed. */
  readonly note: string | null;
  /** Nothing published longer ago than this raises an alert; null: no limit. */
  readonly maxAgeHours: number | null;
}

/** All that a rule is asked about: one article, understood, and its place in a story. */
export interface Facts {
  readonly topics: readonly { topicId: string; tier: "alert" | "digest" }[];
  readonly matches: NewsEvents["article.understood"]["topics"];
  readonly entities: readonly ArticleEntity[];
  readonly occurrences: readonly Occurrence[];
  /** The text that offsets count in; null when it was redacted. */
  readonly text: string | null;
  readonly publishedAt: Date | null;
  readonly foundAt: Date;
  /** Already history when its feed was met. */
  readonly backfill: boolean;
  /** How it joined its story; null for the one that opened it. */
  readonly relation: "copy" | "independent" | "update" | null;
}

export interface Finding {
  readonly lateFind: boolean;
  /** One sentence for people: the topic, what matched, and the owner's note. */
  readonly why: string;
  readonly entities: ArticleEntity[];
  readonly occurrences: Occurrence[];
  readonly evidence: { quote: string; start: number; end: number }[];
}

export interface EvaluateOptions {
  readonly lateAfterHours: number;
  /** Group id → ids of its members. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** Whether a rule fires, and why; null when it stays silent. */
export function evaluate(rule: Rule, facts: Facts, options: EvaluateOptions): Finding | null {
  if (facts.backfill || facts.relation === "copy") return null;
  if (!facts.topics.some(({ topicId, tier }) => topicId === rule.topic && tier === "alert"))
    return null;

  const ageHours = hoursBetween(facts.publishedAt, facts.foundAt);
  if (rule.maxAgeHours !== null && ageHours > rule.maxAgeHours) return null;

  const wanted = withMembers(rule.entities, options.groups);
  const entities = facts.entities.filter(({ id }) => id !== null && wanted.has(id));
  if (rule.entities.length > 0 && entities.length === 0) return null;

  const codes = new Set<string>(rule.occurrences);
  const occurrences = facts.occurrences.filter(({ code }) => codes.size === 0 || codes.has(code));
  if (codes.size > 0 && occurrences.length === 0) return null;

  const ranked = mostAboutFirst(occurrences, wanted);
  return {
    lateFind: ageHours > options.lateAfterHours,
    why: reason(rule, facts, entities, codes.size > 0 ? ranked : []),
    entities,
    occurrences: ranked,
    evidence: evidence(facts, entities, ranked),
  };
}

const hoursBetween = (from: Date | null, to: Date): number =>
  from === null ? 0 : (to.getTime() - from.getTime()) / 3_600_000;

function withMembers(
  ids: readonly string[],
  groups: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => [id, ...(groups.get(id) ?? [])]));
}

/** What involves a wanted entity comes before what merely stands in the same article. */
function mostAboutFirst(
  occurrences: readonly Occurrence[],
  wanted: ReadonlySet<string>,
): Occurrence[] {
  const involves = ({ actors, targets }: Occurrence) =>
    [...actors, ...targets].some(({ id }) => id !== null && wanted.has(id)) ? 0 : 1;
  return occurrences.toSorted((a, b) => involves(a) - involves(b));
}

function reason(
  rule: Rule,
  facts: Facts,
  entities: readonly ArticleEntity[],
  occurrences: readonly Occurrence[],
): string {
  const words = facts.matches
    .filter(({ topicId }) => topicId === rule.topic)
    .flatMap(({ reasons }) => reasons.map(({ matched }) => `“${matched}”`));
  const named = entities.map(({ name }) => name);
  const codes = occurrences.map(({ code }) => code);
  return [
    `topic ${rule.topic}${list(words, ", matched on ")}`,
    rule.entities.length > 0 ? `names ${list(named)}` : "",
    list(codes, "reports "),
    rule.note === null ? "" : `your note: ${rule.note}`,
  ]
    .filter((part) => part !== "")
    .join("; ");
}

const list = (values: readonly string[], before = ""): string => {
  const distinct = [...new Set(values)].slice(0, 6);
  return distinct.length === 0 ? "" : before + distinct.join(", ");
};

/** The sentences that say it: of the occurrences, else around the first mention of each entity, else what the topic matched on. */
function evidence(
  { text, matches }: Facts,
  entities: readonly ArticleEntity[],
  occurrences: readonly Occurrence[],
): Finding["evidence"] {
  const sentences = occurrences.map(({ sentence, start, end }) => ({
    quote: sentence,
    start,
    end,
  }));
  const mentions = entities.flatMap(({ mentions: [first] }) => first ?? []);
  const reasons = matches
    .flatMap((match) => match.reasons)
    .filter(({ field }) => field === "text")
    .map(({ matched, start, end }) => ({ text: matched, start, end }));
  const around = [...mentions, ...reasons].map((span) =>
    text === null
      ? { quote: span.text, start: span.start, end: span.end }
      : passage(text, span.start, span.end),
  );
  const seen = new Set<string>();
  return [...sentences, ...around]
    .filter(({ quote }) => quote !== "" && !seen.has(quote) && seen.add(quote))
    .slice(0, 5);
}
