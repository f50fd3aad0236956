import type { NewsEvents, Occurrence } from "@newsledger/core";
import { denies } from "./denial.ts";
import type { Facts } from "./facts.ts";
import { passage } from "./passage.ts";
import { custodyKind, leadCharacters } from "./standing.ts";

/** What becomes of an alert when its article, or the news, changes. Each decision is one sentence for people, or null. */

type Alert = NewsEvents["alert.raised"];
type Understood = NewsEvents["article.understood"];

/**
 * What the article no longer says, read anew; null when everything that was told still stands. `before` is what had been
 * read when it was told.
 */
export function revisedFacts(
  alert: Alert,
  article: Understood,
  before: Pick<Understood, "understanding"> | null,
): string | null {
  const { entities, occurrences } = article.understanding;
  const names = new Set(entities.flatMap(({ id }) => id ?? []));
  const gone = alert.entities
    .filter(({ id }) => id !== null && !names.has(id))
    .map(({ name }) => `no longer names ${name}`);
  const changed = alert.occurrences.filter(wasNews).flatMap((told) => changeOf(told, occurrences));
  const topic = article.topics.some(({ topicId }) => topicId === alert.topicId)
    ? []
    : [`no longer concerns ${alert.topicId}`];
  const headline = article.title === alert.title ? "" : ` Its headline is now: “${article.title}”.`;
  const sums = replacedAmounts(before?.understanding.amounts, article.understanding.amounts);
  const changes = [...new Set([...changed, ...sums, ...gone, ...topic])];
  return changes.length === 0
    ? null
    : `The article was edited: it ${enumerate(changes)}.${headline}`;
}

/** As much of an alert as another article had said too; null when that one did not concern its topic. */
export function saidToo(alert: Alert, { title, topics, understanding }: Understood): Alert | null {
  if (!topics.some(({ topicId }) => topicId === alert.topicId)) return null;
  const names = new Set(understanding.entities.flatMap(({ id }) => id ?? []));
  return {
    ...alert,
    title,
    entities: alert.entities.filter(({ id }) => id !== null && names.has(id)),
    occurrences: understanding.occurrences.filter(({ code }) =>
      alert.occurrences.some((told) => told.code === code),
    ),
  };
}

type Amounts = Understood["understanding"]["amounts"];

/** Sums that gave way to others of their kind; one that is merely gone was perhaps only cut. */
function replacedAmounts(before: Amounts = [], now: Amounts = []): string[] {
  const kinds = new Set(before.map(({ kind, unit }) => `${kind} ${unit}`));
  return [...kinds].flatMap((kind) => {
    const of = (amounts: NonNullable<Amounts>) =>
      amounts.filter((one) => `${one.kind} ${one.unit}` === kind);
    const without = (some: NonNullable<Amounts>, others: NonNullable<Amounts>) =>
      some.filter(({ value }) => !others.some((other) => other.value === value))[0];
    const gone = without(of(before), of(now));
    const come = without(of(now), of(before));
    return gone && come ? [`now says “${come.text}”, not “${gone.text}”`] : [];
  });
}

/** Background that goes is no correction. */
const wasNews = ({ code, start }: Occurrence): boolean =>
  start < leadCharacters || custodyKind(code) !== null;

function changeOf(told: Occurrence, now: readonly Occurrence[]): string[] {
  const same = now.filter(({ code }) => code === told.code);
  if (same.length === 0) return [`no longer reports: ${told.code}`];
  const whom = told.targets.filter(
    ({ id }) => id !== null && !same.some(({ targets }) => targets.some((one) => one.id === id)),
  );
  const dates = same.flatMap(({ date }) => date ?? []);
  const { date } = told;
  const moved =
    date !== undefined &&
    dates.length > 0 &&
    !dates.some((one) => one.startsWith(date) || date.startsWith(one));
  return [
    ...whom.map(({ name }) => `no longer reports ${told.code} of ${name}`),
    ...(moved ? [`dates the ${told.code} ${dates[0]}, not ${date}`] : []),
  ];
}

const enumerate = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

/** What the feed's own words no longer say; those of the page are read anew, and judged by that. */
export function revisedWords(alert: Alert, item: NewsEvents["item.revised"]): string | null {
  const { title, summary } = item.diff ?? {};
  const now = [item.title, item.summary];
  const before = [
    title ? textBefore(title) : item.title,
    summary ? textBefore(summary) : item.summary,
  ];
  const says = (texts: readonly string[], name: string) =>
    texts.some((text) => folded(text).includes(folded(name)));
  const denied = (texts: readonly string[], { code }: Occurrence) => {
    const kind = custodyKind(code);
    return kind !== null && texts.some((text) => denies(text, kind));
  };
  if (alert.occurrences.some((told) => denied(now, told) && !denied(before, told)))
    return `The outlet's feed now says otherwise: “${item.title}”.`;
  const gone = alert.entities.filter(({ name }) => says(before, name) && !says(now, name));
  if (gone.length === 0) return null;
  const names = gone.map(({ name }) => name).join(", ");
  return `The outlet's feed no longer names ${names}: “${item.title}”.`;
}

type Piece = NonNullable<NonNullable<NewsEvents["item.revised"]["diff"]>["title"]>[number];

const textBefore = (pieces: readonly Piece[]): string =>
  pieces
    .filter(({ kind }) => kind !== "added")
    .map(({ text }) => text)
    .join(" ");

const folded = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");

/** A report of the same news, or about the same person, that was published later. */
export interface OtherReport {
  readonly facts: Facts;
  readonly title: string;
  readonly documentId: string;
  readonly sameStory: boolean;
}

/** The words that say the opposite of what was told; null when nothing does. */
export function contradiction(
  alert: Alert,
  { facts, title, documentId, sameStory }: OtherReport,
  groups: ReadonlyMap<string, readonly string[]>,
): string | null {
  if (documentId === alert.documentId || facts.relation === "copy" || !isLater(facts, alert))
    return null;
  for (const told of alert.occurrences.filter((one) => isFresh(one, alert))) {
    const kind = custodyKind(told.code);
    if (kind === null) continue;
    const ids = idsOf(told, groups);
    const denial = denialIn(facts, title, ids, kind);
    if (denial !== null) return denial;
    if (!sameStory) continue;
    const opposite = facts.occurrences.find(
      (other) => isOpposite(other, told, ids) && !tells(alert, other),
    );
    if (opposite) return opposite.sentence;
  }
  return null;
}

/** What the alert told as news: how it came to it cannot be contradicted by what happens now. */
function isFresh({ start, date }: Occurrence, alert: Alert): boolean {
  const told = (alert.publishedAt ?? alert.foundAt).slice(0, 10);
  if (start >= leadCharacters) return false;
  return date === undefined || told.startsWith(date) || daysBetween(date, told) <= freshDays;
}

const freshDays = 14;
const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** The alert itself told of both sides: one of them is how it came to the other. */
const tells = ({ occurrences }: Alert, { code }: Occurrence): boolean =>
  occurrences.some((told) => custodyKind(told.code) === custodyKind(code));

/** A correction that an outlet published as an article of the same story, whoever of its tellers was first: its headline says so. */
export const isPublishedCorrection = (
  alert: Alert,
  { facts, title, documentId, sameStory }: OtherReport,
): boolean =>
  sameStory &&
  documentId !== alert.documentId &&
  facts.relation !== "copy" &&
  isLater(facts, alert) &&
  announcesCorrection.test(folded(title));

const announcesCorrection =
  /^(?:correction|corrected|correccion|clarification|aclaracion|retraction|rectificacion|editor'?s note|fe de erratas?)\b|\((?:corrected|correction|corrige|correccion)\)$/;

function isLater({ publishedAt, foundAt }: Facts, alert: Alert): boolean {
  const told = new Date(alert.publishedAt ?? alert.foundAt);
  return (publishedAt ?? foundAt) > told;
}

/** Whom it was told of: persons, and the groups that stand for them. */
function idsOf(
  { targets }: Occurrence,
  groups: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const direct = targets.flatMap(({ id }) => id ?? []);
  const through = [...groups]
    .filter(([, members]) => members.some((member) => direct.includes(member)))
    .map(([group]) => group);
  return new Set([...direct, ...through]);
}

function denialIn(
  { text, entities }: Facts,
  title: string,
  ids: ReadonlySet<string>,
  kind: NonNullable<ReturnType<typeof custodyKind>>,
): string | null {
  const about = entities.filter(({ id }) => id !== null && ids.has(id));
  if (about.length === 0) return null;
  const names = about.flatMap(({ name, mentions }) => [name, ...mentions.map((one) => one.text)]);
  if (denies(title, kind) && names.some((name) => folded(title).includes(folded(name))))
    return title;
  if (text === null) return null;
  for (const { mentions } of about)
    for (const { start, end } of mentions.slice(0, 20)) {
      const { quote } = passage(text, start, end);
      if (start < leadCharacters * 2 && denies(quote, kind)) return quote;
    }
  return null;
}

/** The other way round, of the same person; what is dated later is a development, and no contradiction. */
function isOpposite(other: Occurrence, told: Occurrence, ids: ReadonlySet<string>): boolean {
  const now = custodyKind(other.code);
  const before = custodyKind(told.code);
  if (now === null || now === "convict" || before === "convict" || other.start > leadCharacters)
    return false;
  if (!other.targets.some(({ id }) => id !== null && ids.has(id))) return false;
  if ((now === "free") === (before === "free")) return false;
  return other.date === undefined || (told.date !== undefined && other.date <= told.date);
}
