import { fold } from "./fold.ts";

export interface Token {
  readonly text: string;
  /** Without case, accents and the dots of an abbreviation: "U.S." → "us", "EE. UU." → "eeuu". */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "word" | "number" | "mark";
}

// Abbreviation, number, word, then what has no group: names for them would make an object for every word.
const pattern = new RegExp(
  [
    "(EE\\.\\s?UU\\.?|(?:\\p{Lu}\\.){2,})",
    "(\\d+(?:[.,]\\d+)*)",
    "(\\p{L}+n['’]t(?!\\p{L})|\\p{L}{1,2}['’]\\p{Lu}[\\p{L}\\p{M}]+|\\p{L}[\\p{L}\\p{M}\\p{N}]*)",
    "(?:['’]s(?![\\p{L}\\p{N}]))",
    "\\S",
  ].join("|"),
  "gu",
);

/** Words, numbers and single marks, with their offsets; spaces are what lies between. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const [surface, abbreviation, number, word] = match;
    found.push({
      text: surface,
      folded: abbreviation ? fold(surface.replace(/[.\s]/g, "")) : fold(surface),
      start: match.index,
      end: match.index + surface.length,
      kind: abbreviation || word ? "word" : number ? "number" : "mark",
    });
  }
  return found;
}

const initialCapital = /^\p{Lu}/u;
const noLower = /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u;

export const isCapital = (token: Token): boolean =>
  token.kind === "word" && initialCapital.test(token.text);

/** Two or more letters, none of them small: PDVSA, U.S. */
export const isUpper = (token: Token): boolean => token.kind === "word" && noLower.test(token.text);
