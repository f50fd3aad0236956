import { ownList } from "./evidence.ts";
import type { Expression } from "./expression.ts";
import { hintList, mustNotList, type Topic } from "./load.ts";

/**
 * What an item must show for a topic to be worth asking, by the numbers of terms. It never says no where the
 * topic says yes; order, distance, field and language are left to the topic itself.
 */
export type Condition =
  | { readonly kind: "always" }
  | { readonly kind: "one"; readonly terms: readonly number[] }
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] };

/** The numbers of terms: the same words have the same number in every topic. */
export interface Numbering {
  ofList(topic: Topic, list: string): readonly number[];
  ofSign(sign: string): number;
}

/** Signs are what is not a word: no word has a colon in it. */
export const toldSign = (code: string): string => `occurrence:${code}`;
export const subjectSign = (id: string): string => `subject:${id}`;

/** A rule of the topic can be met, or one of its subjects is named. */
export function matchingCondition(topic: Topic, numbering: Numbering): Condition {
  const list = (name: string): Condition => oneOf(numbering.ofList(topic, name));
  const rules = topic.definition.rules.map((rule): Condition => {
    const expression = topic.expressions.get(rule);
    if (expression) return expressed(expression, list, numbering);
    if (rule.any) return { kind: "any", of: rule.any.map(list) };
    return { kind: "all", of: (rule.all ?? []).map(list) };
  });
  const subjects = topic.subjects.map((id) => numbering.ofSign(subjectSign(id)));
  return { kind: "any", of: [...rules, oneOf(subjects)] };
}

export const hintingCondition = (topic: Topic, numbering: Numbering): Condition =>
  oneOf(numbering.ofList(topic, hintList));

export const barringCondition = (topic: Topic, numbering: Numbering): Condition =>
  oneOf(numbering.ofList(topic, mustNotList));

const oneOf = (terms: readonly number[]): Condition => ({ kind: "one", terms });

function expressed(
  expression: Expression,
  list: (name: string) => Condition,
  numbering: Numbering,
): Condition {
  switch (expression.kind) {
    case "term":
      return list(ownList(expression.term));
    case "list":
      return list(expression.name);
    case "occurrence":
      return oneOf([numbering.ofSign(toldSign(expression.code))]);
    case "not":
      return { kind: "always" };
    case "any":
      return { kind: "any", of: expression.of.map((one) => expressed(one, list, numbering)) };
    case "all":
    case "near":
      return { kind: "all", of: expression.of.map((one) => expressed(one, list, numbering)) };
  }
}

/** Whether the terms that an item shows can satisfy it. */
export function isPossible(condition: Condition, isShown: (term: number) => boolean): boolean {
  switch (condition.kind) {
    case "always":
      return true;
    case "one":
      for (const term of condition.terms) if (isShown(term)) return true;
      return false;
    case "all":
      for (const one of condition.of) if (!isPossible(one, isShown)) return false;
      return true;
    case "any":
      for (const one of condition.of) if (isPossible(one, isShown)) return true;
      return false;
  }
}

/** Terms of which an item shows one at least, whenever the condition holds; null when it can hold without any. */
interface Required {
  readonly terms: readonly number[];
  /** How often they are expected: the sum of the terms'. */
  readonly cost: number;
}

/** The fewest and rarest terms that cannot all be missing. */
export function required(condition: Condition, cost: (term: number) => number): Required | null {
  switch (condition.kind) {
    case "always":
      return null;
    case "one":
      return {
        terms: condition.terms,
        cost: condition.terms.reduce((sum, term) => sum + cost(term), 0),
      };
    case "all": {
      const known = condition.of.flatMap((one) => required(one, cost) ?? []);
      const [first, ...others] = known;
      return first
        ? others.reduce((best, one) => (one.cost < best.cost ? one : best), first)
        : null;
    }
    case "any": {
      const known = condition.of.map((one) => required(one, cost));
      if (known.some((one) => one === null)) return null;
      const each = known.flatMap((one) => one ?? []);
      return {
        terms: [...new Set(each.flatMap(({ terms }) => terms))],
        cost: each.reduce((sum, one) => sum + one.cost, 0),
      };
    }
  }
}
