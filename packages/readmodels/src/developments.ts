import type { OccurrenceCode } from "@newsledger/core";
import type { Claim } from "./claim.ts";
import { dayOf, daysBetween, firstDay, isPartialDate } from "./partial-date.ts";

/** Many articles, one event in the world: which claims tell the same change of custody, and when it happened. */

export type Kind = "prison" | "house-arrest" | "free" | "convict" | "extradite";

export interface Cluster {
  kind: Kind;
  code: OccurrenceCode;
  date: string;
  /** No source dates it: the date is the day of the first report. */
  assumed: boolean;
  otherDates: string[];
  claims: [Claim, ...Claim[]];
}

const kinds: Readonly<Partial<Record<OccurrenceCode, Kind>>> = {
  arrest: "prison",
  reimprison: "prison",
  "house-arrest": "house-arrest",
  release: "free",
  "prisoner-swap": "free",
  convict: "convict",
  extradite: "extradite",
};

export const custodyCodes = Object.keys(kinds);

/** Sources differ by a day or two on when someone was taken (9, 10 or 11 September): that is one event, with other dates. */
const sameWithinDays = 3;
/** News stands in the first sentences; what comes later tells how it came to this. */
const leadCharacters = 600;

interface Draft {
  kind: Kind;
  assumed: boolean;
  claims: [Claim, ...Claim[]];
}

/** Claims as developments in the order they happened, and those that could not be placed. */
export function clustersOf(claims: readonly Claim[]): {
  clusters: Cluster[];
  unplaced: Claim[];
} {
  const told = claims
    .filter(({ code }) => kinds[code] !== undefined)
    .map(settled)
    .toSorted((a, b) => a.publicAt.getTime() - b.publicAt.getTime());
  const drafts: Draft[] = [];
  // The exact dates make the developments; vaguer ones join them, or stand alone when nothing exact is known.
  for (const length of [10, 7, 4])
    for (const claim of told.filter(({ date }) => date?.length === length).toSorted(byDate))
      place(claim, drafts, told);
  const unplaced = told
    .filter(({ date }) => date === null)
    .filter((claim) => !placeUndated(claim, drafts, told));
  return { clusters: drafts.map(finish).toSorted(inOrder), unplaced };
}

/** A date that is none, or lies after its own publication, is no date. */
function settled(claim: Claim): Claim {
  const tomorrow = dayOf(new Date(claim.publicAt.getTime() + 86_400_000));
  const { date } = claim;
  return date !== null && isPartialDate(date) && firstDay(date) <= tomorrow
    ? claim
    : { ...claim, date: null };
}

const byDate = (a: Claim, b: Claim) =>
  (a.date ?? "") < (b.date ?? "") ? -1 : a.date === b.date ? 0 : 1;
const kindOf = ({ code }: Claim): Kind => kinds[code] ?? "prison";

function place(claim: Claim, drafts: Draft[], told: readonly Claim[]): void {
  const date = claim.date ?? "";
  const alike = drafts.filter(
    ({ kind, claims }) => kind === kindOf(claim) && matches(date, claims, told),
  );
  const best = alike.toSorted((a, b) => b.claims.length - a.claims.length)[0];
  if (best) best.claims.push(claim);
  else drafts.push({ kind: kindOf(claim), assumed: false, claims: [claim] });
}

function matches(date: string, claims: readonly Claim[], told: readonly Claim[]): boolean {
  return claims.some((other) => {
    const known = other.date ?? "";
    if (date.length < 10 || known.length < 10)
      return known.startsWith(date) || date.startsWith(known);
    return (
      Math.abs(daysBetween(known, date)) <= sameWithinDays && !interrupted(known, date, other, told)
    );
  });
}

/** Taken, freed and taken again within three days is not one event. */
function interrupted(a: string, b: string, claim: Claim, told: readonly Claim[]): boolean {
  const [from, to] = a < b ? [a, b] : [b, a];
  return told.some(
    (other) =>
      kindOf(other) !== kindOf(claim) &&
      kindOf(other) !== "convict" &&
      other.date?.length === 10 &&
      from < other.date &&
      other.date < to,
  );
}

/**
 * A claim without a date tells news or background. It is news when it stands at the top, follows from what is known of that
 * day, and its article does not also tell the state already known. Else it confirms the latest development of its kind.
 */
function placeUndated(claim: Claim, drafts: Draft[], told: readonly Claim[]): boolean {
  const until = dayOf(new Date(claim.publicAt.getTime() + 86_400_000));
  const past = drafts.filter(({ claims }) => startOf(claims) <= until).toSorted(byStart);
  const state = past.findLast(({ kind }) => kind !== "convict")?.kind ?? null;
  const same = past.findLast(({ kind }) => kind === kindOf(claim)) ?? null;
  const news = isNews(claim, state, same) && !isRecalled(claim, state, told);
  if (news) drafts.push({ kind: kindOf(claim), assumed: true, claims: [claim] });
  else same?.claims.push(claim);
  return news || same !== null;
}

/** What may follow from what: from no knowledge anything can be news; from liberty only a return to prison is sure to be. */
const follows: Readonly<Record<Kind, readonly Kind[]>> = {
  prison: ["prison", "house-arrest", "free", "convict", "extradite"],
  "house-arrest": ["prison", "free", "convict", "extradite"],
  free: ["prison"],
  convict: [],
  extradite: ["free", "convict"],
};

function isNews(claim: Claim, state: Kind | null, same: Draft | null): boolean {
  const kind = kindOf(claim);
  if (claim.startsAt > leadCharacters) return false;
  if (kind === "convict" && same) return false;
  if (state === null) return true;
  // A plain arrest of someone known to be held, or to have been, is how articles recall the first one.
  if (kind === "prison" && claim.code !== "reimprison") return false;
  // Back in prison: news once, even when nobody here reported the leave in between.
  if (kind === "prison" && state === "prison")
    return same?.claims.every(({ code }) => code !== "reimprison") ?? true;
  return follows[state].includes(kind);
}

/** “Taken back to prison from house arrest” tells the new state first and recalls the old one. */
function isRecalled(claim: Claim, state: Kind | null, told: readonly Claim[]): boolean {
  return told.some(
    (other) =>
      other.report.documentId === claim.report.documentId &&
      kindOf(other) === state &&
      state !== kindOf(claim) &&
      other.startsAt <= claim.startsAt,
  );
}

function finish({ kind, assumed, claims }: Draft): Cluster {
  const dates = assumed ? [] : mostReportedFirst(claims.flatMap(({ date }) => date ?? []));
  const precise = Math.max(...dates.map(({ length }) => length));
  const [date = dayOf(claims[0].publicAt), ...others] = dates.filter(
    ({ length }) => length === precise,
  );
  const [code = claims[0].code] = mostReportedFirst(claims.map(({ code }) => code));
  return {
    kind,
    code,
    date,
    assumed,
    otherDates: others.sort(),
    claims,
  };
}

function mostReportedFirst<T extends string>(values: readonly T[]): T[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value);
}

const startOf = (claims: readonly [Claim, ...Claim[]]): string =>
  firstDay(
    claims.find(({ date }) => date?.length === 10)?.date ??
      claims[0].date ??
      dayOf(claims[0].publicAt),
  );
const byStart = (a: Draft, b: Draft) => (startOf(a.claims) < startOf(b.claims) ? -1 : 1);

/** On one day: taken, then judged, then moved, then freed. */
const withinDay: readonly Kind[] = ["prison", "convict", "extradite", "house-arrest", "free"];
const inOrder = (a: Cluster, b: Cluster) =>
  firstDay(a.date) === firstDay(b.date)
    ? withinDay.indexOf(a.kind) - withinDay.indexOf(b.kind)
    : firstDay(a.date) < firstDay(b.date)
      ? -1
      : 1;
