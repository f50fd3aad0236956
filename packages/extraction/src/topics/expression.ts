import { occurrenceCode } from "@newsledger/core";

export type FieldName = "title" | "summary" | "text" | "opening";

/** What a rule's `when` says, read. */
export type Expression =
  | { readonly kind: "all" | "any"; readonly of: readonly Expression[] }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "near"; readonly words: number; readonly of: readonly Expression[] }
  | { readonly kind: "term"; readonly term: string; readonly field: FieldName | null }
  | { readonly kind: "list"; readonly name: string; readonly field: FieldName | null }
  | { readonly kind: "occurrence"; readonly code: string };

/** The words of a rule that cannot be read: what is wrong, for the one who wrote them. */
export class ExpressionInvalid extends Error {
  override name = "ExpressionInvalid";
}

const longest = 2000;
const deepest = 20;
const pattern = /[^\s(),"]*"[^"]*"|[^\s(),"]+|[(),]/gu;

interface Reader {
  readonly words: readonly string[];
  at: number;
}

/**
 * `citgo AND (jail* OR "house arrest") AND NOT title:fenway`, `NEAR/8(executive*, freed)`, `entity:tomeu-vadell`,
 * `role:"detained in Venezuela"`, `list:"the company"`, `occurrence:arrest`. AND may be left out.
 */
export function parseExpression(text: string): Expression {
  if (text.length > longest) throw new ExpressionInvalid(`longer than ${longest} characters`);
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1)
    throw new ExpressionInvalid("a quotation mark is missing");
  const reader: Reader = { words: text.match(pattern) ?? [], at: 0 };
  const expression = either(reader, 0);
  const left = reader.words[reader.at];
  if (left !== undefined) throw new ExpressionInvalid(`“${left}” stands where nothing is expected`);
  if (!asksForSomething(expression))
    throw new ExpressionInvalid("it only says what must not be there: say what must");
  return expression;
}

function either(reader: Reader, depth: number): Expression {
  if (depth > deepest) throw new ExpressionInvalid(`brackets deeper than ${deepest}`);
  const of = [both(reader, depth)];
  while (reader.words[reader.at] === "OR") {
    reader.at++;
    of.push(both(reader, depth));
  }
  return of.length === 1 && of[0] ? of[0] : { kind: "any", of };
}

function both(reader: Reader, depth: number): Expression {
  const of = [one(reader, depth)];
  for (;;) {
    const next = reader.words[reader.at];
    if (next === undefined || next === ")" || next === "," || next === "OR") break;
    if (next === "AND") reader.at++;
    of.push(one(reader, depth));
  }
  return of.length === 1 && of[0] ? of[0] : { kind: "all", of };
}

function one(reader: Reader, depth: number): Expression {
  const word = reader.words[reader.at++];
  if (word === undefined) throw new ExpressionInvalid("it ends too early");
  if (word === "NOT") return { kind: "not", of: one(reader, depth + 1) };
  if (word === "(") return closed(reader, either(reader, depth + 1));
  const [, distance] = /^NEAR(?:\/(\d{1,3}))?$/.exec(word) ?? [];
  if (/^NEAR(?:\/\d{1,3})?$/.test(word)) return near(reader, depth, Number(distance ?? 10));
  if (/^(?:[),]|AND|OR)$/.test(word))
    throw new ExpressionInvalid(`“${word}” stands where a word is expected`);
  return named(word);
}

function near(reader: Reader, depth: number, words: number): Expression {
  if (reader.words[reader.at++] !== "(") throw new ExpressionInvalid("NEAR needs a bracket");
  const of = [either(reader, depth + 1)];
  while (reader.words[reader.at] === ",") {
    reader.at++;
    of.push(either(reader, depth + 1));
  }
  if (of.length < 2)
    throw new ExpressionInvalid("NEAR needs two things or more, with commas between");
  return closed(reader, { kind: "near", words, of });
}

function closed(reader: Reader, expression: Expression): Expression {
  if (reader.words[reader.at++] !== ")")
    throw new ExpressionInvalid("a closing bracket is missing");
  return expression;
}

function named(word: string): Expression {
  const [, place, rest = word] = /^(title|summary|text|opening):(.+)$/u.exec(word) ?? [];
  const field = (place as FieldName | undefined) ?? null;
  const [, kind, value = ""] = /^(list|occurrence|entity|role):"?([^"]+)"?$/u.exec(rest) ?? [];
  if (kind === "list") return { kind, name: value, field };
  if (kind === "occurrence") {
    if (!occurrenceCode.safeParse(value).success)
      throw new ExpressionInvalid(`no occurrence is called “${value}”`);
    return { kind, code: value };
  }
  if (kind) return { kind: "term", term: `${kind}:${value}`, field };
  const term = rest.replace(/^"|"$/g, "");
  if (!/[\p{L}\p{N}]/u.test(term)) throw new ExpressionInvalid(`“${word}” has no word in it`);
  return { kind: "term", term, field };
}

function asksForSomething(expression: Expression): boolean {
  switch (expression.kind) {
    case "not":
      return false;
    case "any":
      return expression.of.every(asksForSomething);
    case "all":
    case "near":
      return expression.of.some(asksForSomething);
    default:
      return true;
  }
}

/** Every single term in it, once each, and every list. */
export function termsOf(expression: Expression): { terms: string[]; lists: string[] } {
  if (expression.kind === "term") return { terms: [expression.term], lists: [] };
  if (expression.kind === "list") return { terms: [], lists: [expression.name] };
  if (expression.kind === "occurrence") return { terms: [], lists: [] };
  const inner = (expression.kind === "not" ? [expression.of] : expression.of).map(termsOf);
  return {
    terms: [...new Set(inner.flatMap(({ terms }) => terms))],
    lists: [...new Set(inner.flatMap(({ lists }) => lists))],
  };
}
