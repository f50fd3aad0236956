import type { Knowledge, NameUse } from "../knowledge/load.ts";
import type { Article } from "../text/article.ts";
import { fold } from "../text/fold.ts";
import { isCapital, type Token } from "../text/token.ts";
import { knownAs, type Mention } from "./mention.ts";
import {
  givenNames,
  notNames,
  officeWords,
  roleWords,
  trades,
  weekdaysAndMonths,
} from "./words.ts";

interface Candidate {
  from: number;
  to: number;
  uses: readonly NameUse[];
}

/** Every name of the knowledge base in the article, leftmost and longest first; shared names only where the context holds. */
export function knownMentions(article: Article, knowledge: Knowledge): Mention[] {
  const candidates = collect(article, knowledge);
  const sure = new Set(
    candidates.flatMap(({ uses }) =>
      uses.filter((use) => !use.alias.needsContext).map((use) => use.entity.id),
    ),
  );
  const context = contextWords(article, knowledge.context);
  return candidates.flatMap(({ from, to, uses }) => {
    const meant = uses.filter(
      (use) =>
        !use.alias.needsContext ||
        (sure.has(use.entity.id) && !use.alias.shared) ||
        isTitled(article, use, from) ||
        contextHolds(article, context, use),
    );
    const chosen = meant.every((use) => use.alias.shared) ? meant : meant.slice(0, 1);
    const inner = chosen.flatMap((use) => countryIn(article, knowledge, { from, to }, use));
    return [
      ...inner,
      ...chosen.map(
        (use): Mention => ({
          from,
          to,
          entity: knownAs(use.entity),
          how: use.entity.type === "group" ? "phrase" : "name",
          listed: !use.government,
          corrupted: use.alias.corrupted,
        }),
      ),
    ];
  });
}

/** "President Maduro" is the one whose office it is, whatever else the text says. */
const isTitled = ({ tokens }: Article, { entity, tokens: own }: NameUse, from: number): boolean =>
  entity.official &&
  entity.type === "person" &&
  own.length === 1 &&
  /^(?:president|presidente|presidenta|mandatario|dictator|dictador|strongman)$/.test(
    tokens[from - 1]?.folded ?? "",
  );

/** "US officials" act for the country and name it too; "American officials" only act. */
function countryIn(
  article: Article,
  knowledge: Knowledge,
  { from, to }: { from: number; to: number },
  { government, entity }: NameUse,
): Mention[] {
  if (!government) return [];
  for (let at = from; at < to; at++) {
    const hit = longest(
      article,
      knowledge,
      at,
      to,
      (use) => use.entity.id === entity.id && !use.government,
    );
    if (hit)
      return [
        {
          from: hit.from,
          to: hit.to,
          entity: knownAs(entity),
          how: "name",
          listed: true,
          corrupted: false,
        },
      ];
  }
  return [];
}

function collect(article: Article, knowledge: Knowledge): Candidate[] {
  const found: Candidate[] = [];
  for (const sentence of article.sentences) {
    for (let at = sentence.from; at < sentence.to; at++) {
      const hit = longest(article, knowledge, at, sentence.to, () => true);
      if (!hit) continue;
      found.push(hit);
      if (hit.uses[0]?.entity.type === "group") found.push(...within(article, knowledge, hit));
      else found.push(...placeAfterPreposition(article, knowledge, hit));
      at = hit.to - 1;
    }
  }
  return found;
}

function longest(
  article: Article,
  knowledge: Knowledge,
  at: number,
  limit: number,
  wanted: (use: NameUse) => boolean,
): Candidate | null {
  for (const { values, to } of knowledge.names.at(article.tokens, at, limit)) {
    const uses = values.filter((use) => wanted(use) && written(article, use, at, to));
    if (uses.length > 0) return { from: at, to, uses: uses.toSorted(preferred) };
  }
  return null;
}

/** A government's phrase before a place of the same words, a name that needs no context before one that does. */
const preferred = (a: NameUse, b: NameUse): number =>
  Number(a.alias.needsContext) - Number(b.alias.needsContext);

/** "Citgo executives" may mean the group, and names Citgo too. */
function within(article: Article, knowledge: Knowledge, outer: Candidate): Candidate[] {
  for (let at = outer.from; at < outer.to; at++) {
    const hit = longest(
      article,
      knowledge,
      at,
      outer.to,
      ({ entity }) => entity.type === "organisation",
    );
    if (hit) return [hit];
  }
  return [];
}

/** "the US Embassy in Caracas" is a body, and says Caracas. */
function placeAfterPreposition(
  article: Article,
  knowledge: Knowledge,
  outer: Candidate,
): Candidate[] {
  for (let at = outer.from + 1; at < outer.to; at++) {
    if (!["in", "en"].includes(article.tokens[at - 1]?.folded ?? "")) continue;
    const hit = longest(article, knowledge, at, outer.to, ({ entity }) => entity.type === "place");
    if (hit) return [hit];
  }
  return [];
}

function written(article: Article, use: NameUse, from: number, to: number): boolean {
  const own = article.tokens.slice(from, to).filter((token) => token.kind !== "mark");
  const alias = use.tokens.filter((token) => token.kind !== "mark");
  if (use.alias.caseSensitive && !isWrittenExactly(article, own, alias, from)) return false;
  if (!use.alias.caseSensitive && !hasItsCapitals(use, own, alias)) return false;
  if (use.entity.type === "person") return isWholePerson(article, use, from, to);
  if (use.entity.type === "place" && !use.government)
    return (
      (!use.alias.locative || isWhere(article, from, to)) &&
      !isSurname(article, use, from, to) &&
      isWholePlace(article, from, to) &&
      !isVerb(article, from)
    );
  if (use.entity.type === "organisation") return !isOffice(article, to);
  if (use.entity.type === "group") return !isOtherCount(article, use, from);
  return true;
}

/** "otros cinco directivos de Citgo" are not the six. */
const isOtherCount = ({ tokens }: Article, { entity }: NameUse, from: number): boolean => {
  const before = tokens[from - 1]?.folded ?? "";
  const count =
    /^(?:one|two|three|four|five|seven|eight|nine|ten|un|uno|dos|tres|cuatro|cinco|siete|ocho|nueve|diez|\d+)$/.test(
      before,
    );
  return count && before !== String(entity.members.length);
};

const where = /^(?:in|en|at|from|to|near|outside|inside|toward|around|desde|hacia|hasta|through)$/;

/** "in Mendoza", "Mendoza, Argentina". */
const isWhere = ({ tokens }: Article, from: number, to: number): boolean =>
  where.test(tokens[from - 1]?.folded ?? "") ||
  (tokens[to]?.text === "," &&
    isCapital(tokens[to + 1] ?? noToken) &&
    (tokens[to + 2]?.text === "," || tokens[to + 2]?.text === "."));

const noToken: Token = { text: "", folded: "", kind: "mark", start: 0, end: 0 };

/** "Henri Falcón", "Denzel Washington": after a given name a single word is a surname; an ambiguous one after any capital. */
function isSurname(
  { tokens, sentences, sentenceOf }: Article,
  use: NameUse,
  from: number,
  to: number,
): boolean {
  const before = tokens[from - 1];
  if (to - from > 1 || !before || !isCapital(before)) return false;
  const first = sentences[sentenceOf[from] ?? 0]?.from ?? 0;
  if (from - 1 < first) return false;
  if (givenNames.has(before.folded)) return true;
  // "the singer Quvenzhané Houston": whoever bears an office or a trade has a name of two words here.
  const title = tokens[from - 2]?.folded ?? "";
  const isBorne = from - 2 >= first && (roleWords.has(title) || trades.has(title));
  if (isBorne && continuesName(before)) return true;
  return (use.alias.needsContext || use.alias.locative) && continuesName(before);
}

/** "Homeland Security Secretary": the office, not the body. */
const isOffice = ({ tokens }: Article, to: number): boolean =>
  /^(?:secretary|minister)$/.test(tokens[to]?.folded ?? "") && isCapital(tokens[to] ?? noToken);

const bare = (text: string): string =>
  text.replace(/[.\s]/g, "").normalize("NFD").replace(/\p{M}/gu, "");

function isWrittenExactly(
  article: Article,
  own: readonly Token[],
  alias: readonly Token[],
  from: number,
): boolean {
  const sentence = article.sentences[article.sentenceOf[from] ?? 0];
  const dotted = own.some((token) => token.text.includes("."));
  if (sentence?.capitals && own.length === 1 && !dotted) return false;
  return own.every((token, index) => {
    const wanted = bare(alias[index]?.text ?? "");
    // Headlines set whole surnames in capitals; an acronym must be in capitals.
    return bare(token.text) === wanted || bare(token.text) === wanted.toUpperCase();
  });
}

/** The last word that the alias writes with a capital must have one in the text: "departamento de Estado" is enough. */
function hasItsCapitals(use: NameUse, own: readonly Token[], alias: readonly Token[]): boolean {
  if (!["person", "place", "organisation"].includes(use.entity.type)) return true;
  const last = alias.findLastIndex((token) => isCapital(token));
  const token = own[last];
  // "para la Paz" is peace, "en La Paz" the town.
  const lead = alias[0];
  const needsLead =
    use.entity.type === "place" &&
    last > 0 &&
    lead &&
    isCapital(lead) &&
    /^(?:la|las|los|el)$/.test(lead.folded);
  if (needsLead && own[0] && !isCapital(own[0])) return false;
  return last < 0 || (token !== undefined && isCapital(token));
}

/** "Juan José Pereira" is not José Pereira, nor is "José Pereira Lima". */
function isWholePerson(article: Article, use: NameUse, from: number, to: number): boolean {
  const sentence = article.sentences[article.sentenceOf[from] ?? 0];
  if (use.tokens.length === 1 && hasNamesake(article, use)) return false;
  const before = article.tokens[from - 1];
  if (before && from > (sentence?.from ?? 0) && isCapital(before) && givenNames.has(before.folded))
    return false;
  const after = article.tokens[to];
  if (!after || to >= (sentence?.to ?? 0) || sentence?.titleCase || sentence?.capitals) return true;
  if (use.tokens.length === 1) return !continuesName(after) || use.alias.caseSensitive;
  return !use.alias.needsContext || !continuesName(after);
}

const givenBefore = new WeakMap<Article, ReadonlyMap<string, ReadonlySet<string>>>();

/** The given names that stand before each word of the article: asked once, however often it is named. */
function givenNamesBefore(article: Article): ReadonlyMap<string, ReadonlySet<string>> {
  const known = givenBefore.get(article);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const [at, token] of article.tokens.entries()) {
    const before = article.tokens[at - 1];
    if (!before || !isCapital(before) || !givenNames.has(before.folded)) continue;
    const names = found.get(token.folded) ?? new Set<string>();
    found.set(token.folded, names.add(before.folded));
  }
  givenBefore.set(article, found);
  return found;
}

/** Somebody else of that surname is named in full: "Ana Rubio" in an article where "Rubio" stands alone. */
function hasNamesake(article: Article, { entity, tokens: own }: NameUse): boolean {
  const names = givenNamesBefore(article).get(own[0]?.folded ?? "");
  if (!names) return false;
  const given = new Set(entity.aliases.flatMap(({ text }) => text.split(" ").map(fold)));
  return [...names].some((name) => !given.has(name));
}

/** "Houston Astros" is not Houston; "Houston Mayor" and "Houston on Friday" are. */
function isWholePlace(article: Article, from: number, to: number): boolean {
  const sentence = article.sentences[article.sentenceOf[from] ?? 0];
  if (sentence?.titleCase || sentence?.capitals) return true;
  const next = article.tokens[to];
  if (!next || to >= (sentence?.to ?? 0)) return true;
  if (next.text === "-" && isCapital(article.tokens[to + 1] ?? next)) return false;
  // "San Antonio del Táchira" is another town.
  if (/^del?$/.test(next.folded) && isOtherTown(article, to)) return false;
  // "Llega a Washington Ana Prado": a person begins.
  return !continuesName(next) || givenNames.has(next.folded);
}

const isOtherTown = ({ tokens }: Article, to: number): boolean => {
  const [link, next, last] = tokens.slice(to, to + 3);
  if (link?.folded === "del") return next !== undefined && isCapital(next);
  return /^l[ao]s?$/.test(next?.folded ?? "") && last !== undefined && isCapital(last);
};

/** "Irán a juicio los seis": at the head of a Spanish sentence the verb "will go", not the country. */
function isVerb({ tokens, sentences, sentenceOf }: Article, from: number): boolean {
  const sentence = sentences[sentenceOf[from] ?? 0];
  return (
    sentence?.language === "es" &&
    sentence.from === from &&
    tokens[from]?.folded === "iran" &&
    /^(?:a|al|en|hacia|por|los|las)$/.test(tokens[from + 1]?.folded ?? "")
  );
}

function continuesName(token: Token): boolean {
  if (!isCapital(token) || token.text.length < 3) return false;
  return ![roleWords, officeWords, weekdaysAndMonths, notNames].some((words) =>
    words.has(token.folded),
  );
}

/** Whether the article's other words make a shared name this entity's. */
function contextHolds({ vocabulary }: Article, context: ContextWords, use: NameUse): boolean {
  const { entity } = use;
  const own = new Set(use.tokens.map((token) => token.folded));
  const speaksOf = (phrases: readonly string[]): boolean =>
    phrases.some((phrase) => phrase.split(" ").every((word) => !own.has(word)));
  if (entity.context) return speaksOf(wordsMet(vocabulary, entity.context));
  const { matter, country, city, abroad, custody } = context;
  if (speaksOf(matter)) return true;
  if (entity.type !== "person") return [country, city, abroad].some(speaksOf);
  const inCountry = speaksOf(country);
  if (entity.official) return inCountry || (speaksOf(city) && speaksOf(abroad));
  return (inCountry || speaksOf(city)) && speaksOf(custody);
}

type ContextWords = Record<keyof Knowledge["context"], readonly string[]>;

const contextWords = (
  { vocabulary }: Article,
  { matter, country, city, abroad, custody }: Knowledge["context"],
): ContextWords => ({
  matter: wordsMet(vocabulary, matter),
  country: wordsMet(vocabulary, country),
  city: wordsMet(vocabulary, city),
  abroad: wordsMet(vocabulary, abroad),
  custody: wordsMet(vocabulary, custody),
});

/** The words and phrases of a list that a vocabulary holds; a star stands for any ending. */
function wordsMet(vocabulary: ReadonlySet<string>, phrases: readonly string[]): string[] {
  return phrases.flatMap((phrase) => {
    if (!phrase.endsWith("*"))
      return phrase.split(" ").every((word) => vocabulary.has(fold(word))) ? [fold(phrase)] : [];
    const stem = fold(phrase.slice(0, -1));
    return [...vocabulary].filter((word) => word.startsWith(stem));
  });
}
