import { isPossessive, type Mention } from "../entities/mention.ts";
import { antecedent } from "../quotes/antecedent.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { withCoordinated } from "./list.ts";
import type { TriggerHit } from "./match.ts";
import { agentsBy, companions, objects } from "./objects.ts";
import { pronounObjects } from "./pronoun.ts";
import { antecedents, subjects } from "./roles.ts";

export const passive = (
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  start: number,
): Candidate => {
  const made = undergone(article, clause, hit, start);
  const actors = byWhom(article, clause, hit);
  return {
    ...made,
    actors,
    targets: [...made.targets, ...companions(article, clause, hit.to)].filter(
      (one) => !actors.includes(one),
    ),
  };
};

/** The subject undergoes it. Spanish may name it after the verb: "fueron liberados Ana y Luis". */
export function undergone(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  start: number,
): Candidate {
  const before = subjects(article, clause, start);
  const spanish = clause.sentence.language === "es";
  const after =
    before.length > 0 || !spanish || hit.trigger.code === "statement"
      ? before
      : objects(article, clause, hit.to, (one) => one.entity.type !== "place");
  const targets = after.length > 0 ? after : impliedSubject(article, clause, start);
  return { code: hit.trigger.code, hit, actors: [], targets };
}

export function active(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  start: number,
): Candidate {
  const { code, words, needs } = hit.trigger;
  const own = frontedObjects(article, clause, hit) ? [] : subjects(article, clause, start);
  const actors = own.length > 0 ? own : impliedSubject(article, clause, start);
  // The one affected may stand inside the phrase: "declared Ana Prado the winner".
  const isInside =
    words.some((word) => word.startsWith("~")) &&
    (code === "prisoner-swap" || !opensObject.test(words.at(-1) ?? ""));
  const opens = opensObject.test(article.tokens[hit.to]?.folded ?? "");
  const from = !isInside ? hit.to : opens && /^sanction/.test(code) ? hit.to + 1 : hit.from + 1;
  const wanted = needs === "person" ? isSomeone : () => true;
  const named =
    frontedObjects(article, clause, hit) ??
    relativeObjects(article, clause, hit) ??
    objects(article, clause, from, wanted, 14, needs === "person", byDelegates.has(code));
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

/** Those who are met through whoever they send: "met U.S. officials". */
export const byDelegates: ReadonlySet<string> = new Set(["meet", "negotiate"]);

/** "A Ana Prado y a Luis Gil los visitó un día después": Spanish may begin with whom it concerns. */
function frontedObjects(
  article: Article,
  { sentence, mentions }: Clause,
  hit: TriggerHit,
): Mention[] | null {
  const { tokens } = article;
  const opens = /^al?$/.test(tokens[sentence.from]?.folded ?? "");
  if (sentence.language !== "es" || !opens) return null;
  if (!/^(?:lo|la|los|las|le|les)$/.test(tokens[hit.from - 1]?.folded ?? "")) return null;
  const first = mentions.find(
    (one) => one.from <= sentence.from + 4 && ["person", "group"].includes(one.entity.type),
  );
  return first ? withCoordinated(article, mentions, first, 1) : null;
}

/** "Ana Prado, a quien agentes habían detenido", "whom agents had arrested": the pronoun stands for whom it concerns. */
function relativeObjects(article: Article, clause: Clause, hit: TriggerHit): Mention[] | null {
  const { tokens } = article;
  for (let at = hit.from - 2; at > clause.sentence.from && hit.from - at < 12; at--) {
    const word = tokens[at]?.folded ?? "";
    if (tokens[at]?.kind === "mark") return null;
    const isObject =
      word === "whom" ||
      (/^quien(?:es)?$/.test(word) && /^al?$/.test(tokens[at - 1]?.folded ?? ""));
    if (!isObject) continue;
    const all = antecedents(article, clause, word === "whom" ? at : at - 1);
    return all.length > 0 ? all : null;
  }
  return null;
}

/** "Fue capturado el lunes": Spanish leaves out the one whom the sentence before is about. */
function impliedSubject(
  article: Article,
  { sentence, before, all }: Clause,
  start: number,
): Mention[] {
  const lead = article.tokens.slice(sentence.from, Math.min(start, sentence.from + 3));
  const isBare =
    start - sentence.from <= 2 &&
    lead.every((token) => /^(?:se|lo|la|los|las|tambien|luego|ya|le)$/.test(token.folded));
  const isFronted =
    /^al?$/.test(lead[0]?.folded ?? "") &&
    /^(?:lo|la|los|las|le|les)$/.test(article.tokens[start - 1]?.folded ?? "");
  if (sentence.language !== "es" || !(isBare || isFronted)) return [];
  if (isFronted) {
    const entity = antecedent(article, sentence, all, null);
    return entity
      ? [{ entity, from: start, to: start, how: "phrase", listed: false, corrupted: false }]
      : [];
  }
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

export const isSomeone = ({ entity, listed }: Mention): boolean =>
  !["instrument", "case"].includes(entity.type) && (entity.type !== "place" || !listed);

export const byWhom = (article: Article, clause: Clause, hit: TriggerHit): Mention[] =>
  agentsBy(
    article,
    clause,
    hit.trigger.words.some((word) => word === "by" || word === "por") ? hit.from : hit.to,
  );
