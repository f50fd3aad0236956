import type { ArticleDate, Occurrence } from "@newsledger/core";
import type { Mention } from "../entities/mention.ts";
import { isPossessive } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { decide } from "./decide.ts";
import { auxiliaryBefore, hasUnreal, isFactualNoun, isFactualVerb } from "./factual.ts";
import { type TriggerHit, triggerHits } from "./match.ts";
import { merge, newestFirst } from "./merge.ts";
import { agentsBy, companions, objects } from "./objects.ts";
import { unnamedPeople } from "./people.ts";
import { pronounObjects } from "./pronoun.ts";
import { appositionHead, subjects } from "./roles.ts";
import { dateNear, participant, placeNear } from "./setting.ts";

/** Who did what to whom, told as having happened. Precision before recall: what is not bound to someone named is left out. */
export function findOccurrences(
  article: Article,
  mentions: readonly Mention[],
  dates: readonly ArticleDate[],
  publishedDay: string | null,
): Occurrence[] {
  const whole = mentions.filter((one) => !isPart(article, one));
  const all = [...whole, ...unnamedPeople(article, mentions)].toSorted((a, b) => a.from - b.from);
  const found = article.sentences.flatMap((sentence) => {
    const clause: Clause = {
      sentence,
      mentions: within(all, sentence),
      before: mentionsBefore(article, all, sentence.index),
      all,
    };
    return triggerHits(article, sentence).flatMap((hit) => {
      const bound = bind(article, clause, hit, dates);
      const decided = bound && decide(article, clause, bound, dates);
      if (!decided) return [];
      const made = occurrence(article, clause, decided, dates);
      // What is dated after the publication is announced, not told.
      return made.date && publishedDay && made.date > publishedDay ? [] : [made];
    });
  });
  return newestFirst(merge(found), publishedDay);
}

/** "two of the Citgo 6": not the group, but the two. */
function isPart({ tokens }: Article, { from, entity }: Mention): boolean {
  let at = from - 1;
  // "uno de los seis exejecutivos": the article and the number belong to the group.
  while (/^(?:the|los|six|seis|6|former|citgo)$/.test(tokens[at]?.folded ?? "")) at--;
  return (
    entity.type === "group" &&
    /^(?:of|de)$/.test(tokens[at]?.folded ?? "") &&
    /^(?:\d+|one|two|three|four|five|some|several|un[oa]?|dos|tres|cuatro|cinco|varios|algunos)$/.test(
      tokens[at - 1]?.folded ?? "",
    )
  );
}

const within = (mentions: readonly Mention[], { from, to }: { from: number; to: number }) =>
  mentions.filter((one) => one.from >= from && one.to <= to);

function mentionsBefore(article: Article, mentions: readonly Mention[], index: number): Mention[] {
  const own = article.sentences[index];
  const previous = article.sentences[index - 1];
  const isNear = previous && own && index > 1 && own.paragraph - previous.paragraph <= 1;
  return isNear ? within(mentions, previous) : [];
}

function occurrence(
  article: Article,
  clause: Clause,
  { code, hit, actors, targets }: Candidate,
  dates: readonly ArticleDate[],
): Occurrence {
  const { sentence } = clause;
  const date = dateNear(article, clause, hit, dates);
  const place = placeNear(article, clause, hit);
  return {
    code,
    actors: unique(actors),
    targets: unique(targets),
    ...(date ? { date: date.iso, precision: date.precision } : {}),
    ...(place ? { place: { id: place.id, name: place.name } } : {}),
    sentence: article.text.slice(sentence.start, sentence.end),
    start: sentence.start,
    end: sentence.end,
  };
}

const unique = (mentions: readonly Mention[]) => [
  ...new Map(mentions.map((one) => [one.entity.key, participant(one)])).values(),
];

/** The roles by the trigger's voice; null when the words do not say that it happened. */
function bind(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  dates: readonly ArticleDate[],
): Candidate | null {
  const { voice } = hit.trigger;
  if (voice === "noun") return noun(article, clause, hit, dates);
  const { sentence } = clause;
  if (voice === "headline" && sentence.index > 0) return null;
  const { kind, start } = auxiliaryBefore(article, hit.from, sentence.from);
  if (hasUnreal(article, hit, hit.trigger.words) || !isFactualVerb(article, start, sentence.from))
    return null;
  if (voice === "affected") return undergone(article, clause, hit, start);
  const isPassive = kind === "passive" || kind === "state";
  if (voice === "past" && isPassive && isParticiple(hit)) {
    // Of a longer phrase another trigger tells what its passive means.
    const isPlain = kind === "passive" && hit.trigger.words.length === 1;
    return isPlain ? passive(article, clause, hit, start) : null;
  }
  if (voice === "past" || voice === "headline" || kind === "perfect")
    return active(article, clause, hit, start);
  if (kind === "passive") return passive(article, clause, hit, start);
  return kind === "state" ? null : reduced(article, clause, hit, dates);
}

/** English forms that are participles too: after "is" or "was" the subject does nothing. */
const isParticiple = ({ trigger }: TriggerHit): boolean =>
  /(?:ed|met|found)$/.test(trigger.words[0] ?? "");

const passive = (article: Article, clause: Clause, hit: TriggerHit, start: number): Candidate => {
  const made = undergone(article, clause, hit, start);
  return {
    ...made,
    actors: byWhom(article, clause, hit),
    targets: [...made.targets, ...companions(article, clause, hit.to)],
  };
};

/** The subject undergoes it. Spanish may name it after the verb: "fueron liberados Ana y Luis". */
function undergone(article: Article, clause: Clause, hit: TriggerHit, start: number): Candidate {
  const before = subjects(article, clause, start);
  const spanish = clause.sentence.language === "es";
  const after =
    before.length > 0 || !spanish
      ? before
      : objects(article, clause, hit.to, (one) => one.entity.type !== "place");
  const targets = after.length > 0 ? after : impliedSubject(article, clause, start);
  return { code: hit.trigger.code, hit, actors: [], targets };
}

function active(article: Article, clause: Clause, hit: TriggerHit, start: number): Candidate {
  const { code, words, needs } = hit.trigger;
  const own = subjects(article, clause, start);
  const actors = own.length > 0 ? own : impliedSubject(article, clause, start);
  // The one affected may stand inside the phrase: "declared Ana Prado the winner".
  const isInside =
    words.some((word) => word.startsWith("~")) &&
    (code === "prisoner-swap" || !opensObject.test(words.at(-1) ?? ""));
  const from = isInside ? hit.from + 1 : hit.to;
  const wanted = needs === "person" ? isSomeone : () => true;
  const named = objects(article, clause, from, wanted, 14, needs === "person");
  const targets =
    named.length > 0
      ? named
      : code === "court-ruling"
        ? ordered(article, clause, from)
        : code === "statement"
          ? []
          : pronounObjects(article, clause, hit, actors);
  return { code, hit, actors, targets };
}

/** "Fue capturado el lunes": Spanish leaves out the one whom the sentence before is about. */
function impliedSubject(article: Article, { sentence, before }: Clause, start: number): Mention[] {
  const lead = article.tokens.slice(sentence.from, start);
  const isBare =
    lead.length <= 2 &&
    lead.every((token) => /^(?:se|lo|la|los|las|tambien|luego|ya|le)$/.test(token.folded));
  if (sentence.language !== "es" || !isBare) return [];
  const first = before.find((one) => ["person", "group"].includes(one.entity.type) && one.listed);
  return first && !isPossessive(article, first) ? [first] : [];
}

/** "ordenó en julio que los seis vayan a juicio", "ordered them to stand trial": whom the ruling is about. */
function ordered(article: Article, clause: Clause, from: number): Mention[] {
  const that = [0, 1, 2, 3, 4].find((step) =>
    /^(?:that|que)$/.test(article.tokens[from + step]?.folded ?? ""),
  );
  if (that === undefined) return pronounObjects(article, clause, { from, to: from }, []);
  return objects(article, clause, from + that + 1, ({ entity }) =>
    ["person", "group"].includes(entity.type),
  );
}

/** The phrase ends where the one affected begins: "imposed sanctions on", "se reunió en Caracas con". */
const opensObject = /^(?:on|against|with|of|for|a|al|con|contra|sobre|meet|visit|to)$/;

const isSomeone = ({ entity, listed }: Mention): boolean =>
  !["instrument", "case"].includes(entity.type) && (entity.type !== "place" || !listed);

const byWhom = (article: Article, clause: Clause, hit: TriggerHit): Mention[] =>
  agentsBy(
    article,
    clause,
    hit.trigger.words.some((word) => word === "by" || word === "por") ? hit.from : hit.to,
  );

const afterParticiple = {
  en: /^(?:in|on|by|after|at|since|during|last|when|along|together|as|with)$/,
  es: /^(?:en|por|desde|tras|el|durante|ayer|hace|junto|cuando|a)$/,
};

/** No auxiliary: "Vadell, arrested in 2017, …" is passive; an English verb with an object is active. */
function reduced(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  dates: readonly ArticleDate[],
): Candidate | null {
  const { tokens } = article;
  if (isAdjective(article, hit)) return null;
  const listed = amongThose(article, clause, hit);
  if (listed.length > 0) return { code: hit.trigger.code, hit, actors: [], targets: listed };
  const afterComma = tokens[hit.from - 1]?.text === ",";
  const isRelative =
    afterComma ||
    hit.trigger.voice === "participle" ||
    afterParticiple[clause.sentence.language === "es" ? "es" : "en"].test(
      tokens[hit.to]?.folded ?? "",
    );
  if (isRelative) {
    const shared = sharedApposition(article, clause, hit.from);
    const end = shared ?? appositionStart(article, clause, afterComma ? hit.from - 1 : hit.from);
    const near = clause.mentions.find((one) => one.to === end && one.entity.type !== "place");
    const named = near ?? appositionHead(article, clause, end);
    if (!named || !agrees(article, hit, named)) return null;
    const actors = byWhom(article, clause, hit);
    if (actors.length === 0 && isLasting(article, clause, hit, dates)) return null;
    const free = near ? subjects(article, clause, end) : [named];
    // "a video of Ana Prado, a soldier captured on Monday": whatever else the name hangs on.
    const isApposed = end < hit.from && article.tokens[end]?.text === ",";
    const targets = free.length > 0 ? free : isApposed ? [named] : [];
    return { code: hit.trigger.code, hit, actors, targets };
  }
  return hit.trigger.voice === "verb" ? active(article, clause, hit, hit.from) : null;
}

/** "six jailed executives", "the detained Americans": how they are, not what happened. */
function isAdjective({ tokens }: Article, { from, to, trigger }: TriggerHit): boolean {
  const [before, next] = [tokens[from - 1]?.folded ?? "", tokens[to]];
  const isNoun =
    next?.kind === "word" &&
    /^\p{Ll}{4,}$/u.test(next.text) &&
    !afterParticiple.en.test(next.folded);
  return (
    trigger.voice === "verb" &&
    isNoun &&
    /^(?:the|an?|his|her|its|their|other|of|more|wrongfully|unjustly|recently|newly|former|\d+|two|three|four|five|six|seven|eight|nine|ten)$/.test(
      before,
    )
  );
}

/** "Among those freed on Friday is Ana Prado", "entre los liberados están …". */
function amongThose(article: Article, clause: Clause, hit: TriggerHit): Mention[] {
  const { from, to } = clause.sentence;
  if (!/^(?:among|entre)$/.test(article.tokens[from]?.folded ?? "") || hit.from - from > 5)
    return [];
  const verb = article.tokens
    .slice(hit.to, to)
    .findIndex((token) =>
      /^(?:is|are|was|were|esta|estan|figura|figuran|estaba|estaban)$/.test(token.folded),
    );
  return verb < 0
    ? []
    : objects(article, clause, hit.to + verb + 1, ({ entity }) =>
        ["person", "group"].includes(entity.type),
      );
}

/** "The men detained in Caracas were freed": how it stands with them, while another verb tells the news. */
function isLasting(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  dates: readonly ArticleDate[],
): boolean {
  if (hit.trigger.code !== "arrest" || dateNear(article, clause, hit, dates)) return false;
  return article.tokens
    .slice(hit.to, clause.sentence.to)
    .some((token) =>
      /^(?:was|were|are|is|have|has|had|fue|fueron|son|estan|han|ha)$/.test(token.folded),
    );
}

/** "sobrinos de Ana Prado, condenados": the plural is not hers. */
function agrees(article: Article, hit: TriggerHit, one: Mention): boolean {
  const word = article.tokens[hit.from]?.folded ?? "";
  return (
    !(one.entity.type === "person" && one.how !== "phrase" && /(?:ad|id)[oa]s$/.test(word)) ||
    isListEnd(article, one)
  );
}

const isListEnd = ({ tokens }: Article, { from }: Mention): boolean =>
  tokens.slice(Math.max(0, from - 3), from).some((token) => /^(?:y|e|and)$/.test(token.folded));

/** "Ana Prado, arrested in May and extradited in June, …": both hang on her. */
function sharedApposition(
  { tokens }: Article,
  { sentence, mentions }: Clause,
  at: number,
): number | null {
  if (!/^(?:and|y|e)$/.test(tokens[at - 1]?.folded ?? "")) return null;
  for (let index = at - 2; index > sentence.from && at - index < 16; index--) {
    if (tokens[index]?.text !== ",") continue;
    const opens = /(?:ed|ad[oa]s?|id[oa]s?)$/.test(tokens[index + 1]?.folded ?? "");
    return opens && mentions.some((one) => one.to === index) ? index : null;
  }
  return null;
}

/** "Ana Prado, a New Yorker arrested in …": back over the apposition to the comma after the name. */
function appositionStart({ tokens }: Article, { sentence }: Clause, at: number): number {
  for (let index = at - 1; index > sentence.from && at - index <= 9; index--) {
    const token = tokens[index];
    if (token?.kind === "mark") return at;
    const isArticle = /^(?:an?|the|una?|el|la)$/.test(token?.folded ?? "");
    if (isArticle) return tokens[index - 1]?.text === "," ? index - 1 : at;
  }
  return at;
}

function noun(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  dates: readonly ArticleDate[],
): Candidate | null {
  const { sentence } = clause;
  const date = dateNear(article, clause, hit, dates);
  const near = date !== undefined && isBeside(article, hit, date);
  if (!isFactualNoun(article, hit.from, sentence.from, sentence.to, near)) return null;
  const owners = clause.mentions.filter(
    (one) => one.to <= hit.from && one.to >= hit.from - 2 && isPossessive(article, one),
  );
  const last = article.tokens[hit.to - 1]?.folded ?? "";
  const next = article.tokens[hit.to]?.folded ?? "";
  const links = /^(?:of|de|del|a|al|with|con|between|entre|to|against|contra)$/;
  const named =
    links.test(last) || links.test(next) ? objects(article, clause, hit.to, () => true, 8) : [];
  if (hit.trigger.code === "meet") return { code: "meet", hit, actors: owners, targets: named };
  return {
    code: hit.trigger.code,
    hit,
    actors: agentsBy(article, clause, hit.to),
    targets: named.length > 0 ? named : owners,
  };
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
