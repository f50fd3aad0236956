import type { MatchReason } from "@newsledger/core";
import type { Because } from "./view.ts";

const fields = { title: "the title", summary: "the feed's summary", text: "the article" } as const;
/** More words than so many are counted, not listed. */
const wordsShown = 3;

type Matched = readonly { topicId: string; reasons: readonly MatchReason[] }[];

/** The words that a topic matched and where they stand, each once. */
export const becauseOf = (matches: Matched): Because[] =>
  matches.map(({ topicId, reasons }) => ({
    topicId,
    words: [
      ...new Map(
        reasons.map(({ matched, field }) => [`${field} ${matched}`, { matched, field }]),
      ).values(),
    ],
  }));

/** Why a topic matched, for people: `Matches citgo-6: “citgo six” in the title.` */
export const whyMatched = (matches: Matched): string =>
  becauseOf(matches)
    .map(({ topicId, words }) => `Matches ${topicId}: ${listed(words)}.`)
    .join(" ");

function listed(words: Because["words"]): string {
  const quoted = words.map(({ matched, field }) => `“${matched}” in ${fields[field]}`);
  const more = quoted.length - wordsShown;
  return quoted.slice(0, wordsShown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
