import type { CaseStatus, PersonStatus } from "@newsledger/readmodels";
import { moment, reported } from "./dates.ts";
import { line, safeUrl } from "./plain.ts";
import { type Language, words } from "./words.ts";

/** People who stand alike, in one line, with who says so. */
export interface StatusLine {
  readonly names: string;
  readonly status: string;
  /** Since when, for how many days, where; empty when nothing is known. */
  readonly detail: string;
  readonly evidence: StatusEvidence | null;
}

interface StatusEvidence {
  readonly confirmation: string;
  readonly source: string;
  readonly url: string | null;
  readonly published: string;
  readonly found: string;
}

/** The case in a few lines: people with the same status since the same day, at the same place, on the same word, together. */
export function statusLines(
  { persons }: CaseStatus,
  language: Language,
  timeZone: string,
): StatusLine[] {
  const alike = Map.groupBy(persons, ({ status, since, place, last }) =>
    JSON.stringify([status, since, place?.name, last?.reports[0]?.documentId]),
  );
  return [...alike.values()].flatMap((group) => {
    const [person] = group;
    if (!person) return [];
    return {
      names: group.map(({ name }) => line(name, 80)).join(", "),
      status: words[language].status[person.status],
      detail: detail(person, language),
      evidence: evidence(person, language, timeZone),
    };
  });
}

function detail({ since, days, atLeast, place }: PersonStatus, language: Language): string {
  const say = words[language];
  return [
    ...(since === null ? [] : [say.since(reported(since, language), since.length === 10)]),
    ...(days === null || days === 0 ? [] : [say.days(days, atLeast)]),
    ...(place === null ? [] : [line(place.name, 80)]),
  ].join(", ");
}

function evidence(
  { last }: PersonStatus,
  language: Language,
  timeZone: string,
): StatusEvidence | null {
  const report = last?.reports[0];
  if (!last || !report) return null;
  const { labels, confirmed } = words[language];
  return {
    confirmation: confirmed(last.independent),
    source: line(report.source, 80),
    url: safeUrl(report.url),
    published:
      report.publishedAt === null
        ? labels.undated
        : `${labels.published} ${moment(report.publishedAt, language, timeZone)}`,
    found: `${labels.found} ${moment(report.foundAt, language, timeZone)}`,
  };
}
