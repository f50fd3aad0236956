const marks = /\p{M}+/gu;
const ascii = /^[\x20-\x7e]*$/;
const remembered = new Map<string, string>();
const limit = 50_000;

/** A word without case and accents, for comparing only: "Guaidó" → "guaido", "ñ" → "n". */
export function fold(word: string): string {
  if (ascii.test(word)) return word.toLowerCase();
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const folded = word.normalize("NFKD").replace(marks, "").toLowerCase().replace(/[’‘]/g, "'");
  if (remembered.size >= limit) remembered.clear();
  remembered.set(word, folded);
  return folded;
}
