import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Clause } from "./clause.ts";

export const isPerson = (one: Mention): boolean =>
  one.entity.type === "person" || one.entity.type === "group";

export const isBody = (one: Mention): boolean => one.entity.type === "organisation";

export const isPlace = (one: Mention): boolean => one.entity.type === "place" && one.listed;

/** A licence or a case is what is issued or ruled on, not one who takes part. */
export const isPaper = (one: Mention): boolean => ["instrument", "case"].includes(one.entity.type);

export const courts =
  /^(?:judge|judges|court|courts|tribunal|tribunals|jury|magistrate|panel|justices|juez|jueza|jueces|corte|cortes|sala|magistrado|magistrada|magistrados|jurado|circuit)$/;

export const prison = /^(?:years?|months?|prison|jail|life|anos|meses|prision|carcel)$/;

const words = ({ tokens }: Article, { sentence }: Clause): string[] =>
  tokens.slice(sentence.from, sentence.to).map((token) => token.folded);

export const hasWord = (article: Article, clause: Clause, pattern: RegExp): boolean =>
  words(article, clause).some((word) => pattern.test(word));
