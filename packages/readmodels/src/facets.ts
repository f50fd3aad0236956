import type { NewsEvents } from "@newsledger/core";

type Understanding = NewsEvents["article.understood"]["understanding"];

export type Role = "actor" | "target";

/** What is asked of one occurrence at once, and of who is named: one facet. */
export interface FacetQuestion {
  entity?: string | undefined;
  /** “part” is either role; without one, it is only named. */
  role?: Role | "part" | undefined;
  occurrence?: string | undefined;
}

/**
 * Everything that an article may be asked for as one list of words, for one index: any combination of them costs what the
 * rarest of them costs.
 */
export function facetsOf(
  source: string,
  { language, entities, occurrences }: Understanding,
): string[] {
  const facets = new Set([languageFacet(language), sourceFacet(source)]);
  for (const { id } of entities) if (id !== null) facets.add(facetFor({ entity: id }));
  for (const { code, actors, targets } of occurrences) {
    facets.add(facetFor({ occurrence: code }));
    const parts = [
      ...actors.map(({ id }) => ({ id, role: "actor" as const })),
      ...targets.map(({ id }) => ({ id, role: "target" as const })),
    ];
    for (const { id: entity, role } of parts) {
      if (entity === null) continue;
      facets.add(facetFor({ entity, role }));
      facets.add(facetFor({ entity, role: "part" }));
      facets.add(facetFor({ entity, occurrence: code }));
      facets.add(facetFor({ entity, role, occurrence: code }));
    }
  }
  return [...facets];
}

/** `entity x`, `actor x`, `part x`, `tells release`, `release target x`, `release part x`. */
export function facetFor({ entity, role, occurrence }: FacetQuestion): string {
  if (entity === undefined) return `tells ${occurrence}`;
  if (occurrence === undefined) return `${role ?? "entity"} ${entity}`;
  return `${occurrence} ${role ?? "part"} ${entity}`;
}

export const sourceFacet = (source: string): string => `source ${source}`;
export const languageFacet = (language: string): string =>
  `language ${language.slice(0, 2).toLowerCase()}`;
