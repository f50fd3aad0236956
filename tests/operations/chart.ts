import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/**
 * Renders a chart as Helm would, for the part of Go's template language that ours uses, so that its templates can be checked
 * where no Helm is installed: if, else if, range over a map, with, define, include, variables and a few functions.
 * Whatever else a template says is an error.
 */
export function renderChart(
  directory: string,
  overrides: Record<string, unknown> = {},
): Map<string, string> {
  const read = (name: string): string => readFileSync(join(directory, name), "utf8");
  const chart = parse(read("Chart.yaml")) as Record<string, string>;
  const root = {
    Values: merged(parse(read("values.yaml")), overrides),
    Chart: { Name: chart.name, Version: chart.version, AppVersion: chart.appVersion },
    Release: { Name: "press", Namespace: "news", Service: "Helm" },
  };
  const names = readdirSync(join(directory, "templates")).toSorted();
  const defined = new Map<string, Node[]>();
  const parsed = names.map(
    (name) => [name, parseTemplate(read(`templates/${name}`), defined)] as const,
  );
  return new Map(
    parsed
      .filter(([name]) => !name.endsWith(".tpl"))
      .map(([name, nodes]) => [
        name,
        render(nodes, { dot: root, variables: new Map([["$", root]]), defined }),
      ]),
  );
}

function merged(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over === undefined ? base : over;
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...names].map((name) => [name, merged(base[name], over[name])]));
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Node =
  | { readonly text: string }
  | { readonly print: string }
  | {
      readonly block: "if" | "range" | "with";
      readonly of: string;
      readonly body: Node[];
      readonly otherwise: Node[];
    };

interface Scope {
  readonly dot: unknown;
  readonly variables: Map<string, unknown>;
  readonly defined: ReadonlyMap<string, Node[]>;
}

function parseTemplate(source: string, defined: Map<string, Node[]>): Node[] {
  const tokens = [...source.matchAll(/\{\{(-?)\s*([\s\S]*?)\s*(-?)\}\}|((?:(?!\{\{)[\s\S])+)/g)];
  const pieces = tokens.map(([, left, action, right, text]) => ({ left, action, right, text }));
  let at = 0;
  const textAt = (index: number): string => {
    let text = pieces[index]?.text ?? "";
    if (pieces[index - 1]?.right) text = text.replace(/^\s+/, "");
    if (pieces[index + 1]?.left) text = text.replace(/\s+$/, "");
    return text;
  };
  const sequence = (): { nodes: Node[]; end: string } => {
    const nodes: Node[] = [];
    for (; at < pieces.length; at++) {
      const action = pieces[at]?.action;
      if (action === undefined) nodes.push({ text: textAt(at) });
      else if (/^(end|else)\b/.test(action)) return { nodes, end: action };
      else if (/^(if|range|with|define)\b/.test(action)) {
        at += 1;
        const block = blockOf(action);
        if (block) nodes.push(block);
      } else if (!action.startsWith("/*")) nodes.push({ print: action });
    }
    return { nodes, end: "" };
  };
  const blockOf = (opening: string): Node | null => {
    const [, kind = "", of = ""] = /^(\w+)\s+([\s\S]*)$/.exec(opening) ?? [];
    const { nodes: body, end } = sequence();
    let otherwise: Node[] = [];
    if (end.startsWith("else if")) {
      at += 1;
      const next = blockOf(end.replace(/^else /, ""));
      return { block: "if", of, body, otherwise: next ? [next] : [] };
    }
    if (end === "else") {
      at += 1;
      otherwise = sequence().nodes;
    } else if (end !== "end") throw new Error(`template: {{ ${opening} }} has no end`);
    if (kind !== "define") return { block: kind as "if", of, body, otherwise };
    defined.set(JSON.parse(of) as string, body);
    return null;
  };
  const { nodes, end } = sequence();
  if (end) throw new Error(`template: a stray {{ ${end} }}`);
  return nodes;
}

function render(nodes: readonly Node[], scope: Scope): string {
  return nodes
    .map((node) => {
      if ("text" in node) return node.text;
      if ("print" in node) return printed(node.print, scope);
      return blockText(node, scope);
    })
    .join("");
}

function printed(action: string, scope: Scope): string {
  const [, name, how, value] = /^(\$\w+) (:?=) ([\s\S]+)$/.exec(action) ?? [];
  if (name && value) {
    if (how === "=" && !scope.variables.has(name)) throw new Error(`template: no variable ${name}`);
    scope.variables.set(name, evaluate(value, scope));
    return "";
  }
  return shown(evaluate(action, scope));
}

function blockText(node: Extract<Node, { block: string }>, scope: Scope): string {
  if (node.block === "range") {
    const [, key = "", item = "", of = ""] = /^(\$\w+), (\$\w+) := ([\s\S]+)$/.exec(node.of) ?? [];
    const entries = Object.entries((evaluate(of, scope) ?? {}) as object).toSorted();
    return entries
      .map(([name, value]) => {
        scope.variables.set(key, name).set(item, value);
        return render(node.body, { ...scope, dot: value });
      })
      .join("");
  }
  const value = evaluate(node.of, scope);
  if (!truthy(value)) return render(node.otherwise, scope);
  return render(node.body, node.block === "with" ? { ...scope, dot: value } : scope);
}

const truthy = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : isMap(value)
      ? Object.keys(value).length > 0
      : Boolean(value);

const shown = (value: unknown): string => {
  if (value === undefined || value === null || typeof value === "object")
    throw new Error(`template: prints ${JSON.stringify(value)}`);
  return String(value);
};

type Call = (args: unknown[], scope: Scope) => unknown;

const functions: Readonly<Record<string, Call>> = {
  include: ([name, dot], scope) => {
    const body = scope.defined.get(String(name));
    if (!body) throw new Error(`template: nothing is defined as ${name}`);
    return render(body, { ...scope, dot, variables: new Map([["$", dot]]) });
  },
  quote: ([value]) => JSON.stringify(shown(value)),
  nindent: ([count, text]) => `\n${String(text).replaceAll(/^(?=.)/gm, " ".repeat(Number(count)))}`,
  toYaml: ([value]) => stringify(value).trimEnd(),
  default: ([fallback, value]) => (truthy(value) ? value : fallback),
  trunc: ([count, text]) => String(text).slice(0, Number(count)),
  trimSuffix: ([suffix, text]) =>
    String(text).endsWith(String(suffix)) ? String(text).slice(0, -String(suffix).length) : text,
  and: (args) => args.find((value) => !truthy(value)) ?? args.at(-1),
  or: (args) => args.find(truthy) ?? args.at(-1),
  not: ([value]) => !truthy(value),
  eq: ([a, ...others]) => others.some((b) => a === b),
};

/** A pipeline: the value of each part is the last argument of the next. */
function evaluate(expression: string, scope: Scope): unknown {
  const parts = wordsOf(expression, "|").map((part) => wordsOf(part.trim(), " "));
  let piped: unknown[] = [];
  for (const [head = "", ...rest] of parts) {
    const args = [...rest.map((word) => operand(word, scope)), ...piped];
    const call = Object.hasOwn(functions, head) ? functions[head] : undefined;
    if (call) piped = [call(args, scope)];
    else if (args.length > 0) throw new Error(`template: no function ${head}`);
    else piped = [operand(head, scope)];
  }
  return piped[0];
}

function operand(word: string, scope: Scope): unknown {
  if (word.startsWith("(")) return evaluate(word.slice(1, -1), scope);
  if (/^".*"$/.test(word)) return JSON.parse(word);
  if (/^\d+$/.test(word)) return Number(word);
  if (word === "true" || word === "false") return word === "true";
  const [, variable, path] = /^(\$\w*)?((?:\.\w*)*)$/.exec(word) ?? [];
  if (path === undefined) throw new Error(`template: cannot read ${word}`);
  if (variable && !scope.variables.has(variable))
    throw new Error(`template: no variable ${variable}`);
  const start = variable ? scope.variables.get(variable) : scope.dot;
  return path
    .split(".")
    .filter(Boolean)
    .reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      start,
    );
}

/** Splits at a separator outside of quotation marks and brackets. */
function wordsOf(text: string, separator: string): string[] {
  const words = [""];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && character === "(") depth += 1;
    if (!quoted && character === ")") depth -= 1;
    if (character === separator && depth === 0 && !quoted) words.push("");
    else words[words.length - 1] += character;
  }
  return words.filter((word) => word.trim() !== "");
}
