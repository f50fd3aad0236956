import type { Occurrence } from "@newsledger/core";
import type { Expression, FieldName } from "./expression.ts";
import type { Field } from "./field.ts";
import type { TermHit } from "./terms.ts";

export interface Hit extends TermHit {
  readonly field: Field;
  /** In the title, the summary or the first words of the text. */
  readonly opening: boolean;
}

/** The words, and what the article tells, that satisfy a rule. */
export interface Evidence {
  readonly hits: readonly Hit[];
  readonly told: readonly Occurrence[];
}

/** What an expression is asked about. */
export interface Material {
  hitsOf(list: string): readonly Hit[];
  readonly occurrences: readonly Occurrence[];
}

/** A term that stands by itself in an expression is a list of its own. */
export const ownList = (term: string): string => `=${term}`;

/** What satisfies an expression; null when nothing does. */
export function evaluate(expression: Expression, material: Material): Evidence | null {
  switch (expression.kind) {
    case "term":
      return found(within(material.hitsOf(ownList(expression.term)), expression.field));
    case "list":
      return found(within(material.hitsOf(expression.name), expression.field));
    case "occurrence": {
      const told = material.occurrences.filter(({ code }) => code === expression.code);
      return told.length > 0 ? { hits: [], told } : null;
    }
    case "not":
      return evaluate(expression.of, material) ? null : { hits: [], told: [] };
    case "any": {
      const met = expression.of.flatMap((one) => evaluate(one, material) ?? []);
      return met.length > 0 ? joined(met) : null;
    }
    case "all": {
      const met = expression.of.map((one) => evaluate(one, material));
      return met.every((one) => one !== null) ? joined(met) : null;
    }
    case "near": {
      const lists = expression.of.map((one) => evaluate(one, material)?.hits ?? []);
      const chosen = together(lists, (a, b) => apart(a, b) <= expression.words);
      return chosen && { hits: chosen, told: [] };
    }
  }
}

const found = (hits: readonly Hit[]): Evidence | null =>
  hits.length > 0 ? { hits, told: [] } : null;

const within = (hits: readonly Hit[], field: FieldName | null): readonly Hit[] =>
  field === null
    ? hits
    : hits.filter((hit) => (field === "opening" ? hit.opening : hit.field.name === field));

const joined = (all: readonly Evidence[]): Evidence => ({
  hits: all.flatMap(({ hits }) => hits),
  told: [...new Set(all.flatMap(({ told }) => told))],
});

const apart = (a: Hit, b: Hit): number =>
  a.field === b.field ? Math.abs(a.from - b.from) : Number.POSITIVE_INFINITY;

/** One hit of each list, each for other words, all near the first. */
export function together(
  lists: readonly (readonly Hit[])[],
  near: (a: Hit, b: Hit) => boolean,
): Hit[] | null {
  const [anchors = [], ...others] = lists;
  for (const anchor of anchors) {
    const chosen = [anchor];
    for (const list of others) {
      const next = list.find(
        (hit) => near(anchor, hit) && chosen.every((one) => !isSame(one, hit)),
      );
      if (!next) break;
      chosen.push(next);
    }
    if (chosen.length === lists.length) return chosen;
  }
  return null;
}

/** The same words, there or elsewhere: one name cannot be evidence for two things. */
const isSame = (a: Hit, b: Hit): boolean =>
  (a.field === b.field && a.from < b.to && b.from < a.to) || keysOf(a) === keysOf(b);

const keysOf = ({ field: one, from, to }: Hit): string =>
  one.words
    .slice(from, to)
    .map((word) => word.key)
    .join(" ");
