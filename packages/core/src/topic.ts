import { z } from "zod";

/** An alert may be sent at once for `alert`; `digest` matches are kept for the next digest. */
export const topicTier = z.enum(["alert", "digest"]);
export type TopicTier = z.output<typeof topicTier>;

/** Why something matched: which rule, on which words, where. Shown to people as it stands. */
export const matchReason = z.object({
  rule: z.string(),
  field: z.enum(["title", "summary", "text"]),
  matched: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});
export type MatchReason = z.output<typeof matchReason>;

export const topicMatch = z.object({
  topicId: z.string(),
  topicVersion: z.number().int().positive(),
  tier: topicTier,
  reasons: z.array(matchReason).min(1),
});
export type TopicMatch = z.output<typeof topicMatch>;
