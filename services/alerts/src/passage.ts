/** Longer than this a quotation is cut. */
const longest = 320;

/** The sentence around a span of a text, with its offsets: enough to judge the span by. */
export function passage(
  text: string,
  start: number,
  end: number,
): { quote: string; start: number; end: number } {
  const floor = Math.max(0, start - longest);
  const opening = [...text.slice(floor, start).matchAll(/[.!?…]["”»']?\s|\n/g)].at(-1);
  const from = opening ? floor + opening.index + opening[0].length : floor;

  const after = text.slice(end, end + longest);
  const closing = /[.!?…]["”»']?(?=\s|$)|\n/.exec(after);
  const to = end + (closing ? closing.index + closing[0].length : after.length);

  const cut = text.slice(from, Math.min(to, Math.max(from + longest, end)));
  // Half a surrogate pair at either end would be refused by the ledger.
  const whole = cut.replace(/[\uD800-\uDBFF]$/, "");
  const quote = whole.replace(/^[\uDC00-\uDFFF]?\s*/, "").trimEnd();
  const begin = from + (whole.trimEnd().length - quote.length);
  return { quote, start: begin, end: begin + quote.length };
}
