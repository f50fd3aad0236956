// C0 and C1 controls but tab, line feed and carriage return; they break terminals, mails and Postgres text (NUL).
const controls = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f";
// C1 controls in a text are characters of windows-1252 that somebody took for Latin-1; HTML reads them so, too.
const c1 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
// Direction embeddings, overrides and isolates can make a text read differently from what it says (UTS #36 §2.5);
// U+FEFF, U+FFFE and U+FFFF are no characters inside a text.
const misleading = "\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff";
const unsafe = new RegExp(`[${controls}${misleading}]`, "g");
const maybeUnsafe = new RegExp(`[${controls}${misleading}\\ud800-\\udfff]`);

/** The text without what no store and no reader should meet: controls, direction overrides, lone surrogates. */
export function cleanText(text: string): string {
  return maybeUnsafe.test(text) ? text.replace(unsafe, meant).toWellFormed() : text;
}

/** Clean, on one line, white space folded. */
export const cleanLine = (text: string): string => foldLine(cleanText(text));

/** On one line, white space folded. */
export const foldLine = (text: string): string =>
  (/[^\S ]| {2}/.test(text) ? text.replace(oddSpaces, " ") : text).trim();

/** White space that is not one plain space. Each match takes memory until all are replaced, and single spaces are many. */
export const oddSpaces = /[^\S ]\s*| \s+/g;

/** At most `length` characters, without half of a surrogate pair at the end. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 2);
  const end = last >= 0xd800 && last <= 0xdbff ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}

function meant(char: string): string {
  const code = char.charCodeAt(0);
  const character = code >= 0x80 && code <= 0x9f ? c1[code - 0x80] : undefined;
  return character !== undefined && character > "\u009f" ? character : "";
}
