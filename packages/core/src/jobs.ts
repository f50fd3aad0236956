import { z } from "zod";
import { defineJob } from "./job.ts";

const id = z.string().min(1).max(200);

/** Every kind of work there is. What is due is always read from Postgres; these only say where to look. */
export const jobs = {
  pollFeed: defineJob({
    name: "poll-feed",
    schema: z.object({ feedId: id }),
    key: ({ feedId }) => feedId,
    attempts: 1_000_000, // a feed is never given up: its own schedule and failure score decide
  }),
  extractItem: defineJob({
    name: "extract-item",
    schema: z.object({ itemId: id, contentHash: z.string() }),
    key: ({ itemId, contentHash }) => `${itemId}-${contentHash.slice(0, 16)}`,
    attempts: 5,
  }),
  sendDigest: defineJob({
    name: "send-digest",
    schema: z.object({ issueId: id }),
    key: ({ issueId }) => issueId,
    // Hours end the trying, not starts: those of killed processes count too, and each may have handed the mail over.
    attempts: 60,
  }),
} as const;

export type Jobs = typeof jobs;
export type JobName = Jobs[keyof Jobs]["name"];
