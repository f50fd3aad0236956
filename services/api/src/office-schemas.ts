import { z } from "@hono/zod-openapi";
import { topicTier } from "@newsledger/core";
import { ruleKinds } from "./administration.ts";

/** What is answered about rules, topics tried out, and deliveries. */

const time = z.iso.datetime();
const url = z.url({ protocol: /^https?$/ }).nullable();
const count = z.number().int().min(0);

export const rule = z
  .object({
    ruleId: z.string(),
    name: z.string(),
    says: z.string().openapi({ description: "What it does, in English." }),
    definition: z.record(z.string(), z.unknown()),
    snoozedUntil: time.nullable(),
    spokeAt: time.nullable(),
  })
  .openapi("Rule");
export const ruleList = z.object({ items: z.array(rule) }).openapi("RuleList");

export const ruleDraft = z
  .looseObject({
    topic: z.string().max(200).openapi({ example: "citgo-6" }),
    when: z
      .looseObject({ kind: z.enum([...ruleKinds, "feed-trouble"]) })
      .openapi({ description: "What makes it speak: a report, when left out." })
      .optional(),
    entities: z.array(z.string()).optional(),
    occurrences: z.array(z.string()).optional(),
    part: z.enum(["actor", "target"]).nullable().optional(),
    role: z.string().nullable().optional(),
    sources: z.array(z.string()).optional(),
    languages: z.array(z.string()).optional(),
    minReports: z.number().int().optional(),
    maxAgeHours: z.number().int().nullable().optional(),
  })
  .openapi("RuleDraft", { description: "A rule as `definition` of a saved one shows it." });

export const ruleTrial = z
  .object({
    says: z.string(),
    alerts: count,
    latest: z.array(
      z.object({
        title: z.string(),
        source: z.string().nullable(),
        url,
        storyId: z.string().nullable(),
        publishedAt: z.string().nullable(),
        foundAt: time,
        why: z.string(),
      }),
    ),
  })
  .openapi("RuleTrial");

const tried = {
  itemId: z.string(),
  title: z.string(),
  source: z.string(),
  url,
  published: z.string().openapi({ description: "A day; empty when the source gives none." }),
  found: z.iso.date(),
  why: z.string(),
};
export const topicTest = z
  .object({
    items: count.openapi({ description: "Items that were read." }),
    pages: count.openapi({
      description: "… with their page, the others as their feeds tell them.",
    }),
    matches: count,
    found: z
      .array(z.object({ ...tried, tier: topicTier }))
      .openapi({ description: "Newest first." }),
  })
  .openapi("TopicTest");
export const topicReplay = z
  .object({
    items: count,
    recorded: count.openapi({ description: "What the ledger says it matched." }),
    matches: count.openapi({ description: "What it would match today." }),
    changes: z.array(
      z.object({
        ...tried,
        change: z.enum(["new", "gone", "tier"]),
        before: topicTier.nullable(),
        now: topicTier.nullable(),
      }),
    ),
  })
  .openapi("TopicReplay");
export const topicDraft = z.looseObject({ id: z.string() }).openapi("TopicDraft");
export const topicText = z.string();

const delivery = {
  deliveryId: z.string(),
  messageId: z.string().openapi({ description: "The same whenever it was sent: webhook-id." }),
  channel: z.string(),
  kind: z.string().openapi({ example: "alert.raised" }),
  target: z.string().openapi({ description: "The receiver's id." }),
  cause: z.string(),
  resend: count.openapi({ description: "0 for the original, 1 when it was sent again …" }),
  state: z.string(),
  createdAt: time,
  nextAttemptAt: time.nullable(),
  doneAt: time.nullable(),
  attempts: count,
  status: z.number().int().nullable(),
  error: z.string().nullable(),
};
const deliveryLine = z.object(delivery).openapi("Delivery");
export const deliveryPage = z
  .object({ items: z.array(deliveryLine), next: z.string().nullable() })
  .openapi("DeliveryPage");
export const deliveryDetail = z
  .object({
    ...delivery,
    tries: z.array(
      z.object({
        attempt: count,
        startedAt: z.string(),
        status: z.number().int().nullable(),
        error: z.string().nullable(),
        response: z.string().nullable().openapi({ description: "The first 4 KB." }),
        durationMs: z.number(),
      }),
    ),
  })
  .openapi("DeliveryDetail");
export const resent = z
  .object({ deliveryId: z.string(), links: z.object({ delivery: z.string() }) })
  .openapi("Resent");

export const receiverList = z
  .object({
    items: z.array(
      z
        .object({
          webhookId: z.string(),
          channel: z.string(),
          url: z.string().openapi({ description: "What may be shown of its address." }),
          rules: z.array(z.string()).nullable(),
          enabled: z.boolean(),
          disabledReason: z.string().nullable(),
          disabledAt: time.nullable(),
          failingSince: time.nullable(),
          missed: count,
          createdAt: time,
        })
        .openapi("Receiver"),
    ),
  })
  .openapi("ReceiverList");
