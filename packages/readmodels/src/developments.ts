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
  const drafts = datedDrafts(told);
  const unplaced = placeUndated(told, drafts);
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

/** The exact dates make the developments; vaguer ones join them, or stand alone when nothing exact is known. */
function datedDrafts(told: readonly Claim[]): Draft[] {
  const drafts: Dated[] = [];
  const exact = exactDates(told);
  const placed = new Map<string, Dated>();
  for (const length of [10, 7, 4])
    for (const claim of told.filter(({ date }) => date?.length === length).toSorted(byDate)) {
      // What says the same goes where the first went: a case has thousands of claims, and few dates.
      const key = `${kindOf(claim)} ${claim.date}`;
      const same = placed.get(key);
      if (same) same.claims.push(claim);
      else placed.set(key, place(claim, drafts, exact));
    }
  return drafts;
}

/** A draft with all the dates that its claims give. */
interface Dated extends Draft {
  dates: Set<string>;
}

interface Exact {
  kind: Kind;
  date: string;
}

/** Each kind and day once. */
function exactDates(told: readonly Claim[]): Exact[] {
  const days = new Map<string, Exact>();
  for (const claim of told)
    if (claim.date?.length === 10)
      days.set(`${kindOf(claim)} ${claim.date}`, { kind: kindOf(claim), date: claim.date });
  return [...days.values()];
}

function place(claim: Claim, drafts: Dated[], exact: readonly Exact[]): Dated {
  const date = claim.date ?? "";
  const kind = kindOf(claim);
  const alike = drafts.filter((draft) => draft.kind === kind && matches(date, draft, exact));
  const best = alike.toSorted((a, b) => b.claims.length - a.claims.length)[0];
  if (!best) {
    const draft: Dated = { kind, assumed: false, claims: [claim], dates: new Set([date]) };
    drafts.push(draft);
    return draft;
  }
  best.claims.push(claim);
  best.dates.add(date);
  return best;
}

function matches(date: string, { kind, dates }: Dated, exact: readonly Exact[]): boolean {
  return [...dates].some((known) => {
    if (date.length < 10 || known.length < 10)
      return known.startsWith(date) || date.startsWith(known);
    return (
      Math.abs(daysBetween(known, date)) <= sameWithinDays && !interrupted(known, date, kind, exact)
    );
  });
}

/** Taken, freed and taken again within three days is not one event. */
function interrupted(a: string, b: string, kind: Kind, exact: readonly Exact[]): boolean {
  const [from, to] = a < b ? [a, b] : [b, a];
  return exact.some(
    (other) =>
      other.kind !== kind && other.kind !== "convict" && from < other.date && other.date < to,
  );
}

interface Started {
  draft: Draft;
  start: string;
  /** Of what starts on one day, what was found out later counts as later. */
  nth: number;
}

/**
 * Claims without a date, in the order in which they could be read; answers those that stand alone. Such a claim tells news or
 * background. It is news when it stands at the top, follows from what is known of that day, and its article does not also tell
 * the state already known. Else it confirms the latest development of its kind.
 */
function placeUndated(told: readonly Claim[], drafts: Draft[]): Claim[] {
  const started = (draft: Draft, nth: number): Started => ({
    ...{ draft, nth, start: startOf(draft.claims) },
  });
  const coming = drafts.map(started).toSorted((a, b) => (isLater(a, b) ? 1 : -1));
  const ofDocument = Map.groupBy(told, ({ report }) => report.documentId);
  const latest = new Map<Kind, Started>();
  const unplaced: Claim[] = [];
  for (const claim of told.filter(({ date }) => date === null)) {
    const until = dayOf(new Date(claim.publicAt.getTime() + 86_400_000));
    // The days only go on, and no claim without a date moves a start: the latest of each kind is all that must be kept.
    for (; coming[0] && coming[0].start <= until; coming.shift()) keepLater(latest, coming[0]);
    const state = stateOf(latest);
    const same = latest.get(kindOf(claim))?.draft ?? null;
    const beside = ofDocument.get(claim.report.documentId) ?? [];
    if (isNews(claim, state, same) && !isRecalled(claim, state, beside)) {
      const draft: Draft = { kind: kindOf(claim), assumed: true, claims: [claim] };
      drafts.push(draft);
      keepLater(latest, started(draft, drafts.length - 1));
    } else if (same) same.claims.push(claim);
    else unplaced.push(claim);
  }
  return unplaced;
}

const isLater = (a: Started, b: Started): boolean =>
  a.start === b.start ? a.nth > b.nth : a.start > b.start;

function keepLater(latest: Map<Kind, Started>, one: Started): void {
  const known = latest.get(one.draft.kind);
  if (!known || isLater(one, known)) latest.set(one.draft.kind, one);
}

/** What the latest development left someone in; a verdict leaves them where they were. */
function stateOf(latest: ReadonlyMap<Kind, Started>): Kind | null {
  const changes = [...latest.values()].filter(({ draft }) => draft.kind !== "convict");
  const [last] = changes.toSorted((a, b) => (isLater(a, b) ? -1 : 1));
  return last?.draft.kind ?? null;
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

/** “Taken back to prison from house arrest” tells the new state first and recalls the old one: `beside` it, in one article. */
function isRecalled(claim: Claim, state: Kind | null, beside: readonly Claim[]): boolean {
  return beside.some(
    (other) =>
      kindOf(other) === state && state !== kindOf(claim) && other.startsAt <= claim.startsAt,
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

/** On one day: taken, then judged, then moved, then freed. */
const withinDay: readonly Kind[] = ["prison", "convict", "extradite", "house-arrest", "free"];
const inOrder = (a: Cluster, b: Cluster) =>
  firstDay(a.date) === firstDay(b.date)
    ? withinDay.indexOf(a.kind) - withinDay.indexOf(b.kind)
    : firstDay(a.date) < firstDay(b.date)
      ? -1
      : 1;
