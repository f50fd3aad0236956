import type { ArticleEntity, Occurrence } from "@newsledger/core";
import type { EvaluateOptions, Facts } from "./facts.ts";
import type { Rule } from "./rule.ts";

/** What of an article meets the conditions of a rule. */
export interface Matching {
  readonly entities: ArticleEntity[];
  /** Those that involve a wanted entity first. */
  readonly occurrences: Occurrence[];
  /** Ids that the rule asks for, members of groups included. */
  readonly wanted: ReadonlySet<string>;
}

type Conditions = Pick<
  Rule,
  "topic" | "entities" | "occurrences" | "part" | "role" | "sources" | "languages" | "when"
>;

/** Whether one article, by itself, meets the conditions of a rule; null when it does not. */
export function matching(
  rule: Conditions,
  facts: Facts,
  options: EvaluateOptions,
): Matching | null {
  if (rule.languages.length > 0 && !rule.languages.some((one) => one === facts.language))
    return null;
  if (rule.sources.length > 0 && !rule.sources.some((one) => one === facts.sourceKind)) return null;

  const wanted = withMembers(rule.entities, options.groups);
  const entities = facts.entities.filter(
    ({ id }) => id !== null && (wanted.size === 0 || isNamed(id, rule, wanted, options.groups)),
  );
  if (wanted.size > 0 && entities.length === 0) return null;
  if (rule.role !== null && !facts.entities.some(({ id }) => holds(id, rule.role, facts, options)))
    return null;

  const told = facts.occurrences.filter(
    (occurrence) =>
      (rule.occurrences.length === 0 || rule.occurrences.includes(occurrence.code)) &&
      (rule.part === null || hasPart(occurrence, rule.part, wanted, options.groups)),
  );
  if ((rule.occurrences.length > 0 || rule.part !== null) && told.length === 0) return null;
  const occurrences = told.toSorted(
    (a, b) => Number(involves(b, wanted)) - Number(involves(a, wanted)),
  );
  // Without wanted entities all are kept for the search of first mentions, and none is claimed to be the reason.
  return {
    entities: wanted.size > 0 || rule.when.kind === "first-mention" ? entities : [],
    occurrences,
    wanted,
  };
}

/** What becomes of a group becomes of its members; any other news about it need not be about each of them. */
const isNamed = (
  id: string,
  { when }: Pick<Rule, "when">,
  wanted: ReadonlySet<string>,
  groups: EvaluateOptions["groups"],
): boolean =>
  wanted.has(id) ||
  (when.kind === "status-change" && (groups.get(id) ?? []).some((member) => wanted.has(member)));

export const involves = ({ actors, targets }: Occurrence, ids: ReadonlySet<string>): boolean =>
  [...actors, ...targets].some(({ id }) => id !== null && ids.has(id));

/** Told of a group, it is told of each of its members: "the six were freed" is about everyone of them. */
function hasPart(
  { actors, targets }: Occurrence,
  part: "actor" | "target",
  wanted: ReadonlySet<string>,
  groups: EvaluateOptions["groups"],
): boolean {
  return (part === "actor" ? actors : targets).some(
    ({ id }) =>
      wanted.size === 0 ||
      (id !== null &&
        (wanted.has(id) || (groups.get(id) ?? []).some((member) => wanted.has(member)))),
  );
}

/** Whether someone holds such an office on the day the article was public. */
function holds(
  id: string | null,
  role: string | null,
  { publishedAt, foundAt }: Facts,
  { people }: EvaluateOptions,
): boolean {
  if (id === null || role === null) return false;
  const day = (publishedAt ?? foundAt).toISOString().slice(0, 10);
  const asked = folded(role);
  return (people?.get(id)?.roles ?? []).some(
    ({ role: held, from = "", to = "9999" }) =>
      folded(held).includes(asked) && from.slice(0, 10) <= day && day <= `${to}-12-31`.slice(0, 10),
  );
}

const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function withMembers(
  ids: readonly string[],
  groups: EvaluateOptions["groups"],
): ReadonlySet<string> {
  return new Set(ids.flatMap((id) => [id, ...(groups.get(id) ?? [])]));
}
