import type { Occurrence, Participant } from "@newsledger/core";

/** What is newest first: readers come for it. What has no date is news of the day, and keeps its place before older things. */
export function newestFirst(
  found: readonly Occurrence[],
  publishedDay: string | null,
): Occurrence[] {
  // "2021-12" and "this month" reach to the end of the month.
  const until = ({ date }: Occurrence): string => (date ?? publishedDay ?? "9999").padEnd(10, "~");
  return found.toSorted((a, b) => (until(a) === until(b) ? 0 : until(a) < until(b) ? 1 : -1));
}

/** The same occurrence told twice becomes one: same code, someone in common, and dates that do not contradict each other. */
export function merge(all: readonly Occurrence[]): Occurrence[] {
  const kept: Occurrence[] = [];
  const found = all
    .map((one) => (isReturn(one, all) ? { ...one, code: "reimprison" as const } : one))
    .filter((one) => !isStepOf(one, all) && !isAnnounced(one, all))
    .map((one) => withActorsOfHeadline(one, all));
  for (const one of found) {
    const at = isBare(one)
      ? kept.findLastIndex((other) => other.code === one.code && agree(other.date, one.date))
      : kept.findIndex((other) => isSame(other, one));
    const other = kept[at];
    if (other) kept[at] = joined(other, one);
    else if (!isBare(one)) kept.push(one);
  }
  return kept;
}

/** "The meeting took place on Tuesday at El Helicoide": it says more of one that the article tells of. */
const isBare = ({ code, actors, targets }: Occurrence): boolean =>
  code === "meet" && actors.length + targets.length === 0;

/** Nothing in the news has more doers and done-to by name; what would gather them for ever begins anew. */
const mostParticipants = 100;

function isSame(a: Occurrence, b: Occurrence): boolean {
  if (a.code !== b.code || !agree(a.date, b.date)) return false;
  if (a.actors.length + a.targets.length > mostParticipants) return false;
  if (a.code === "statement")
    return share(a.actors, b.actors) && (share(a.targets, b.targets) || a.start === b.start);
  if (share(a.targets, b.targets)) return true;
  if (isMeeting(a) && isOneOfBoth(a, b)) return true;
  if (isHeadlineOf(a, b) || isHeadlineOf(b, a)) return true;
  // A headline tells the ruling or the sale without saying whose and when.
  const isBrief = [a, b].some((one) => one.actors.length === 0 && one.date === undefined);
  if (isBrief && ["court-ruling", "asset-sale"].includes(a.code)) return true;
  // "A judge approved … Judge Ana Prado rejected …": first the news, then by whom.
  const isNext = Math.abs(a.start - b.start) < 420 && [a, b].some((one) => one.actors.length === 0);
  if (a.code === "court-ruling" && isNext && (a.date === undefined || b.date === undefined))
    return true;
  if (a.code === "election") return a.date === b.date || share(a.actors, b.actors);
  const oneSided = a.targets.length === 0 || b.targets.length === 0;
  if (!oneSided) return false;
  if (share(a.actors, b.actors)) return true;
  return a.actors.length + a.targets.length === 0 && b.actors.length + b.targets.length === 0;
}

const isMeeting = ({ code }: Occurrence): boolean => code === "meet" || code === "negotiate";

/** "the encounter with Ana Prado": one side of a meeting that another sentence tells in full. */
const isOneOfBoth = (a: Occurrence, b: Occurrence): boolean => {
  const [own, other] = [a, b].map(({ actors, targets }) => [...actors, ...targets]);
  const isPartial = [a, b].some((one) => one.actors.length === 0 || one.targets.length === 0);
  return isPartial && share(own ?? [], other ?? []);
};

const kinds: Partial<Record<Occurrence["code"], string>> = {
  "prisoner-swap": "release",
  reimprison: "arrest",
  "house-arrest": "release",
};
const kindOf = ({ code }: Occurrence): string => kinds[code] ?? code;

/** The headline, or "among those freed is …", says in short what the article tells in full. */
const isAnnounced = (one: Occurrence, all: readonly Occurrence[]): boolean =>
  one.date === undefined &&
  (one.start === 0 || /^(?:Among|Entre)\b/.test(one.sentence)) &&
  all.some(
    (other) =>
      other.start > 0 &&
      other !== one &&
      kindOf(other) === kindOf(one) &&
      said(other) >= said(one) &&
      !isOther(one, other),
  );

/** "Prado frees two": the headline says who did what the article tells in the passive. */
function withActorsOfHeadline(one: Occurrence, all: readonly Occurrence[]): Occurrence {
  if (one.actors.length > 0 || one.start === 0 || one.start > 700) return one;
  const headline = all.find(
    (other) =>
      other.start === 0 &&
      other.code === one.code &&
      other.actors.length > 0 &&
      isAnnounced(other, [one]),
  );
  return headline ? { ...one, actors: headline.actors } : one;
}

/** Both name people, and none in common. */
const isOther = (a: Occurrence, b: Occurrence): boolean => {
  const [own, other] = [a, b].map(({ targets }) => targets.filter((each) => !isCount(each)));
  if (/^(?:Among|Entre)\b/.test(a.sentence)) return kindOf(a) !== "release";
  return (
    (own?.length ?? 0) > 0 &&
    (other?.length ?? 0) > 0 &&
    !share(own ?? [], other ?? []) &&
    a.code !== "sanction-relief"
  );
};

/** They were taken back, and someone took them: one occurrence. */
const isReturn = (one: Occurrence, all: readonly Occurrence[]): boolean =>
  one.code === "arrest" &&
  one.date === undefined &&
  all.some(
    (other) =>
      other.code === "reimprison" && other.start !== one.start && share(other.targets, one.targets),
  );

/** "picked up the six and returned them to prison": the arrest is a step of what the sentence tells. */
const isStepOf = (one: Occurrence, all: readonly Occurrence[]): boolean =>
  one.code === "arrest" &&
  one.date === undefined &&
  all.some(
    (other) =>
      ["reimprison", "extradite"].includes(other.code) &&
      other.start === one.start &&
      share(other.targets, one.targets),
  );

/** "Ten Americans freed": the headline counts, the article names; neither says another day. */
const isHeadlineOf = (headline: Occurrence, other: Occurrence): boolean =>
  headline.start === 0 &&
  other.start > 0 &&
  headline.date === undefined &&
  headline.targets.length > 0 &&
  other.targets.length > 0 &&
  headline.targets.every(isCount) &&
  (headline.actors.length === 0 ||
    other.actors.length === 0 ||
    share(headline.actors, other.actors));

const isCount = ({ id, name }: Participant): boolean => id === null && /^\p{Ll}|^\d/u.test(name);

/** Equal, one inside the other ("2017" and "2017-11-21"), or one not said. */
const agree = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a.startsWith(b) || b.startsWith(a);

/** A country says less of where than any place in it. */
const isCountry = ({ id }: Participant): boolean =>
  id !== null &&
  /^(?:country-.*|venezuela|united-states|colombia|el-salvador|qatar|cape-verde|guyana)$/.test(id);

const keyOf = ({ id, name }: Participant): string => id ?? name.toLowerCase();

const share = (a: readonly Participant[], b: readonly Participant[]): boolean => {
  const keys = new Set(a.map(keyOf));
  return b.some((one) => keys.has(keyOf(one)));
};

/** All that both say; the sentence of the one that says more. */
function joined(a: Occurrence, b: Occurrence): Occurrence {
  const dated = (b.date?.length ?? 0) > (a.date?.length ?? 0) ? b : a;
  const fuller = said(b) > said(a) ? b : a;
  const told = [fuller.place, a.place, b.place].filter((one) => one !== undefined);
  const place = told.find((one) => !isCountry(one)) ?? told[0];
  const actors = union(a.actors, b.actors);
  const known = isMeeting(a) ? new Set(fuller.actors.map(keyOf)) : new Set<string>();
  const met = isMeeting(a) ? new Set(fuller.targets.map(keyOf)) : new Set<string>();
  return {
    ...fuller,
    actors: actors.filter((one) => !met.has(keyOf(one))),
    targets: named(union(a.targets, b.targets), isHeadlineOf(a, b) || isHeadlineOf(b, a)).filter(
      (one) => !known.has(keyOf(one)),
    ),
    ...(dated.date && dated.precision ? { date: dated.date, precision: dated.precision } : {}),
    ...(place ? { place } : {}),
  };
}

/** Where the article names them, the headline's count says nothing more. */
const named = (targets: readonly Participant[], counted: boolean): Participant[] => {
  const names = targets.filter((one) => !isCount(one));
  return counted && names.length > 0 ? names : [...targets];
};

const said = (one: Occurrence): number =>
  one.actors.length +
  one.targets.length +
  Number(one.date !== undefined) +
  Number(one.place !== undefined);

const union = (a: readonly Participant[], b: readonly Participant[]): Participant[] => [
  ...new Map([...a, ...b].map((one) => [keyOf(one), one])).values(),
];
