import type { Entity, Mention } from "../entities/mention.ts";
import { bareRole, headOfState, rolesOf } from "../entities/roles.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { antecedent, type Gender } from "./antecedent.ts";

const rolesByMentions = new WeakMap<readonly Mention[], ReturnType<typeof rolesOf>>();

/** Asked once for an article, however many quotes it has. */
function rolesIn(article: Article, mentions: readonly Mention[]): ReturnType<typeof rolesOf> {
  const known = rolesByMentions.get(mentions);
  if (known) return known;
  const persons = mentions.filter((one) => one.listed && one.entity.type === "person");
  const roles = rolesOf(article, persons);
  rolesByMentions.set(mentions, roles);
  return roles;
}

const unnamedByArticle = new WeakMap<Article, ReadonlyMap<string, number>>();

/** Where the article first speaks of "a diplomat", "una abogada". */
function unnamedRoles(article: Article): ReadonlyMap<string, number> {
  const known = unnamedByArticle.get(article);
  if (known) return known;
  const found = new Map<string, number>();
  for (const [at, token] of article.tokens.entries()) {
    if (!pointing.test(token.folded) || found.has(bareRole(token.folded))) continue;
    const isOne = /^(?:an?|una?|one)$/.test(article.tokens[at - 1]?.folded ?? "");
    if (isOne && article.tokens[at - 2]?.text !== ",") found.set(bareRole(token.folded), at);
  }
  unnamedByArticle.set(article, found);
  return found;
}

/** Who is called so: the one to whom the article gives the role, nobody when it tells of one without a name, else whom it pointed at last. */
export function bearer(
  article: Article,
  sentence: ArticleSentence,
  { word, gender }: Pointed,
  mentions: readonly Mention[],
): Entity | null {
  const own = rolesIn(article, mentions).get(bareRole(word));
  if (own) return own.entity;
  const head = headOfState(word, mentions, sentence.from);
  if (head) return head.entity;
  const isUnnamed = (unnamedRoles(article).get(bareRole(word)) ?? sentence.from) < sentence.from;
  return isUnnamed ? null : antecedent(article, sentence, mentions, gender);
}

export const genderOfArticle = (article: string): Gender | null =>
  article === "the" ? null : article === "la" ? "female" : "male";

/** Titles that point back at someone the article has named: "said the envoy", "aseguró el mandatario". */
export const pointing =
  /^(?:president|mandatari[oa]|president[ea]|senator|senador[a]?|minist[er]{2}|ministr[oa]|canciller|abogad[oa]|lawyer|attorney|envoy|enviad[oa]|fiscal|prosecutor|diplomat|diplomatic[oa]|dirigente|lider|leader|candidat[eoa]|gobernador[a]?|governor|juez|jueza|judge|executive|ejecutiv[oa]|exejecutiv[oa]|exdirectiv[oa]|empresari[oa]|businessman|congressman|congresswoman|secretary|secretari[oa]|vocer[oa]|spokesman|spokeswoman|portavoz|opositor[a]?|diputad[oa]|vicepresident[ea]|activist|activista|economist|economista|professor|profesor[a]?|alcalde|alcaldesa|mayor|ambassador|embajador[a]?|general|director[a]?|jefe|jefa|joven|mujer|hombre|woman|man|congresista|legislador[a]?|lawmaker|reporter[oa]?|periodista|vicepresident|chancellor|premier)$/;

/** "the envoy", "la abogada". */
export interface Pointed {
  readonly word: string;
  readonly gender: Gender | null;
}
