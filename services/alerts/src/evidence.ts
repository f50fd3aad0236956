import type { ArticleEntity, Occurrence } from "@newsledger/core";
import type { Facts, Finding } from "./facts.ts";
import { passage } from "./passage.ts";

/** The sentences that say it: of the occurrences, else around the first mention of each entity, else what the topic matched on. */
export function evidence(
  { text, matches }: Pick<Facts, "text" | "matches">,
  entities: readonly ArticleEntity[],
  occurrences: readonly Occurrence[],
): Finding["evidence"] {
  const sentences = occurrences.map(({ sentence, start, end }) => ({
    quote: sentence,
    start,
    end,
  }));
  const mentions = entities.flatMap(({ mentions: [first] }) => first ?? []);
  const reasons = matches
    .flatMap((match) => match.reasons)
    .filter(({ field }) => field === "text")
    .map(({ matched, start, end }) => ({ text: matched, start, end }));
  const around = [...mentions, ...reasons].map((span) =>
    text === null
      ? { quote: span.text, start: span.start, end: span.end }
      : passage(text, span.start, span.end),
  );
  const seen = new Set<string>();
  return [...sentences, ...around]
    .filter(({ quote }) => quote !== "" && !seen.has(quote) && seen.add(quote))
    .slice(0, 5);
}
