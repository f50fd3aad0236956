import type { ArticleQuote } from "@newsledger/core";
import { type Entity, type Mention, Taken } from "../entities/mention.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital } from "../text/token.ts";
import { isCue } from "./cue.ts";
import { type QuoteSpan, quoteSpans } from "./spans.ts";
import { attribution } from "./speaker.ts";
import { speakerOf } from "./subject.ts";

interface Placed extends QuoteSpan {
  /** Tokens [from, to) with the marks. */
  from: number;
  to: number;
  words: number;
}

interface Said {
  speaker: Entity | null;
  paragraph: number;
  close: number;
}

/** Words inside quotation marks with the one who said them. Fragments of fewer than four words count only beside a cue. */
export function findQuotes(article: Article, mentions: readonly Mention[]): ArticleQuote[] {
  const placed = quoteSpans(article.text).map((span) => place(article, span));
  const inQuotes = new Taken(article.tokens.length, placed);
  const outside = mentions.filter((one) => !inQuotes.overlaps(one));
  const found: ArticleQuote[] = [];
  let previous: Said | null = null;
  for (const quote of placed) {
    const sentence = sentenceAround(article, quote);
    if (quote.words === 0 || !sentence) continue;
    const own = attribution(article, sentence, quote, outside);
    const isFragment = quote.words < 4 && !own.cue && !isWhole(article, sentence, quote);
    if (isFragment || isTitle(article, quote)) continue;
    const speaker: Entity | null = own.cue
      ? own.speaker
      : (toldBefore(article, sentence, quote, previous, outside) ??
        continued(article, sentence, quote, previous));
    previous = { speaker, paragraph: sentence.paragraph, close: quote.close };
    found.push({
      text: article.text.slice(quote.start, quote.end),
      ...(speaker ? { speaker: speaker.name } : {}),
      start: quote.start,
      end: quote.end,
    });
  }
  return found;
}

function place(article: Article, span: QuoteSpan): Placed {
  const from = firstTokenAt(article, span.open);
  const to = firstTokenAt(article, span.close);
  const words = article.tokens.slice(from, to).filter((token) => token.kind !== "mark").length;
  return { ...span, from, to, words };
}

/** Nothing but the quote stands in its sentence: the next words of one who spoke before. */
const isWhole = ({ tokens }: Article, sentence: ArticleSentence, { from, to }: Placed): boolean =>
  from <= sentence.from + 1 &&
  sentence.to <= to + 2 &&
  /^\p{Lu}/u.test(tokens[from + 1]?.text ?? "");

/** "NBC’s “Meet the Press”": a short run of capitals that no verb introduces is the name of something. */
function isTitle({ tokens }: Article, { from, to, words }: Placed): boolean {
  if (words > 6 || words < 2) return false;
  const inside = tokens.slice(from, to).filter((token) => token.kind === "word");
  const long = inside.filter((token) => token.text.length > 3 || token === inside.at(-1));
  const introduced =
    /^[,:]$/.test(tokens[from - 1]?.text ?? "") || isCue(tokens[from - 1]?.folded ?? "");
  return !introduced && long.every((token) => isCapital(token));
}

/** The first token that begins at this offset or after it. */
function firstTokenAt({ tokens }: Article, offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A quote may hold sentences of its own: the sentence around it runs from where the quote begins to where it ends. */
function sentenceAround(article: Article, quote: Placed): ArticleSentence | null {
  const first = article.sentences[article.sentenceOf[quote.from] ?? 0];
  const last = article.sentences[article.sentenceOf[Math.max(quote.from, quote.to - 1)] ?? 0];
  if (!first || !last) return null;
  // `“…?” asked Ana.` was cut after the mark when the verb has a capital or none follows.
  const next = article.sentences[last.index + 1];
  const inverted =
    next && next.from === quote.to && next.paragraph === last.paragraph && last.to === quote.to
      ? /^\p{Ll}/u.test(article.tokens[next.from]?.text ?? "")
      : false;
  const end = inverted && next ? next : last;
  return { ...first, to: end.to, end: end.end };
}

/** `Ana Prado said that she learned of it at night. “Nobody called.”`: whoever the sentence before lets speak, if no quote came since. */
function toldBefore(
  article: Article,
  sentence: ArticleSentence,
  quote: Placed,
  previous: Said | null,
  mentions: readonly Mention[],
): Entity | null {
  const earlier = article.sentences[sentence.index - 1];
  if (!earlier || earlier.paragraph !== sentence.paragraph) return null;
  if (quote.from > sentence.from + 1 || (previous && previous.close > earlier.start)) return null;
  const at = article.tokens
    .slice(earlier.from, earlier.to)
    .findIndex((token) => isCue(token.folded));
  const none = { from: earlier.to, to: earlier.to };
  return at < 0 ? null : speakerOf(article, earlier, earlier.from + at, none, mentions);
}

/** The speaker of the quote before, when nothing but this quote is in its sentence and it follows at once. */
function continued(
  article: Article,
  sentence: ArticleSentence,
  quote: Placed,
  previous: Said | null,
): Entity | null {
  if (!previous) return null;
  const before = article.tokens.slice(sentence.from, quote.from).filter((t) => t.kind !== "mark");
  const near = sentence.paragraph - previous.paragraph <= 1 && quote.open - previous.close < 160;
  return before.length === 0 && near ? previous.speaker : null;
}
