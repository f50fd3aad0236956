import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { courts, isPaper, isPlace } from "./kinds.ts";

/** Only a court rules: one named as the subject, or the word right before the verb. */
export function ruling(article: Article, clause: Clause, candidate: Candidate): Candidate | null {
  if (!speaksAsCourt(article, clause, candidate)) return null;
  const { actors, hit } = candidate;
  const aboutSale = article.tokens
    .slice(hit.to, hit.to + 4)
    .some((token) => /^(?:sale|auction|venta|subasta|bid|oferta)$/.test(token.folded));
  if (aboutSale)
    return { ...candidate, actors: actors.filter((one) => !isPlace(one)), targets: [] };
  return {
    ...candidate,
    actors: actors.filter((one) => !isPlace(one)),
    // "a ruling by Judge Prado": whose judgment it was does not take part in the next one.
    targets: candidate.targets.filter(
      (one) => !isPlace(one) && !isPaper(one) && !hasRole(article, one),
    ),
  };
}

const courtIds = new Set([
  "d-del",
  "ca3",
  "sdny",
  "tsj",
  "us-supreme-court",
  "international-criminal-court",
  "leonard-stark",
  "alvin-hellerstein",
  "lorena-cornielles",
  "rosvelin-gil",
]);

export function speaksAsCourt(
  article: Article,
  { sentence }: Clause,
  { hit, actors }: Candidate,
): boolean {
  if (
    actors.some(
      (one) =>
        courtIds.has(one.entity.id ?? "") || /court|tribunal|corte|juzgado/i.test(one.entity.name),
    )
  )
    return true;
  if (actors.length > 0 && actors.every((one) => !isPlace(one) && !hasRole(article, one)))
    return false;
  return article.tokens
    .slice(Math.max(sentence.from, hit.from - 9), hit.from)
    .some((token) => courts.test(token.folded));
}

const hasRole = ({ tokens }: Article, one: Mention): boolean =>
  tokens.slice(Math.max(0, one.from - 3), one.from).some((token) => courts.test(token.folded)) ||
  tokens.slice(one.to, one.to + 5).some((token) => courts.test(token.folded));
