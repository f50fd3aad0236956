import type { ArticleDate } from "@newsledger/core";
import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { withCoordinated } from "./list.ts";
import type { TriggerHit } from "./match.ts";
import { objects } from "./objects.ts";
import { appositionHead, subjects } from "./roles.ts";
import { dateNear } from "./setting.ts";
import { active, byWhom, undergone } from "./voices.ts";

const afterParticiple = {
  en: /^(?:in|on|by|after|at|since|during|last|when|along|together|as|with)$/,
  es: /^(?:en|por|desde|tras|el|durante|ayer|hace|junto|cuando|a)$/,
};

/** No auxiliary: "Vadell, arrested in 2017, …" is passive; an English verb with an object is active. */
export function reduced(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  dates: readonly ArticleDate[],
): Candidate | null {
  const { tokens } = article;
  if (isAdjective(article, hit)) return null;
  const among = wasAmong(article, clause, hit);
  if (among) return undergone(article, clause, hit, among);
  // "a licence granted in May by OFAC": the paper has no name of its own.
  if (hit.trigger.code === "sanction-relief" && hit.trigger.voice === "participle")
    return { code: "sanction-relief", hit, actors: byWhom(article, clause, hit), targets: [] };
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
    const own = near ? subjects(article, clause, end) : [named];
    const free =
      named.entity.type !== "person" || own.some((one) => one.entity.key === named.entity.key)
        ? own
        : [];
    // "a video of Ana Prado, a soldier captured on Monday": whatever else the name hangs on.
    const isApposed = end < hit.from && article.tokens[end]?.text === ",";
    const isPlural = /(?:ad|id)[oa]s$/.test(tokens[hit.from]?.folded ?? "");
    const apposed = isPlural ? withCoordinated(article, clause.mentions, named, -1) : [named];
    const targets = free.length > 0 ? free : isApposed ? apposed : [];
    return { code: hit.trigger.code, hit: { ...hit, reduced: true }, actors, targets };
  }
  return hit.trigger.voice === "verb" ? active(article, clause, hit, hit.from) : null;
}

/** "Ana Prado was among those seized": where its verb stands, or 0. */
function wasAmong({ tokens }: Article, { sentence }: Clause, { from }: TriggerHit): number {
  const words = [1, 2, 3].map((step) => tokens[from - step]?.folded ?? "");
  const isAmong =
    from - 3 > sentence.from &&
    /^(?:those|los|las)$/.test(words[0] ?? "") &&
    /^(?:among|entre)$/.test(words[1] ?? "") &&
    /^(?:was|were|is|are|fue|fueron|esta|estan|estaba|estaban|figura|figuran)$/.test(
      words[2] ?? "",
    );
  return isAmong ? from - 3 : 0;
}

/** "six jailed executives", "the detained Americans": how they are, not what happened. */
function isAdjective({ tokens }: Article, { from, to, trigger }: TriggerHit): boolean {
  const [before, next] = [tokens[from - 1]?.folded ?? "", tokens[to]];
  const isNoun =
    next?.kind === "word" &&
    /^\p{Ll}{3,}$/u.test(next.text) &&
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
