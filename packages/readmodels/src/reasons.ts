import type { MatchReason } from "@newsledger/core";

const fields = { title: "the title", summary: "the feed's summary", text: "the article" } as const;
const shown = 3;

/** Why a topic matched, for people: `Matches citgo-6: “citgo six” in the title.` */
export function whyMatched(
  matches: readonly { topicId: string; reasons: readonly MatchReason[] }[],
): string {
  return matches.map(({ topicId, reasons }) => `Matches ${topicId}: ${words(reasons)}.`).join(" ");
}

function words(reasons: readonly MatchReason[]): string {
  const distinct = [
    ...new Set(reasons.map(({ matched, field }) => `“${matched}” in ${fields[field]}`)),
  ];
  const more = distinct.length - shown;
  return distinct.slice(0, shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
