import { fold } from "./fold.ts";

export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly paragraph: number;
}

/** Never the end of a sentence: what follows belongs to them. */
const titles = new Set(
  "mr mrs ms dr dra sr sra srta sres gen gov sen rep col capt lt sgt rev hon prof pres lic ing abg st sta vs v no nos num art arts pag pags cit adm cmdr supt atty".split(
    " ",
  ),
);
/** May end a sentence or not: what follows decides. */
const abbreviations = new Set(
  "jr inc corp co ltd llc dept jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri ene abr ago dic av etc am pm eeuu us usa uk un eu dc calif fla tex la ala ariz colo del ga ill mass mich minn miss mo pa tenn va wash cia sa ca".split(
    " ",
  ),
);
/** Words that begin a sentence far more often than they continue a name. */
const starters = new Set(
  "the a an he she it they we i in on at but and as after before since while when if this that these those his her their its one two three according most many some other another for from by with to there el la los las un una en de por para pero y segun tras desde cuando si este esta estos estas ese esa su sus no se lo al como durante mientras ademas sin tambien".split(
    " ",
  ),
);
const boundary = /([.!?…]+)(["”’»)\]]*)(?=\s|$)|\n[ \t]*\n\s*|\n/gu;

/** Sentences with their paragraphs; aware of abbreviations, initials and lines that were wrapped by hand. */
export function sentences(text: string): Sentence[] {
  const found: Sentence[] = [];
  let start = 0;
  let paragraph = 0;
  const close = (end: number) => {
    const from = start + (text.slice(start, end).match(/^\s*/)?.[0].length ?? 0);
    const to = start + text.slice(start, end).trimEnd().length;
    for (const piece of pieces(text, from, to)) found.push({ ...piece, paragraph });
    start = end;
  };
  for (const match of text.matchAll(boundary)) {
    const end = match.index + match[0].length;
    if (match[1] === undefined) {
      if (match[0] === "\n" && isWrapped(text, start, match.index)) continue;
      close(match.index);
      paragraph++;
    } else if (endsHere(text, start, match.index, match[1], end)) close(end);
  }
  close(text.length);
  return found;
}

/** What has more characters than this was not written as a sentence: a list, a table, or an attack on whoever compares its words with each other. */
const longest = 1_000;

/** A sentence in one piece, or an endless one in several: cut after a semicolon, a comma or a space, nowhere else if there is one. */
function pieces(text: string, from: number, to: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = from;
  while (to - start > longest) {
    const window = text.slice(start, start + longest);
    const at = [";", ",", " ", "\n"].map((mark) => window.lastIndexOf(mark));
    const cut = at.find((one) => one > longest / 2) ?? longest - 1;
    const end = start + cut + 1;
    found.push({ start, end: start + text.slice(start, end).trimEnd().length });
    start = end + (text.slice(end, to).match(/^\s*/)?.[0].length ?? 0);
  }
  if (to > start) found.push({ start, end: to });
  return found;
}

/** A single line break inside a sentence of a text that was wrapped at a fixed width. */
function isWrapped(text: string, start: number, at: number): boolean {
  const line = text.slice(Math.max(start, text.lastIndexOf("\n", at - 1) + 1), at).trimEnd();
  const next = text.slice(at + 1, at + 40).trimStart();
  if (/[.!?:…]["”’»)\]]*$/u.test(line)) return false;
  return /^\p{Ll}/u.test(next) || (line.length > 60 && /[\p{Ll},;]$/u.test(line));
}

function endsHere(text: string, start: number, at: number, marks: string, end: number): boolean {
  const next = text.slice(end, end + 30).trimStart();
  if (next === "") return true;
  if (/^\p{Ll}/u.test(next)) return false;
  if (marks !== ".") return true;
  const before = /[\p{L}\p{N}.]+$/u.exec(text.slice(Math.max(start, at - 24), at))?.[0] ?? "";
  const word = fold(before.replace(/\./g, ""));
  if (titles.has(word) && !/^\p{Lu}\p{Lu}/u.test(before)) return false;
  const initial = /^\p{Lu}$/u.test(before) || /^(?:\p{Lu}\.)+\p{Lu}$/u.test(before);
  if (!initial && !abbreviations.has(word) && !/^EE$/u.test(before)) return true;
  if (/^\d/.test(next)) return false;
  const following = fold(/^[\p{L}\p{M}]+/u.exec(next)?.[0] ?? "");
  return following === "" ? /^[“"«¿¡]/u.test(next) : starters.has(following);
}
