import type { ArticleDate } from "@newsledger/core";
import { isPossessive, type Mention } from "../entities/mention.ts";
import { weekdaysAndMonths } from "../entities/words.ts";
import type { Article } from "../text/article.ts";
import { isCapital } from "../text/token.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { isFactualNoun } from "./factual.ts";
import type { TriggerHit } from "./match.ts";
import { agentsBy, objects } from "./objects.ts";
import { antecedents, mainSubject } from "./roles.ts";
import { dateNear } from "./setting.ts";
import { byDelegates } from "./voices.ts";

export function noun(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  dates: readonly ArticleDate[],
): Candidate | null {
  const { sentence } = clause;
  const { code } = hit.trigger;
  const date = dateNear(article, clause, hit, dates);
  const near = date !== undefined && isBeside(article, hit, date);
  const owners = ownersOf(article, clause, hit);
  const link = linkAfter(article, clause, hit);
  const named =
    link > 0 ? objects(article, clause, link, () => true, 8, false, byDelegates.has(code)) : [];
  if (deeds.has(code) && isSought(article, hit)) return null;
  const isTold =
    near ||
    (code === "meet" && opensSentence(article, clause, hit)) ||
    hit.trigger.words.some((word) => /^impos|^impuest/.test(word)) ||
    followedByDay(article, named, dates) ||
    (deeds.has(code) && (named.length > 0 || owners.length > 0));
  if (!isFactualNoun(article, hit.from, sentence.from, sentence.to, isTold)) return null;
  if (code === "meet" || code === "negotiate")
    return encounter(article, clause, hit, owners, named);
  return {
    code,
    hit,
    actors: agentsBy(article, clause, hit.to),
    targets: people(named).length > 0 || owners.length === 0 ? named : owners,
  };
}

const people = (all: readonly Mention[]): Mention[] =>
  all.filter(({ entity }) => entity.type === "person" || entity.type === "group");

/** "talks between Ana Prado and Luis Gil": both act; "a meeting with Ana Prado": she is met. */
function encounter(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  owners: readonly Mention[],
  named: readonly Mention[],
): Candidate {
  const { tokens } = article;
  const { code } = hit.trigger;
  const last = tokens[hit.to - 1]?.folded ?? "";
  if (/^(?:of|de)$/.test(last) && named.length > 0) {
    const end = Math.max(...named.map((one) => one.to));
    const isWith = /^(?:with|con)$/.test(tokens[end]?.folded ?? "");
    const met = isWith ? objects(article, clause, end + 1, () => true, 8, false, true) : [];
    return { code, hit, actors: named, targets: met };
  }
  const isMutual = /^(?:between|entre)$/.test(last);
  if (!isMutual || named.length < 2) {
    const opens = owners.length === 0 && opensSentence(article, clause, hit);
    return {
      code,
      hit,
      actors: opens ? mainSubject(article, clause, hit) : owners,
      targets: named,
    };
  }
  if (code === "negotiate") return { code, hit, actors: named, targets: [] };
  return { code, hit, actors: named.slice(0, 1), targets: named.slice(1) };
}

/** "In a meeting with Ana Prado, Luis Gil asked …". */
const opensSentence = ({ tokens }: Article, { sentence }: Clause, hit: TriggerHit): boolean =>
  hit.from - sentence.from <= 3 &&
  /^(?:in|during|at|after|en|durante|tras)$/.test(tokens[sentence.from]?.folded ?? "");

/** "the release of Ana Prado on March 8", "la excarcelación de Ana Prado, el 8 de marzo". */
function followedByDay(
  { tokens }: Article,
  named: readonly Mention[],
  dates: readonly ArticleDate[],
): boolean {
  const end = Math.max(...named.map((one) => one.to), -1);
  const next = [0, 1, 2, 3].map((step) => tokens[end + step]);
  const isDay = (start: number | undefined) => dates.some((date) => date.start === start);
  return (
    end > 0 &&
    next.some(
      (token, at) =>
        token &&
        isDay(token.start) &&
        next
          .slice(0, at)
          .every((one) =>
            /^(?:,|on|el|in|en|last|late|early|this|este|del?|pasado)$/.test(one?.folded ?? ""),
          ),
    )
  );
}

/** Nobody speaks of an arrest or a sentence that was only hoped for; of a release one does. */
const deeds: ReadonlySet<string> = new Set(["arrest", "extradite", "convict", "reimprison"]);

/** "a warrant for the arrest of …", "a reward for the capture of …". */
const isSought = ({ tokens }: Article, { from }: TriggerHit): boolean =>
  tokens
    .slice(Math.max(0, from - 7), from)
    .some((token) =>
      /^(?:warrants?|orden|ordenes|rewards?|recompensas?|bounty|leading|lead|conduzca|conduzcan|risk|riesgo|fear|fears|temor|face|faces|facing|fighting|fight|awaiting|possible|eventual|way|approv\p{L}*|autoriz\p{L}*|authori\p{L}*|aprob\p{L}*|cleared?|blocked?|orden\p{L}*|ordered|solicit\p{L}*|sought|seeks?|busca|rechaz\p{L}*|offer\p{L}*|ofrec\p{L}*)$/u.test(
        token.folded,
      ),
    );

/** "Ana Prado’s arrest", "her arrest", "Ana Prado, whose arrest …", "su captura". */
function ownersOf(article: Article, clause: Clause, hit: TriggerHit): Mention[] {
  const { tokens } = article;
  const named = clause.mentions.filter(
    (one) => one.to <= hit.from && one.to >= hit.from - 2 && isPossessive(article, one),
  );
  if (named.length > 0) return named;
  for (const at of [hit.from - 1, hit.from - 2]) {
    const word = tokens[at]?.folded ?? "";
    if (/^(?:whose|cuy[oa]s?)$/.test(word)) return antecedents(article, clause, at);
    if (/^(?:his|her|their|sus?)$/.test(word) && at >= clause.sentence.from)
      return possessor(clause, at, word === "their");
  }
  return [];
}

/** Whose it is: whoever the sentence names before, else the one before it does. */
function possessor(
  { sentence, mentions, before }: Clause,
  at: number,
  isPlural: boolean,
): Mention[] {
  const wanted = (one: Mention) =>
    one.entity.type === (isPlural ? "group" : "person") && (one.listed || one.how === "phrase");
  const own = mentions.filter((one) => one.to <= at && wanted(one));
  // "After his arrest, Ana Prado …".
  const ahead =
    at - sentence.from < 8
      ? mentions.find((one) => one.from > at && one.from < at + 14 && wanted(one))
      : undefined;
  const found = own[0] ?? ahead ?? before.find(wanted);
  return found ? [found] : [];
}

const links = /^(?:of|on|sobre|de|del|a|al|with|con|between|entre|to|against|contra)$/;

/** Where those begin whom the noun concerns: "the release on Saturday of …", "la captura, el lunes, de …"; 0 when nothing links them. */
function linkAfter({ tokens }: Article, { sentence }: Clause, hit: TriggerHit): number {
  if (links.test(tokens[hit.to - 1]?.folded ?? "")) return hit.to;
  for (let at = hit.to; at < sentence.to && at < hit.to + 8; at++) {
    const token = tokens[at];
    if (!token) return 0;
    if (/^(?:of|del?)$/.test(token.folded) && !weekdaysAndMonths.has(tokens[at - 1]?.folded ?? "-"))
      return at;
    if (at === hit.to && links.test(token.folded)) return at;
    if (/^(?:of|del?)$/.test(token.folded)) {
      const isDate =
        tokens[at + 1]?.kind === "number" || weekdaysAndMonths.has(tokens[at + 1]?.folded ?? "");
      if (!isDate) return at;
      continue;
    }
    const isSetting =
      token.kind === "number" ||
      weekdaysAndMonths.has(token.folded) ||
      /^(?:on|in|at|en|el|la|this|last|late|early|pasado|pasada|yesterday|ayer|,)$/.test(
        token.folded,
      ) ||
      (at > hit.to && isCapital(token));
    if (!isSetting) return 0;
  }
  return 0;
}

/** A date within four words of the noun, with nothing but prepositions between: "the vote on Nov. 21", "the 2018 election". */
function isBeside(article: Article, hit: TriggerHit, date: ArticleDate): boolean {
  const start = article.tokens[hit.from]?.start ?? 0;
  const end = article.tokens[hit.to - 1]?.end ?? 0;
  const between =
    date.start >= end ? article.text.slice(end, date.start) : article.text.slice(date.end, start);
  return /^[\s,]*(?:(?:on|of|in|held|del|de|el|la|en|celebradas|presidential|regional|parliamentary|municipal|gubernatorial|pasado|presidenciales|regionales|parlamentarias)\s*){0,4}$/iu.test(
    between,
  );
}
