import type { Knowledge } from "../knowledge/load.ts";
import { nameKey } from "../knowledge/name-key.ts";
import type { Article } from "../text/article.ts";
import { isCapital, type Token, tokens } from "../text/token.ts";
import { type Entity, knownAs, type Mention, Taken } from "./mention.ts";
import { unknownPerson } from "./persons.ts";
import { givenNames, notNames, officeWords, roleWords, weekdaysAndMonths } from "./words.ts";

/** The forms in which a person is named again: the surnames together, the first of them, the last. */
function shortForms(name: string): string[] {
  const words = tokens(name)
    .filter((token) => token.kind === "word")
    .map((token) => token.folded);
  let given = 1;
  while (given < words.length - 1 && givenNames.has(words[given] ?? "")) given++;
  const surnames = words.slice(given);
  const particle = /^(de|del|la|st|san|van|von|da)$/.test(surnames[0] ?? "");
  const forms = particle
    ? [surnames.join(" ")]
    : [surnames.join(" "), surnames[0] ?? "", surnames.at(-1) ?? ""];
  return [...new Set(forms.filter((form) => form.length > 2))];
}

/** "José Luis and Alirio Zambrano": the first of two coordinated names borrows the surname of the second. */
export function coordinated(
  article: Article,
  knowledge: Knowledge,
  mentions: readonly Mention[],
): Mention[] {
  const taken = new Taken(article.tokens.length, mentions);
  return mentions.flatMap((second) => {
    if (second.entity.type !== "person" || second.how !== "name") return [];
    const conjunction = article.tokens[second.from - 1];
    if (!conjunction || !["and", "y", "e"].includes(conjunction.folded)) return [];
    const to = second.from - 1;
    let from = to;
    while (isGiven(article.tokens[from - 1])) from--;
    if (from === to || to - from > 2) return [];
    if (taken.overlaps({ from, to })) return [];
    const given = article.tokens.slice(from, to).map((token) => token.text);
    const surname = shortForms(second.entity.name)[0];
    const written = article.tokens.slice(second.from, second.to).map((token) => token.text);
    if (!surname) return [];
    const full = [...given, ...written.slice(-surname.split(" ").length)].join(" ");
    return [
      { from, to, entity: person(knowledge, full), how: "name", listed: true, corrupted: false },
    ];
  });
}

const kin =
  /^(?:son|daughter|brother|sister|father|mother|hij[oa]|herman[oa]|padre|madre|stepson|stepdaughter|nephew|niece|cousin|sobrin[oa]|prim[oa]|wife|husband|espos[oa])$/;

/** "Ana Prado and her brother Luis", "Ana Prado's daughter, Eva": a relative with a given name only, if the knowledge has one of that surname. */
export function relatives(
  article: Article,
  knowledge: Knowledge,
  mentions: readonly Mention[],
): Mention[] {
  const { tokens } = article;
  const taken = new Taken(tokens.length, mentions);
  const surnamed = new Map(
    mentions.flatMap(({ entity, how }) =>
      entity.type === "person" && how === "name"
        ? shortForms(entity.name).map((form) => [form, form] as const)
        : [],
    ),
  );
  const found: Mention[] = [];
  for (let at = 1; at < tokens.length; at++) {
    if (!isGiven(tokens[at]) || taken.overlaps({ from: at, to: at + 1 })) continue;
    const next = tokens[at + 1];
    if (next && isCapital(next)) continue;
    const before = tokens[at - 1]?.text === "," ? at - 2 : at - 1;
    if (!kin.test(tokens[before]?.folded ?? "")) continue;
    const entity = [...surnamed.keys()]
      .map((surname) => knownPerson(knowledge, `${tokens[at]?.text} ${surname}`))
      .find((one) => one !== null);
    if (entity)
      // Short: whoever is called by the surname alone is the one named in full.
      found.push({ from: at, to: at + 1, entity, how: "short", listed: true, corrupted: false });
  }
  return found;
}

function knownPerson(knowledge: Knowledge, full: string): Entity | null {
  const use = knowledge.byName.get(nameKey(full))?.find(({ entity }) => entity.type === "person");
  return use ? knownAs(use.entity) : null;
}

const isGiven = (token: Token | undefined): boolean =>
  token !== undefined && isCapital(token) && givenNames.has(token.folded);

/** A known person of that full name, or a new one. */
function person(knowledge: Knowledge, full: string): Entity {
  return knownPerson(knowledge, full) ?? unknownPerson(full);
}

/** Every short form of the persons named in full. */
export const surnamesBorne = (mentions: readonly Mention[]): ReadonlySet<string> =>
  new Set(
    mentions.flatMap(({ entity, how }) =>
      entity.type === "person" && how === "name" ? shortForms(entity.name) : [],
    ),
  );

/** "Cárdenas y Toledo están": a place of that name is meant only after "in" or "to", once someone bears it. */
export function withoutSurnamesAsPlaces(
  article: Article,
  mentions: readonly Mention[],
  members: readonly Entity[],
): Mention[] {
  const borne = new Set([
    ...surnamesBorne(mentions),
    ...members.flatMap(({ name }) => shortForms(name)),
  ]);
  return mentions.filter(({ entity, from, to }) => {
    if (entity.type !== "place") return true;
    const words = article.tokens.slice(from, to).map((token) => token.folded);
    if (!borne.has(words.join(" "))) return true;
    return (
      isWhere(article, from) ||
      (article.tokens[to]?.text === "," && isState(article.tokens[to + 1]))
    );
  });
}

const locative =
  /^(?:in|en|at|from|to|near|outside|inside|desde|hacia|hasta|visits?|visited|visiting|toured|touring|reached|reaching)$/;
const moving =
  /^(?:viaj\p{L}+|vol[oó]|volaron|volar|volvi\p{L}+|lleg\p{L}+|regres\p{L}+|mudo|mudaron|trasladad[oa]s?|enviad[oa]s?|deportad[oa]s?|rumbo|vuelo|visita|viaje)$/u;

/** "visited Toledo", "viajó a Toledo"; "vio a Toledo" is someone. */
const isWhere = ({ tokens: all }: Article, from: number): boolean => {
  const [earlier, before] = [all[from - 2]?.folded ?? "", all[from - 1]?.folded ?? ""];
  return locative.test(before) || (before === "a" && moving.test(earlier));
};

/** Surnames that stand alone, linked to the one person of the article who bears them; none when two do. */
export function surnames(
  article: Article,
  mentions: readonly Mention[],
  members: readonly Entity[],
): Mention[] {
  const bearers = new Map<string, Map<string, Entity>>();
  const add = (form: string, entity: Entity) => {
    const list = bearers.get(form) ?? new Map<string, Entity>();
    bearers.set(form, list.set(entity.key, entity));
  };
  for (const { entity, how } of mentions)
    if (entity.type === "person" && how === "name")
      for (const form of shortForms(entity.name)) add(form, entity);
  for (const entity of members) {
    const forms = [...shortForms(entity.name), givenNameOf(entity.name)];
    // Whoever the article names in full bears the name alone.
    for (const form of forms) if (!isBorneByOther(bearers.get(form), members)) add(form, entity);
  }
  const taken = new Taken(article.tokens.length, mentions);
  const found: Mention[] = [];
  for (let at = 0; at < article.tokens.length; at++) {
    const hit = surnameAt(article, bearers, at);
    if (!hit || taken.overlaps(hit)) continue;
    if (standsAlone(article, hit))
      found.push({ ...hit, how: "short", listed: true, corrupted: false });
    at = hit.to - 1;
  }
  return found;
}

const givenNameOf = (name: string): string => tokens(name)[0]?.folded ?? "";

const isBorneByOther = (
  bearers: ReadonlyMap<string, Entity> | undefined,
  members: readonly Entity[],
): boolean =>
  [...(bearers?.keys() ?? [])].some((key) => !members.some((member) => member.key === key));

function surnameAt(
  article: Article,
  bearers: ReadonlyMap<string, ReadonlyMap<string, Entity>>,
  from: number,
): { from: number; to: number; entity: Entity } | null {
  const first = article.tokens[from];
  if (!first || !isCapital(first)) return null;
  for (const length of [3, 2, 1]) {
    const run = article.tokens.slice(from, from + length);
    const words = /^(?:St|Ste)$/.test(first.text) ? run.filter(({ text }) => text !== ".") : run;
    if (words.some((token) => token.kind !== "word")) continue;
    const candidates = bearers.get(words.map((token) => token.folded).join(" "));
    const [entity, ...others] = candidates?.values() ?? [];
    if (entity && others.length === 0) return { from, to: from + length, entity };
  }
  return null;
}

/** Not part of a longer name, and not "Toledo, Ohio". */
function standsAlone(
  { tokens: all, sentences, sentenceOf }: Article,
  { from, to }: Mention | { from: number; to: number },
): boolean {
  const sentence = sentences[sentenceOf[from] ?? 0];
  if (!sentence || sentence.capitals) return false;
  const before = all[from - 1];
  const after = all[to];
  if (after?.text === "," && isState(all[to + 1])) return false;
  if (sentence.titleCase) return true;
  if (after && to < sentence.to && isNamePart(after)) return false;
  return (
    !before || from - 1 <= sentence.from - 1 || !isNamePart(before) || from - 1 === sentence.from
  );
}

const states = new Set("ohio spain texas espana florida".split(" "));
const isState = (token: Token | undefined): boolean => states.has(token?.folded ?? "");

const isNamePart = (token: Token): boolean =>
  isCapital(token) &&
  token.text.length > 1 &&
  ![roleWords, officeWords, notNames, weekdaysAndMonths].some((words) => words.has(token.folded));
