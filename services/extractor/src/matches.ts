import type { TopicMatch } from "@newsledger/core";

/** What the feed showed stands; what the page shows besides is added, and a stronger tier wins. */
export function mergeMatches(
  known: readonly TopicMatch[],
  found: readonly TopicMatch[],
): TopicMatch[] {
  const byTopic = new Map(known.map((match) => [match.topicId, match]));
  for (const match of found) {
    const before = byTopic.get(match.topicId);
    if (!before || (before.tier === "digest" && match.tier === "alert"))
      byTopic.set(match.topicId, match);
  }
  return [...byTopic.values()].toSorted((a, b) => a.topicId.localeCompare(b.topicId));
}
