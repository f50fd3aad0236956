import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { type Entities, loadCasework } from "../knowledge/entities.ts";
import { ownList } from "./evidence.ts";
import { type Expression, ExpressionInvalid, parseExpression, termsOf } from "./expression.ts";
import { type TopicDefinition, type TopicRule, topicDefinition } from "./schema.ts";
import { Terms } from "./terms.ts";

/** A topic ready for matching. Lists of terms go by number. */
export interface Topic {
  readonly id: string;
  readonly version: number;
  readonly title: { en: string; es: string };
  readonly about: { en: string; es: string };
  readonly subjects: readonly string[];
  readonly definition: TopicDefinition;
  /** What the rules with `when` say. */
  readonly expressions: ReadonlyMap<TopicRule, Expression>;
  readonly terms: Terms;
  readonly lists: ReadonlyMap<string, number>;
}

export const mustNotList = "must not";
export const hintList = "hints";

/** A definition that cannot be used: which topic, and one line for each thing that is wrong. */
export class TopicInvalid extends Error {
  override name = "TopicInvalid";
}

/** The topics that ship with the program; the knowledge says how their entities are written. */
export function loadTopics(knowledge: Entities = loadCasework()): Topic[] {
  const folder = new URL("../../topics/", import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .toSorted()
    .map((file) => parseTopic(readFileSync(new URL(file, folder), "utf8"), file, knowledge));
}

/** A topic from its YAML; `name` says in errors which one it was. Throws TopicInvalid. */
export function parseTopic(
  yaml: string,
  name: string,
  knowledge: Entities = loadCasework(),
): Topic {
  const result = topicDefinition.safeParse(parseYaml(yaml, name));
  if (!result.success) {
    const lines = result.error.issues.map(
      (issue) => `${issue.path.join(".") || "the topic"}: ${issue.message}`,
    );
    throw new TopicInvalid(`topic ${name}: ${lines.join("; ")}`);
  }
  return compile(result.data, name, knowledge);
}

function parseYaml(yaml: string, name: string): unknown {
  try {
    return parse(yaml, { maxAliasCount: 0 });
  } catch (error) {
    throw new TopicInvalid(`topic ${name}: not readable as YAML`, { cause: error });
  }
}

function compile(definition: TopicDefinition, file: string, knowledge: Entities): Topic {
  const expressions = new Map(
    definition.rules.flatMap((rule) => {
      const expression = rule.when === undefined ? null : read(rule.when, definition, file);
      return expression ? [[rule, expression] as const] : [];
    }),
  );
  const single = new Set([...expressions.values()].flatMap((one) => termsOf(one).terms));
  const lists: [string, readonly string[]][] = [
    ...[...single].map((term): [string, string[]] => [ownList(term), [term]]),
    ...Object.entries(definition.terms),
    [mustNotList, definition["must not"]],
    [hintList, definition.hints],
  ];
  const named = lists.map(
    ([name, terms]) => [name, terms.flatMap((term) => spelled(term, file, knowledge))] as const,
  );
  const { id, version, title, about, subjects } = definition;
  return {
    id,
    version,
    title,
    about,
    subjects,
    definition,
    expressions,
    terms: new Terms(
      named.map(([, terms]) => terms),
      definition.capitals,
    ),
    lists: new Map(named.map(([name], number) => [name, number])),
  };
}

function read(when: string, { terms }: TopicDefinition, file: string): Expression {
  try {
    const expression = parseExpression(when);
    const unknown = termsOf(expression).lists.find((name) => terms[name] === undefined);
    if (unknown) throw new ExpressionInvalid(`no list of terms is called "${unknown}"`);
    return expression;
  } catch (error) {
    if (!(error instanceof ExpressionInvalid)) throw error;
    throw new TopicInvalid(`topic ${file}: “${when}”: ${error.message}`, { cause: error });
  }
}

/** `entity:matthew-heath` and `role:detained in Venezuela` stand for every name of those whom the knowledge holds. */
function spelled(term: string, file: string, { entities }: Entities): string[] {
  const [, kind, wanted = ""] = /^(entity|role):\s*(.+)$/.exec(term) ?? [];
  if (!kind) return [term];
  const meant =
    kind === "entity"
      ? [entities.get(wanted)].filter((one) => one !== undefined)
      : [...entities.values()].filter(({ roles }) => roles.some(({ role }) => role === wanted));
  if (meant.length === 0) throw new TopicInvalid(`topic ${file}: nobody is known as "${term}"`);
  return meant.flatMap(({ name, aliases }) => [name, ...aliases.map(({ text }) => text)]);
}
