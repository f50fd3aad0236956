import type { CaseStatus, Correction } from "@newsledger/readmodels";
import { line } from "./plain.ts";
import { type SourceLine, sourceLine } from "./source.ts";
import { standing } from "./status.ts";
import { statusChange } from "./status-change.ts";
import { type Language, words } from "./words.ts";

/** One thing that the reader was told and that is not so any more. */
export interface CorrectionLine {
  /** What became of it, in a sentence or a label. */
  readonly what: string;
  /** Who said it: as it was told; null where the status of a person is corrected. */
  readonly told: SourceLine | null;
  /** What is said now; empty when nothing is. */
  readonly now: readonly string[];
}

/** What sources took back, reworded, or made the ledger count otherwise, the gravest first. */
export function correctionLines(
  corrections: readonly Correction[],
  cases: readonly { before: CaseStatus | null; now: CaseStatus }[],
  language: Language,
  timeZone: string,
): CorrectionLine[] {
  const say = words[language].correction;
  return [
    ...cases.flatMap(({ before, now }) => correctedStatuses(before, now, language)),
    ...cases.flatMap(({ before, now }) => contradictions(before, now, language, timeZone)),
    ...corrections.map((correction) => ({
      what: say[correction.kind],
      told: sourceLine({ ...correction, title: correction.titleBefore }, language, timeZone),
      now: nowSays(correction, language),
    })),
  ];
}

function nowSays(correction: Correction, language: Language): string[] {
  if (correction.kind !== "edited") return [];
  const say = words[language].correction;
  const { titleBefore, titleAfter, summaryBefore, summaryAfter, textChanged } = correction;
  if (titleAfter !== titleBefore) return [say.now(line(titleAfter, 200))];
  if (summaryAfter !== summaryBefore) return [say.now(line(summaryAfter, 240))];
  return textChanged ? [say.text] : [];
}

function correctedStatuses(
  before: CaseStatus | null,
  now: CaseStatus,
  language: Language,
): CorrectionLine[] {
  const say = words[language].correction;
  return (before?.persons ?? []).flatMap((was) => {
    const is = now.persons.find(({ id }) => id === was.id);
    if (!is || statusChange(was, is) !== "corrected") return [];
    const what = say.status(line(is.name, 80), standing(was, language), standing(is, language));
    return [{ what, told: null, now: [] }];
  });
}

/** Reports, new since then, that contradict the status as it was told and still stands. */
function contradictions(
  before: CaseStatus | null,
  now: CaseStatus,
  language: Language,
  timeZone: string,
): CorrectionLine[] {
  if (before === null) return [];
  const say = words[language];
  const known = new Set(
    before.persons.flatMap(({ unsettled }) => unsettled.map(({ documentId }) => documentId)),
  );
  const reports = now.persons.flatMap(({ unsettled }) => unsettled);
  const fresh = new Map(
    reports.filter(({ documentId }) => !known.has(documentId)).map((one) => [one.documentId, one]),
  );
  return [...fresh.values()].map((report) => ({
    what: say.correction.contradicted(say.occurrence[report.code]),
    told: sourceLine(report, language, timeZone),
    now: [`“${line(report.sentence, 240)}”`],
  }));
}
