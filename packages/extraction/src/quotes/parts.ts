import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";

export const speaksFor =
  /^(?:spokes\w+|statement|communique|sources?|portavoz|portavoces|vocer[oa]s?|comunicado|nota)$/;

/** What a body says through. */
const papers = /^(?:statement|communique|report|comunicado|informe|nota|texto|portavoz|vocer[oa])$/;

export const prepositions =
  /^(?:that|to|in|on|at|with|about|against|for|from|after|during|as|que|a|con|en|sobre|contra|para|ante|por|al|tras|desde|durante|como|cuando|while|when|before|antes)$/;

/** "the wife of Ana Prado", "a relative of one of the executives": the one before "of" speaks. */
export function belongsToNext(tokens: Article["tokens"], one: Mention): boolean {
  const before = [1, 2, 3].map((steps) => tokens[one.from - steps]?.folded ?? "");
  const of = before.findIndex((word) => !/^(?:the|los|las|el|la)$/.test(word));
  if (!/^(?:de|del|of)$/.test(before[of] ?? "")) return false;
  const head = tokens[one.from - of - 2]?.folded ?? "";
  return one.entity.type !== "organisation" || !papers.test(head);
}
