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
    /** Words joined by AND, OR, NOT and NEAR, instead of lists: see expression.ts. */
    when: z.string().min(1).optional(),
    /** Only texts in one of these languages; texts that do not say theirs are read too. */
    languages: z
      .array(z.enum(["en", "es"]))
      .min(1)
      .optional(),
    /** Where all of them must be: the whole item, its start (title, summary, first 60 words), one paragraph of the text, or one field. */
    in: z
      .enum(["anywhere", "opening", "paragraph", "title", "summary", "text"])
      .default("anywhere"),
    /** All of them within so many words. */
    within: z.number().int().positive().optional(),
    /** No "must not" beats it. */
    strong: z.boolean().default(false),
    tier: topicTier,
    /** The tier when the terms are met only past the start of the text. */
    "deep tier": topicTier.optional(),
  })
  .strict()
  .refine((one) => [one.any, one.all, one.when].filter((way) => way !== undefined).length === 1, {
    message: "a rule has one of any, all and when",
  });
export type TopicRule = z.output<typeof rule>;

/** One file of topics/: what a topic is about and the rules that find it. */
export const topicDefinition = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    version: z.number().int().positive(),
    title: text,
    about: text,
    /** Entities of the knowledge base that the topic is about: naming one of the persons or groups is a match. */
    subjects: z.array(z.string().min(1)).default([]),
    /** Words that count only with a capital initial, outside lines set in capitals. */
    capitals: z.array(z.string()).default([]),
    terms: z.record(z.string(), terms).default({}),
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
