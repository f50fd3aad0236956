import type { mentionRows, occurrenceRows } from "./articles.ts";

/** What one understanding of an article says of whom: all that a page about someone counts. */
export interface Naming {
  source: string;
  mentions: readonly Pick<ReturnType<typeof mentionRows>[number], "entity_id" | "name" | "type">[];
  occurrences: readonly Pick<
    ReturnType<typeof occurrenceRows>[number],
    "code" | "actor_ids" | "target_ids"
  >[];
}

export interface NamingCount {
  kind: "named" | "typed" | "articles" | "outlets" | "acts" | "suffers" | "takes part";
  /** Whom it is about. */
  key: string;
  /** A name, a type, an outlet, or what was done. */
  part: string;
}

/** What it adds to the counts while it stands. */
export function countsOf({ source, mentions, occurrences }: Naming): NamingCount[] {
  const counts: NamingCount[] = [];
  const add = (kind: NamingCount["kind"], key: string, part: string) =>
    counts.push({ kind, key, part });
  for (const { entity_id: id, name, type } of mentions) {
    if (id === null) continue;
    add("named", id, name);
    add("typed", id, type);
  }
  const ids = [...new Set(mentions.flatMap(({ entity_id }) => entity_id ?? []))];
  for (const id of ids) {
    add("articles", id, "");
    add("outlets", id, source);
  }
  for (const { code, actor_ids, target_ids } of occurrences) {
    for (const id of new Set(actor_ids)) add("acts", id, code);
    for (const id of new Set(target_ids)) add("suffers", id, code);
    for (const id of new Set([...actor_ids, ...target_ids])) add("takes part", id, code);
  }
  return counts;
}
