import type { CaseStatus, CustodyStatus, PersonStatus } from "@newsledger/readmodels";
import { reported } from "./dates.ts";
import { line } from "./plain.ts";
import { type SourceLine, sourceLine } from "./source.ts";
import { statusChange } from "./status-change.ts";
import { type Language, type Words, words } from "./words.ts";

/** People who stand alike, in one line, with who says so. */
export interface StatusLine {
  readonly names: string;
  readonly status: string;
  /** Since when, for how many days, where; empty when nothing is known. */
  readonly detail: string;
  /** How it was in the digest before, when it is not so any more. */
  readonly before: string | null;
  /** A report that contradicts it and does not settle it. */
  readonly disputed: { what: string; source: SourceLine } | null;
  readonly tone: Tone;
  readonly evidence: { confirmation: string; source: SourceLine } | null;
}

/** Of the mark beside the line: held, between, free, or not known. */
export type Tone = "held" | "between" | "free" | "unknown";

const tones: Readonly<Record<CustodyStatus, Tone>> = {
  detained: "held",
  "imprisoned-again": "held",
  convicted: "held",
  extradited: "held",
  "house-arrest": "between",
  free: "free",
  unknown: "unknown",
};

/**
 * The case in a few lines: people with the same status since the same day, at the same place, on the same word, together.
 * `before` is the case as the digest before told it; null when none did.
 */
export function statusLines(
  { persons }: CaseStatus,
  before: CaseStatus | null,
  language: Language,
  timeZone: string,
): StatusLine[] {
  const told = new Map(before?.persons.map((person) => [person.id, person]));
  const alike = Map.groupBy(persons, (person) => {
    const { status, since, place, last, unsettled } = person;
    const was = changed(told.get(person.id), person);
    return JSON.stringify([
      ...[status, since, place?.name, last?.reports[0]?.documentId],
      ...[unsettled.at(-1)?.documentId, was?.status],
    ]);
  });
  const say = words[language];
  return [...alike.values()].flatMap((group) => {
    const [person] = group;
    if (!person) return [];
    const was = changed(told.get(person.id), person);
    return {
      names: group.map(({ name }) => line(name, 80)).join(", "),
      status: say.status[person.status],
      detail: detail(person, language),
      before: was === null ? null : say.before(standing(was, language)),
      disputed: disputed(person, say, language, timeZone),
      tone: tones[person.status],
      evidence: evidence(person, language, timeZone),
    };
  });
}

const changed = (before: PersonStatus | undefined, now: PersonStatus): PersonStatus | null =>
  before !== undefined && statusChange(before, now) === "changed" ? before : null;

/** “free since 19 December 2023” */
export const standing = (person: PersonStatus, language: Language): string =>
  [
    words[language].status[person.status],
    ...(person.since === null ? [] : [sinceWords(person.since, language)]),
  ].join(" ");

const sinceWords = (since: string, language: Language): string =>
  words[language].since(reported(since, language), since.length === 10);

function detail({ since, days, atLeast, place }: PersonStatus, language: Language): string {
  return [
    ...(since === null ? [] : [sinceWords(since, language)]),
    ...(days === null || days === 0 ? [] : [words[language].days(days, atLeast)]),
    ...(place === null ? [] : [line(place.name, 80)]),
  ].join(", ");
}

function disputed(person: PersonStatus, say: Words, language: Language, timeZone: string) {
  const report = person.unsettled.at(-1);
  if (!report) return null;
  return {
    what: say.disputed(say.occurrence[report.code]),
    source: sourceLine(report, language, timeZone),
  };
}

function evidence({ last }: PersonStatus, language: Language, timeZone: string) {
  const report = last?.reports[0];
  if (!last || !report) return null;
  return {
    confirmation: words[language].confirmed(last.independent),
    source: sourceLine(report, language, timeZone),
  };
}
