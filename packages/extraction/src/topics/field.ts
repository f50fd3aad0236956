import { isCapital, isUpper, type Token, tokens } from "../text/token.ts";

/** A word of a field as topics compare it. */
export interface Word {
  readonly key: string;
  readonly token: Token;
  readonly paragraph: number;
}

export interface Field {
  readonly name: "title" | "summary" | "text";
  readonly text: string;
  readonly words: readonly Word[];
}

/** Marks that join the words of a phrase; every other mark ends it. */
const joints = new Set(["-", "‐", "‑", "–", "/", "_", "'", "’", "‘", "“", "”", '"', "«", "»"]);
const same: Record<string, string> = { six: "6", seis: "6", usa: "us_", eua: "eeuu" };

/** A field cut into comparable words; the same for the terms of a topic. */
export function field(name: Field["name"], text: string): Field {
  const all = tokens(text);
  const capitals = all
    .filter((one) => one.kind === "word")
    .every((one) => isUpper(one) || one.text.length === 1);
  const words: Word[] = [];
  let paragraph = 0;
  let last = 0;
  for (const token of all) {
    if (text.slice(last, token.start).includes("\n")) paragraph++;
    last = token.end;
    if (joints.has(token.text)) continue;
    words.push({ key: key(token, capitals), token, paragraph });
  }
  return { name, text, words };
}

/** The words of a term; a star at the end makes the last one the beginning of a word. */
export const termKeys = (term: string): string[] =>
  tokens(term.replace(/\*$/, ""))
    .filter((token) => !joints.has(token.text))
    .map((token) => key(token, false));

function key(token: Token, capitals: boolean): string {
  // "US" is the country only when written so; in a line of capitals only with its dots.
  if (token.folded === "us")
    return /^U\.?S\.?$/.test(token.text) && (!capitals || token.text.includes(".")) ? "us_" : "us";
  return same[token.folded] ?? token.folded;
}

/** A capital that means something: the word has one and the line is not set in capitals. */
export const hasCapital = (word: Word, inCapitals: boolean): boolean =>
  isCapital(word.token) && !inCapitals;

export const isInCapitals = ({ words }: Field): boolean => {
  const own = words.filter(({ token }) => token.kind === "word" && token.text.length > 1);
  return own.length > 2 && own.every(({ token }) => isUpper(token));
};
