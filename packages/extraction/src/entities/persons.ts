import { nameKey } from "../knowledge/name-key.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital, type Token } from "../text/token.ts";
import { type Entity, type Mention, surface, Taken } from "./mention.ts";
import { commonSurnames } from "./surnames.ts";
import {
  bodyWords,
  givenNames,
  notNames,
  officeWords,
  particles,
  roleWords,
  sayingVerbs,
  trades,
  weekdaysAndMonths,
} from "./words.ts";

/** Persons that the knowledge base lacks: runs of two to five capitals with a cue that they are a person. */
export function unknownPersons(article: Article, taken: readonly Mention[]): Mention[] {
  const occupied = new Taken(article.tokens.length, taken);
  const starts = new Set(taken.map(({ from }) => from));
  const speakers = loneSpeakers(article);
  const found: Mention[] = [];
  for (const sentence of article.sentences) {
    for (let at = sentence.from; at < sentence.to; at++) {
      if (
        !(opensName(article.tokens[at]) || isAl(article, sentence, at)) ||
        occupied.overlaps({ from: at, to: at + 1 })
      )
        continue;
      const run = { from: at, to: nameEnd(article, at, sentence.to, starts) };
      at = Math.max(at, run.to - 1);
      const person = shortened(article, run);
      if (!person || occupied.overlaps(person)) continue;
      if (isPerson(article, sentence, person, speakers)) found.push(personMention(article, person));
    }
  }
  return found;
}

export function unknownPerson(name: string): Entity {
  return { key: `person:${nameKey(name)}`, id: null, type: "person", name, known: null };
}

const personMention = (article: Article, run: { from: number; to: number }): Mention => ({
  ...run,
  entity: unknownPerson(surface(article, run).replace(/\s+/g, " ")),
  how: "name",
  listed: true,
  corrupted: false,
});

const mayBeName = (token: Token): boolean =>
  isCapital(token) &&
  !notNames.has(token.folded) &&
  !weekdaysAndMonths.has(token.folded) &&
  !(token.text.length > 2 && token.text === token.text.toUpperCase());

/** "Al Prado", in English only: Spanish begins sentences with it. */
const isAl = ({ tokens }: Article, { language }: ArticleSentence, at: number): boolean => {
  const next = tokens[at + 1];
  return language === "en" && tokens[at]?.text === "Al" && next !== undefined && opensName(next);
};

const opensName = (token: Token | undefined): boolean =>
  token !== undefined &&
  mayBeName(token) &&
  ![roleWords, officeWords, bodyWords].some((words) => words.has(token.folded));

/** The end of the run: capitals, initials, and particles between capitals ("Ana de la Vega"). */
function nameEnd(
  { tokens }: Article,
  from: number,
  limit: number,
  taken: ReadonlySet<number>,
): number {
  let end = from + 1;
  for (const [step, token] of tokens.slice(from + 1, limit).entries()) {
    const at = from + 1 + step;
    // "Ana Prado de Caracas": another name begins.
    if (taken.has(at)) break;
    const initial = token.text === "." && /^\p{Lu}$/u.test(tokens[at - 1]?.text ?? "");
    const next = tokens[at + 1];
    const isSaint =
      token.text === "." &&
      /^(?:St|Ste)$/.test(tokens[at - 1]?.text ?? "") &&
      next &&
      isCapital(next);
    if (initial || isSaint || (token.text === "-" && next && isCapital(next))) continue;
    // "Cheuk-yan": the second half of a hyphenated name may be small.
    const isHalf = tokens[at - 1]?.text === "-" && tokens[at - 1]?.end === token.start;
    if (mayBeName(token) || (isHalf && token.kind === "word")) end = at + 1;
    else if (token.text === "-" && next?.start === token.end) continue;
    else if (!particles.has(token.folded) || isCapital(token)) break;
  }
  return end;
}

/** At most five words, without the titles before them; a run with a body's word in it is no person. */
function shortened(article: Article, run: { from: number; to: number }) {
  const from = afterTrade(article, { from: afterTitles(article, run), to: run.to });
  const words = article.tokens.slice(from, run.to).filter((token) => token.kind === "word");
  const capitals = words.filter((token) => isCapital(token));
  if (capitals.length < 2 || capitals.length > 5) return null;
  // "José Luis and Alirio Zambrano": given names alone wait for the surname that follows.
  const next = article.tokens[run.to]?.folded ?? "";
  if (capitals.every((one) => givenNames.has(one.folded)) && /^(?:and|y|e)$/.test(next))
    return null;
  return capitals.some((token) => bodyWords.has(token.folded)) ? null : { from, to: run.to };
}

/** "Home Secretary Ana Prado": the name begins after the last title. */
function afterTitles({ tokens }: Article, { from, to }: { from: number; to: number }): number {
  for (let at = to - 2; at >= from; at--)
    if (roleWords.has(tokens[at]?.folded ?? "")) return at + 1;
  return from;
}

/** "Angler Ana Prado": a trade that opens the sentence with a capital, before a given name. */
function afterTrade(
  { tokens, sentences, sentenceOf }: Article,
  { from, to }: { from: number; to: number },
): number {
  const [first, second] = [tokens[from], tokens[from + 1]];
  const opens =
    sentences[sentenceOf[from] ?? 0]?.from === from || /^[—–:]$/.test(tokens[from - 1]?.text ?? "");
  const isTrade =
    opens &&
    to - from >= 3 &&
    !givenNames.has(first?.folded ?? "") &&
    givenNames.has(second?.folded ?? "") &&
    second !== undefined &&
    isCapital(second);
  return isTrade ? from + 1 : from;
}

function isPerson(
  article: Article,
  sentence: ArticleSentence,
  run: { from: number; to: number },
  speakers: ReadonlySet<string>,
): boolean {
  const first = article.tokens[run.from]?.folded ?? "";
  if (givenNames.has(first) || first === "al") return !sentence.capitals;
  if (sentence.titleCase || sentence.capitals) return false;
  if (endsInSurname(article, run)) return true;
  return (
    hasRoleBefore(article, run.from) ||
    isSpeaker(article, run) ||
    hasAge(article, run) ||
    speakers.has(article.tokens[run.to - 1]?.folded ?? "")
  );
}

/** Surnames that are words or places too often to tell a person. */
const vague = new Set(
  "cruz hill hall king price rice green black white young gray brown west wells woods stone long fields brooks reed grant ford fox bell rose hunt wood ward leon santiago valencia valle toledo washington jordan santos rosario castillo palacios puente villa iglesias fuentes rios torres soler mesa vega luna paz rey felix roman nava mora mata moya bravo blanco nieves pineda jackson lincoln houston hamilton clinton madison lee segovia zamora cordova trujillo medina mercado parra rubio leal bello franco prado campos arce lara salinas barrera barrios arroyo cano trejo toro wang elliott hudson lawrence stanley morgan wells harris".split(
    " ",
  ),
);

/** "Mirelys Casique" has no given name that we know; "Sophie Quintero" needs none. */
function endsInSurname({ tokens }: Article, { from, to }: { from: number; to: number }): boolean {
  const last = tokens[to - 1]?.folded ?? "";
  const first = tokens[from]?.folded ?? "";
  return (
    commonSurnames.has(last) &&
    !vague.has(last) &&
    to - from <= 3 &&
    !/^(?:san|santa|santo|los|las|fort|port|mount|saint|st|gran|grand|sierra|plan|caso|ley|operation|operacion|project|hurricane|storm)$/.test(
      first,
    )
  );
}

/** Single words that speak or bear a Mr. or Mrs. somewhere ("Mehraban said"): the surnames of persons named in full elsewhere. */
function loneSpeakers(article: Article): ReadonlySet<string> {
  const { tokens } = article;
  const found = new Set<string>();
  for (const [at, token] of tokens.entries()) {
    if (!mayBeName(token) || token.text.length < 3) continue;
    const before = tokens[at - 1];
    const isAlone = !before || !isCapital(before);
    const titled =
      before?.text === "." && /^(?:mr|mrs|ms|sr|sra)$/.test(tokens[at - 2]?.folded ?? "");
    if (titled || (isAlone && isSpeaker(article, { from: at, to: at + 1 })))
      found.add(token.folded);
  }
  return found;
}

function hasRoleBefore({ tokens }: Article, from: number): boolean {
  let at = from - 1;
  if (tokens[at]?.text === "." || tokens[at]?.text === ",") at--;
  const token = tokens[at];
  return token !== undefined && (roleWords.has(token.folded) || trades.has(token.folded));
}

function isSpeaker({ tokens }: Article, { from, to }: { from: number; to: number }): boolean {
  return (
    sayingVerbs.has(tokens[from - 1]?.folded ?? "") || sayingVerbs.has(tokens[to]?.folded ?? "")
  );
}

/** "Ana Prado, 54," and "Ana Prado, de 54 años". */
function hasAge({ tokens }: Article, { to }: { to: number }): boolean {
  if (tokens[to]?.text !== ",") return false;
  const at = tokens[to + 1]?.folded === "de" ? to + 2 : to + 1;
  return (
    /^\d{1,2}$/.test(tokens[at]?.text ?? "") && /^(,|anos|\.)$/.test(tokens[at + 1]?.folded ?? "")
  );
}
