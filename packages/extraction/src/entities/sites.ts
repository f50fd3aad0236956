import type { Knowledge } from "../knowledge/load.ts";
import { nameKey } from "../knowledge/name-key.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital, type Token } from "../text/token.ts";
import { knownAs, type Mention, overlaps, surface } from "./mention.ts";
import { bodyWords, roleWords, smallWords, weekdaysAndMonths } from "./words.ts";

interface Run {
  readonly from: number;
  readonly to: number;
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** English puts these after the name: "Harris County", "Toledo Street". */
const closing = set(`
reservoir lake river street avenue boulevard road highway park square peninsula bay beach county island islands airport stadium arena
bridge hills valley mountain mountains plaza belt strait province prison jail canal desert forest harbor harbour falls creek canyon
palace cathedral museum tower cemetery heights township parish strip basin ridge garden gardens speedway ballpark`);
/** Before it: "Lake Charles", "Mount Vernon". */
const opening = set(
  "lake mount fort port cape camp lago monte cerro rio isla playa avenida calle plaza parque palacio teatro estadio aeropuerto puente museo puerto cabo villa hotel mercado catedral autopista carretera barrio urbanizacion hacienda",
);
/** In small letters, before a name that is theirs: "el barrio de Santa Bárbara", "the fishing village of Chuao". */
const heads = set(`
barrio municipio localidad pueblo ciudad provincia avenida calle plaza parque isla rio lago cerro aeropuerto estadio teatro palacio carcel prision penal
peninsula puerto sector urbanizacion parroquia playa mercado caserio aldea poblado poblacion region comarca distrito estado comuna canton volcan bahia golfo desierto hotel
village town city province region suburb neighborhood neighbourhood district hamlet port island state settlement`);
/** "Lake Charles, La.": states as datelines write them, by the id of the place. */
const stateAbbreviations: ReadonlyMap<string, string> = new Map(
  "Ala:alabama Ariz:arizona Ark:arkansas Calif:california Colo:colorado Conn:connecticut Del:delaware Fla:florida Ga:georgia-us Ill:illinois Ind:indiana Kan:kansas Ky:kentucky La:louisiana Md:maryland Mass:massachusetts Mich:michigan Minn:minnesota Miss:mississippi Mo:missouri Mont:montana Neb:nebraska Nev:nevada Okla:oklahoma Ore:oregon Pa:pennsylvania Tenn:tennessee Tex:texas Va:virginia Wash:washington-state Wis:wisconsin Wyo:wyoming"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);

/** A town, a comma, the state's abbreviation and its dot. */
export function stateMentions(article: Article, knowledge: Pick<Knowledge, "entities">): Mention[] {
  return article.tokens.flatMap((token, at): Mention[] => {
    const id = stateAbbreviations.get(token.text);
    if (!id || article.tokens[at + 1]?.text !== "." || article.tokens[at - 1]?.text !== ",")
      return [];
    const town = article.tokens[at - 2];
    const state = knowledge.entities.get(id);
    if (!state || !town || !isCapital(town)) return [];
    return [
      { from: at, to: at + 1, entity: knownAs(state), how: "name", listed: true, corrupted: false },
    ];
  });
}

const links = set("of de del");
const articles = set("the la las los el");

/** Places that the knowledge base lacks, by the word for what they are. */
export function unknownSites(article: Article, known: readonly Mention[]): Mention[] {
  const found: Mention[] = [];
  for (const sentence of article.sentences) {
    if (sentence.titleCase || sentence.capitals) continue;
    for (let at = sentence.from; at < sentence.to; at++) {
      const run = siteAt(article, sentence, at);
      if (!run) continue;
      at = Math.max(at, run.to - 1);
      if (isFree(run, known)) found.push(site(article, run));
    }
  }
  return found;
}

function siteAt(article: Article, sentence: ArticleSentence, at: number): Run | null {
  const token = article.tokens[at];
  if (token?.kind !== "word") return null;
  if (!isCapital(token)) return heads.has(token.folded) ? after(article, sentence, at) : null;
  if (sentence.language !== "es" && closing.has(token.folded)) return upTo(article, sentence, at);
  return opening.has(token.folded) && at > sentence.from ? from(article, sentence, at) : null;
}

const isPart = (token: Token | undefined): boolean =>
  token !== undefined &&
  isCapital(token) &&
  ![smallWords, weekdaysAndMonths, roleWords, bodyWords].some((words) => words.has(token.folded));

/** "Sam Rayburn Reservoir": the capitals before the word. */
function upTo({ tokens }: Article, sentence: ArticleSentence, at: number): Run | null {
  let start = at;
  while (start > sentence.from && at - start < 4 && isPart(tokens[start - 1])) start--;
  const next = tokens[at + 1];
  // "Harris County Judge" is an office in the county; "Park Avenue Bank" is a bank.
  if (next && isCapital(next) && bodyWords.has(next.folded)) return null;
  return start < at ? { from: start, to: at + 1 } : null;
}

/** "Avenida Bolívar", "Palacio Federal Legislativo": the capitals after the word. */
function from({ tokens }: Article, sentence: ArticleSentence, at: number): Run | null {
  const first = linked(tokens, at + 1);
  const to = runEnd(tokens, first, sentence.to);
  return to > first ? { from: at, to } : null;
}

/** "el barrio de Santa Bárbara": the name alone. */
function after({ tokens }: Article, sentence: ArticleSentence, at: number): Run | null {
  const first = linked(tokens, at + 1);
  const isLinked = first > at + 1;
  // English needs its "of": "the city Council" is none; "state" and "city" say little in Spanish too.
  if (!isLinked && sentence.language !== "es") return null;
  if (
    !isLinked &&
    !/^(?:avenida|calle|plaza|parque|estadio|teatro|estado|hotel|isla|rio|lago|cerro|municipio|barrio|sector|urbanizacion|parroquia|aeropuerto)$/.test(
      tokens[at]?.folded ?? "",
    )
  )
    return null;
  const to = runEnd(tokens, first, sentence.to);
  return to > first ? { from: first, to } : null;
}

/** Over "de la" and its like. */
function linked(tokens: Article["tokens"], at: number): number {
  if (!links.has(tokens[at]?.folded ?? "")) return at;
  return articles.has(tokens[at + 1]?.folded ?? "") && !isCapital(tokens[at + 1] as Token)
    ? at + 2
    : at + 1;
}

function runEnd(tokens: Article["tokens"], start: number, limit: number): number {
  let end = start;
  while (end < limit && end - start < 4) {
    const token = tokens[end];
    const opensName =
      end === start &&
      /^(?:el|la|los|las|san|santa)$/.test(token?.folded ?? "") &&
      token !== undefined &&
      isCapital(token);
    if (isPart(token) || opensName) {
      end++;
      continue;
    }
    const next = /^l[ao]s?$/.test(tokens[end + 1]?.folded ?? "") ? end + 2 : end + 1;
    const goesOn =
      end > start && /^del?$/.test(token?.folded ?? "") && isPart(tokens[next]) && next < limit;
    if (!goesOn) break;
    end = next + 1;
  }
  return end;
}

/** A name that we know and that is as long is the better reading; a shorter place or person inside is part of this one. */
const isFree = (run: Run, known: readonly Mention[]): boolean =>
  known
    .filter((one) => overlaps(one, run))
    .every(
      (one) =>
        ["place", "person"].includes(one.entity.type) &&
        one.from >= run.from &&
        one.to <= run.to &&
        one.to - one.from < run.to - run.from,
    );

function site(article: Article, run: Run): Mention {
  const name = surface(article, run).replace(/\s+/g, " ");
  return {
    ...run,
    entity: { key: `place:${nameKey(name)}`, id: null, type: "place", name, known: null },
    how: "name",
    listed: true,
    corrupted: false,
  };
}
