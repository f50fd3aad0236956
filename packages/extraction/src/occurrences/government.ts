import type { Mention } from "../entities/mention.ts";

/** Whose government is meant by "Maduro’s government", by id. */
const countryOf: ReadonlyMap<string, string> = new Map([
  ["nicolas-maduro", "venezuela"],
  ["delcy-rodriguez", "venezuela"],
  ["hugo-chavez", "venezuela"],
  ["joe-biden", "united-states"],
  ["donald-trump", "united-states"],
  ["barack-obama", "united-states"],
  ["nayib-bukele", "el-salvador"],
]);

export const governing = /^(?:government|regime|administration|gobierno|regimen|administracion)$/;
/** Who acts for a country, or for a body. */
export const forces =
  /^(?:forces|troops|agents|officers|police|authorities|officials|military|soldiers|prosecutors|army|navy|commandos|marshals|negotiators|diplomats|government|regime|administration|envoys|representatives|lawmakers|ministry|ministerio|cancilleria|intelligence|guards|guardsmen|delegation|delegates|emissaries|mediators)$/;

/** The country that acts when its government is named after a person, if the article names the country too. */
export function governmentOf(one: Mention, mentions: readonly Mention[]): Mention {
  const country = countryOf.get(one.entity.id ?? "");
  const named = country && mentions.find(({ entity }) => entity.id === country);
  return named ? { ...one, entity: named.entity } : one;
}
