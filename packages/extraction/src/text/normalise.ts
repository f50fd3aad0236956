/** A text in canonical composition (NFC), and the way back to the offsets of the text as it was given. */
export interface Normalised {
  readonly text: string;
  /** The offset in the original of an offset in `text`. */
  original(offset: number): number;
}

/** A letter with the marks that follow it: what composition may join. */
const cluster = /\P{M}\p{M}*|\p{M}+/gsu;

export function normalise(text: string): Normalised {
  const composed = text.normalize("NFC");
  if (composed === text) return { text, original: (offset) => offset };
  let out = "";
  const offsets: number[] = [];
  for (const match of text.matchAll(cluster)) {
    const piece = match[0].normalize("NFC");
    for (let at = 0; at < piece.length; at++)
      offsets.push(match.index + Math.min(at, match[0].length));
    out += piece;
  }
  offsets.push(text.length);
  return { text: out, original: (offset) => offsets[offset] ?? text.length };
}
