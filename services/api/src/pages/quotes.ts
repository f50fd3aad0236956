import { streams } from "@newsledger/core";
import type { StoryView } from "@newsledger/readmodels";
import type { ApiContext } from "../context.ts";
import type { ComparedQuote } from "./story-page.ts";

export interface Quote {
  text: string;
  speaker: string | null;
  language: string | null;
  source: string;
}

const articlesRead = 12;
const quotesShown = 20;

/** What the articles of a story quote, as they were last understood. */
export async function quotesOf(
  { log }: Pick<ApiContext, "log">,
  story: StoryView,
): Promise<ComparedQuote[]> {
  const quotes: Quote[] = [];
  for (const { documentId, source, language } of story.reports.slice(0, articlesRead))
    for await (const event of log.readStream(streams.document(documentId), {
      direction: "backward",
      limit: 1,
    }))
      if (event.type === "article.understood")
        for (const { text, speaker } of event.data.understanding.quotes)
          quotes.push({ text, speaker: speaker ?? null, language, source });
  return compareQuotes(quotes).slice(0, quotesShown);
}

/** The same words once, with everyone who carries them; a longer wording stands for a part of it. Most carried first. */
export function compareQuotes(quotes: readonly Quote[]): ComparedQuote[] {
  const groups: (ComparedQuote & { plain: string })[] = [];
  const longestFirst = quotes.toSorted((a, b) => b.text.length - a.text.length);
  for (const { text, speaker, language, source } of longestFirst) {
    const plain = plainWords(text);
    const same = groups.find((group) => ` ${group.plain} `.includes(` ${plain} `));
    if (same) {
      same.speaker ??= speaker;
      if (!same.sources.includes(source)) same.sources.push(source);
    } else groups.push({ text, speaker, language, sources: [source], plain });
  }
  return groups
    .toSorted((a, b) => b.sources.length - a.sources.length)
    .map(({ plain: _, ...quote }) => quote);
}

const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
