import type { ArticleDate } from "@newsledger/core";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { auxiliaryBefore, hasUnreal, isFactualVerb } from "./factual.ts";
import type { TriggerHit } from "./match.ts";
import { noun } from "./noun.ts";
import { objects } from "./objects.ts";
import { reduced } from "./reduced.ts";
import { mainSubject, subjects } from "./roles.ts";
import { active, isSomeone, passive, undergone } from "./voices.ts";

/** The roles by the trigger's voice; null when the words do not say that it happened. */
export function bind(
  article: Article,
  clause: Clause,
  hit: TriggerHit,
  dates: readonly ArticleDate[],
): Candidate | null {
  const { voice } = hit.trigger;
  if (voice === "noun") return noun(article, clause, hit, dates);
  const { sentence } = clause;
  if (voice === "headline" && sentence.index > 0) return null;
  if (voice === "joined") return joined(article, clause, hit);
  if (voice === "purpose") return purpose(article, clause, hit);
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
  if (voice === "past" || voice === "headline" || voice === "perfect" || kind === "perfect")
    return active(article, clause, hit, start);
  if (kind === "passive") return passive(article, clause, hit, start);
  return kind === "state" ? null : reduced(article, clause, hit, dates);
}

/** "After meeting Ana Prado, Luis Gil flew home", "Luis Gil flew home after meeting Ana Prado": the subject is that of the main clause. */
function joined(article: Article, clause: Clause, hit: TriggerHit): Candidate | null {
  const { sentence } = clause;
  if (!isFactualVerb(article, hit.from, sentence.from)) return null;
  // "…, accusing them of fraud": part of what the main clause tells.
  if (hit.trigger.code === "statement" && !/^reco/.test(hit.trigger.words[0] ?? "")) {
    const isGoing = /^(?:is|are|was|were)$/.test(article.tokens[hit.from - 1]?.folded ?? "");
    return isGoing ? active(article, clause, hit, hit.from - 1) : null;
  }
  const made = active(article, clause, hit, hit.from);
  return { ...made, actors: mainSubject(article, clause, hit) };
}

const going =
  /^(?:flew|flown|traveled|travelled|went|driven|drove|taken|arrived|came|returned|landed|was|were|viaj[oó]|viajaron|vol[oó]|volaron|lleg[oó]|llegaron|acudi[oó]|acudieron|fue|fueron|aterriz[oó]|regres[oó]|estuvo|estuvieron)$/;

/** "flew to Prado on Monday to meet Ana Gil", "was in Prado to see her": what one went for, one did. */
function purpose(article: Article, clause: Clause, hit: TriggerHit): Candidate | null {
  const { tokens } = article;
  for (let at = hit.from - 1; at > clause.sentence.from && hit.from - at < 14; at--) {
    const token = tokens[at];
    if (!token || /^[;:“”"«»()]$/.test(token.text)) return null;
    if (!going.test(token.folded)) continue;
    const { start } = auxiliaryBefore(article, at, clause.sentence.from);
    const went = tokens
      .slice(at + 1, hit.from)
      .some(({ folded }) => /^(?:to|in|for|a|en|hasta)$/.test(folded));
    if (!went || !isFactualVerb(article, start, clause.sentence.from)) return null;
    const actors = subjects(article, clause, start);
    const named = objects(article, clause, hit.to, isSomeone, 14, false, true);
    return actors.length > 0 ? { code: hit.trigger.code, hit, actors, targets: named } : null;
  }
  return null;
}

/** English forms that are participles too: after "is" or "was" the subject does nothing. */
const isParticiple = ({ trigger }: TriggerHit): boolean =>
  /(?:ed|met|found)$/.test(trigger.words[0] ?? "");
