import type { Occurrence, OccurrenceCode } from "@newsledger/core";

/** Where someone stands, kept up with each report, and what of it is news. */

export type Status =
  | "detained"
  | "house-arrest"
  | "imprisoned-again"
  | "convicted"
  | "extradited"
  | "free";

export interface Standing {
  readonly status: Status;
  /** The day that it goes back to, YYYY-MM-DD. */
  readonly since: string;
}

export interface StatusChange {
  readonly personId: string;
  readonly name: string;
  /** Null: nothing was known. */
  readonly from: Status | null;
  readonly to: Status;
  readonly date: string;
  readonly occurrence: Occurrence;
}

export interface Telling {
  readonly occurrences: readonly Occurrence[];
  readonly publishedAt: Date | null;
  readonly foundAt: Date;
  readonly backfill: boolean;
}

type Kind = "prison" | "house-arrest" | "free" | "convict" | "extradite";

const kinds: Readonly<Partial<Record<OccurrenceCode, Kind>>> = {
  arrest: "prison",
  reimprison: "prison",
  "house-arrest": "house-arrest",
  release: "free",
  "prisoner-swap": "free",
  convict: "convict",
  extradite: "extradite",
};

/** What becomes of someone by a change of custody; null for what changes none. */
export const custodyKind = (code: OccurrenceCode): Kind | null => kinds[code] ?? null;

/** News stands in the first sentences; what comes later tells how it came to this. */
export const leadCharacters = 600;
/** A change that lies further back is history, newly learnt: it is kept, and not told as a change. */
const newsDays = 14;

/**
 * What a report changes. `standings` holds everyone whose standing the report moves, told or not; `changes` only what is
 * news. Persons come one by one, each from what is known of them.
 */
export function statusChanges(
  telling: Telling,
  persons: ReadonlyMap<string, { name: string; ids: ReadonlySet<string> }>,
  known: (personId: string) => Standing | undefined,
): { standings: Map<string, Standing>; changes: StatusChange[] } {
  const standings = new Map<string, Standing>();
  const changes: StatusChange[] = [];
  for (const [personId, { name, ids }] of persons) {
    const own = telling.occurrences.filter(
      ({ code, targets }) =>
        custodyKind(code) !== null && targets.some(({ id }) => id !== null && ids.has(id)),
    );
    const before = known(personId);
    const moved = follow(own, telling, before);
    if (!moved || moved.standing.status === before?.status) continue;
    standings.set(personId, moved.standing);
    const { standing, occurrence } = moved;
    if (telling.backfill || daysFrom(standing.since, telling.foundAt) > newsDays) continue;
    const from = before?.status ?? null;
    changes.push({ personId, name, from, to: standing.status, date: standing.since, occurrence });
  }
  return { standings, changes };
}

interface Moved {
  readonly standing: Standing;
  readonly occurrence: Occurrence;
}

/** Goes through what an article says of one person, in the order in which it happened. */
function follow(
  own: readonly Occurrence[],
  telling: Telling,
  before: Standing | undefined,
): Moved | null {
  const dated = own
    .map((occurrence) => ({ occurrence, since: dayOf(occurrence, own, telling, before) }))
    .filter((one): one is { occurrence: Occurrence; since: string } => one.since !== null)
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  let moved: Moved | null = null;
  let now = before;
  for (const { occurrence, since } of dated) {
    if (now && since < now.since) continue;
    const status = after(now?.status ?? null, occurrence.code);
    if (status === now?.status) continue;
    now = { status, since };
    moved = { standing: now, occurrence };
  }
  return moved;
}

/** Since when it counts; null when it does not: background, or too vague to be put after what is known. */
function dayOf(
  occurrence: Occurrence,
  own: readonly Occurrence[],
  telling: Telling,
  before: Standing | undefined,
): string | null {
  const { date } = occurrence;
  const told = publicDay(telling);
  if (date !== undefined && date.length === 10) return date <= addDays(told, 1) ? date : null;
  // "In October", told in October, may be today's news; any other month or year is background.
  if (date !== undefined && !told.startsWith(date))
    return before === undefined && date < told ? firstDay(date) : null;
  return isNews(occurrence, own, before?.status ?? null) ? told : null;
}

/** What may follow from what: from liberty only a return to prison is sure to be news. */
const follows: Readonly<Record<Kind, readonly Kind[]>> = {
  prison: ["prison", "house-arrest", "free", "convict", "extradite"],
  "house-arrest": ["prison", "free", "convict", "extradite"],
  free: ["prison"],
  convict: ["house-arrest", "free", "prison", "extradite"],
  extradite: ["free", "convict"],
};

const kindOfStatus: Readonly<Record<Status, Kind>> = {
  detained: "prison",
  "imprisoned-again": "prison",
  "house-arrest": "house-arrest",
  convicted: "convict",
  extradited: "extradite",
  free: "free",
};

/** An occurrence without a date is news when it stands at the top, follows from what is known, and recalls nothing. */
function isNews(
  { code, start }: Occurrence,
  own: readonly Occurrence[],
  status: Status | null,
): boolean {
  if (start > leadCharacters) return false;
  if (status === null) return true;
  const kind = kinds[code] ?? "prison";
  const state = kindOfStatus[status];
  // A plain arrest of someone known to be held, or to have been, is how articles recall the first one.
  if (kind === "prison" && code !== "reimprison") return false;
  if (kind === state || !follows[state].includes(kind)) return false;
  // "Taken back to prison from house arrest" tells the new state first and recalls the old one.
  return !own.some((other) => custodyKind(other.code) === state && other.start <= start);
}

function after(status: Status | null, code: OccurrenceCode): Status {
  const kind = kinds[code] ?? "prison";
  switch (kind) {
    case "free":
      return "free";
    case "house-arrest":
      return "house-arrest";
    case "extradite":
      return "extradited";
    case "convict":
      return status ?? "convicted";
    case "prison":
      if (status === "imprisoned-again") return status;
      return code === "reimprison" || status === "house-arrest" ? "imprisoned-again" : "detained";
  }
}

const dayMs = 86_400_000;
const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
const firstDay = (date: string): string => `${date}-01-01`.slice(0, 10);
const addDays = (day: string, days: number): string =>
  isoDay(new Date(Date.parse(day) + days * dayMs));
const daysFrom = (day: string, to: Date): number => (to.getTime() - Date.parse(day)) / dayMs;

/** Whether an occurrence without a date, or with a late one, may be news; an earlier one is how it came to it. */
export function isRecent(
  { date }: Pick<Occurrence, "date">,
  telling: Pick<Telling, "publishedAt" | "foundAt">,
): boolean {
  const told = publicDay(telling);
  if (date === undefined || told.startsWith(date)) return true;
  return date.length === 10 && Math.abs(Date.parse(told) - Date.parse(date)) <= newsDays * dayMs;
}

/** When the world could read it: a date ahead of its own finding is none. */
function publicDay({ publishedAt, foundAt }: Pick<Telling, "publishedAt" | "foundAt">): string {
  return isoDay(publishedAt !== null && publishedAt < foundAt ? publishedAt : foundAt);
}
