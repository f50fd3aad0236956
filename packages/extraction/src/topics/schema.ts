import { topicTier } from "@newsledger/core";
import { z } from "zod";

const text = z.object({ en: z.string().min(1), es: z.string().min(1) });
const names = z.array(z.string().min(1)).min(1);
const term = z.union([z.string(), z.number()]).transform(String);
const terms = z.array(term).min(1);

const rule = z
  .object({
    /** Said to people as the reason. */
    rule: z.string().min(1),
    /** Lists of terms of which one is enough. */
    any: names.optional(),
    /** Lists of terms each of which must be met. */
    all: names.optional(),
    /** Where all of them must be: the whole item, its start (title, summary, first 60 words), or one paragraph of the text. */
    in: z.enum(["anywhere", "opening", "paragraph"]).default("anywhere"),
    /** All of them within so many words. */
    within: z.number().int().positive().optional(),
    /** No "must not" beats it. */
    strong: z.boolean().default(false),
    tier: topicTier,
    /** The tier when the terms are met only past the start of the text. */
    "deep tier": topicTier.optional(),
  })
  .strict()
  .refine((one) => (one.any === undefined) !== (one.all === undefined), {
    message: "a rule has either any or all",
  });
export type TopicRule = z.output<typeof rule>;

/** One file of topics/: what a topic is about and the rules that find it. */
export const topicDefinition = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    version: z.number().int().positive(),
    title: text,
    about: text,
    /** Entities of the knowledge base that the topic is about. */
    subjects: names,
    /** Words that count only with a capital initial, outside lines set in capitals. */
    capitals: z.array(z.string()).default([]),
    terms: z.record(z.string(), terms),
    rules: z.array(rule).min(1),
    "must not": z.array(term).default([]),
    "must not unless": z.array(z.string()).default([]),
    hints: terms,
  })
  .strict()
  .superRefine((topic, context) => {
    const used = [
      ...topic.rules.flatMap((one) => one.any ?? one.all ?? []),
      ...topic["must not unless"],
    ];
    for (const name of used.filter((one) => topic.terms[one] === undefined))
      context.addIssue({ code: "custom", message: `no list of terms is called "${name}"` });
  });
export type TopicDefinition = z.output<typeof topicDefinition>;
