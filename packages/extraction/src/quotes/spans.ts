export interface QuoteSpan {
  /** Of the words between the marks. */
  readonly start: number;
  readonly end: number;
  /** Of the marks themselves. */
  readonly open: number;
  readonly close: number;
}

const closing: Record<string, string> = { "“": "”", "«": "»", "„": "“", '"': '"', "‘": "’" };
const opening = new RegExp(`[${Object.keys(closing).join("")}]`, "gu");
const longest = 2000;

/** What stands between quotation marks. Quotes inside quotes belong to the outer one; a quote that runs over paragraphs, each reopened, is cut at the paragraphs. */
export function quoteSpans(text: string): QuoteSpan[] {
  const found: QuoteSpan[] = [];
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const { index: at, 0: mark } = match;
    if (!opens(text, at, mark)) continue;
    const end = closeOf(text, at, mark, closing[mark] ?? "");
    if (end < 0) continue;
    found.push({ ...trimmed(text, at + 1, end), open: at, close: Math.min(end + 1, text.length) });
    opening.lastIndex = end + 1;
  }
  return found;
}

/** A straight or single mark opens only before a word and after a space or a bracket. */
function opens(text: string, at: number, mark: string): boolean {
  if (mark !== '"' && mark !== "‘") return true;
  return /^(?:[\s([—–-]|)$/u.test(text[at - 1] ?? "") && /\S/.test(text[at + 1] ?? "");
}

function closeOf(text: string, open: number, mark: string, closer: string): number {
  let depth = 0;
  for (let at = open + 1; at < text.length && at - open < longest; at++) {
    const one = text[at];
    if (one === mark && mark !== closer) depth++;
    else if (one === closer && isClosing(text, at, mark)) {
      if (depth === 0) return at;
      depth--;
    } else if (one === "\n" && /^\s*\n/.test(text.slice(at + 1, at + 20))) {
      // The paragraph ends and the mark is still open: the next one reopens it, or the writer forgot.
      return text.slice(at).trimStart().startsWith(mark) ? at : -1;
    }
  }
  return -1;
}

/** An apostrophe closes nothing: it has a letter on both sides, or ends a plural before a word. */
function isClosing(text: string, at: number, mark: string): boolean {
  const next = text[at + 1] ?? " ";
  if (mark === '"') return !/\s/.test(text[at - 1] ?? " ");
  if (mark === "‘") return !/\p{L}/u.test(next) && /[.,;:!?\s)]/.test(next);
  return true;
}

function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  const words = text.slice(start, end);
  return {
    start: start + (words.length - words.trimStart().length),
    end: start + words.replace(/[\s,;]+$/u, "").length,
  };
}
