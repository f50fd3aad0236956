import { WordMemory } from "./word-memory.ts";

const marks = /\p{M}+/gu;
const ascii = /^[\x20-\x7e]*$/;
const folded = new WordMemory((word) =>
  word.normalize("NFKD").replace(marks, "").toLowerCase().replace(/[’‘]/g, "'"),
);

/** A word without case and accents, for comparing only: "Guaidó" → "guaido", "ñ" → "n". */
export const fold = (word: string): string =>
  ascii.test(word) ? word.toLowerCase() : folded.of(word);
