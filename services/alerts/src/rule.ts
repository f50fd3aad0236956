import { occurrenceCode, severity } from "@newsledger/core";
import { z } from "zod";
import { sourceKind } from "./outlet.ts";
import { quietHours } from "./quiet.ts";

/** What a person wants to hear of. One shape for every kind of rule: what it watches, what narrows it, how it speaks. */

const id = z.string().trim().min(1).max(200);
const feedTrouble = z.enum(["degraded", "dead", "silent", "gap", "stale", "retired", "recovered"]);
export type FeedTrouble = z.output<typeof feedTrouble>;

const days = z.number().int().min(1).max(365);

/** What makes the rule speak. */
const when = z.discriminatedUnion("kind", [
  /** A report that meets the conditions; then each new development of its story. */
  z.strictObject({ kind: z.literal("report") }),
  /** The first time that an entity, or an occurrence, is met in the topic. */
  z.strictObject({ kind: z.literal("first-mention") }),
  /** Someone is held, moved, freed … after having been something else. */
  z.strictObject({ kind: z.literal("status-change") }),
  /** Far more new stories in a day than is usual. */
  z.strictObject({
    kind: z.literal("burst"),
    sensitivity: z.enum(["normal", "high"]).default("normal"),
  }),
  /** Nothing for so many days: no report about the subject, or no item at all from the feeds that tell of the topic. */
  z.strictObject({
    kind: z.literal("silence"),
    of: z.enum(["subject", "feeds"]).default("subject"),
    days,
  }),
  /** A feed is in trouble. */
  z.strictObject({
    kind: z.literal("feed-trouble"),
    troubles: z.array(feedTrouble).min(1).default(["dead", "silent", "gap"]),
    /** Feed ids; empty: every feed. */
    feeds: z.array(id).max(500).default([]),
  }),
]);
type RuleKind = z.output<typeof when>["kind"];

const conditions = {
  topic: id,
  when: when.default({ kind: "report" }),
  /** Knowledge base ids; a group stands for itself and for each of its members. Empty: any. */
  entities: z.array(id).max(100).default([]),
  /** Empty: any. */
  occurrences: z.array(occurrenceCode).max(50).default([]),
  /** The part that the entity must have in an occurrence: it does it, or it is done to it. */
  part: z.enum(["actor", "target"]).nullable().default(null),
  /** Someone must be named who holds such an office by the knowledge base: "judge", "president". */
  role: z.string().trim().min(2).max(100).nullable().default(null),
  /** Kinds of outlets. Empty: any. */
  sources: z.array(sourceKind).max(30).default([]),
  /** Empty: any. */
  languages: z
    .array(z.enum(["en", "es"]))
    .max(2)
    .default([]),
  /** Speaks only when so many outlets have told the story in their own words. */
  minReports: z.number().int().min(1).max(50).default(1),
  /** Nothing published longer ago than this raises an alert; null: no limit. */
  maxAgeHours: z.number().int().positive().max(87_600).nullable().default(null),
};

const speech = {
  severity: severity.default("important"),
  /** The owner's own words on why this is followed. */
  note: z.string().trim().min(1).max(500).nullable().default(null),
  /** After an alert, what follows within so many minutes is held and sent together. */
  throttleMinutes: z.number().int().min(0).max(10_080).default(0),
  /** Alerts are raised, and held until the quiet hours end. Critical ones are not held. */
  quietHours: quietHours.nullable().default(null),
};

export const ruleDefinition = z
  .strictObject({ ...conditions, ...speech })
  .superRefine(({ when: { kind }, ...rule }, context) => {
    for (const [field, given] of unfit[kind](rule))
      if (given)
        context.addIssue({ code: "custom", path: [field], message: `has no meaning for ${kind}` });
  });
export type RuleDefinition = z.output<typeof ruleDefinition>;

export const newRule = z
  .strictObject({ name: z.string().trim().min(1).max(120) })
  .and(ruleDefinition);
export type NewRule = z.input<typeof ruleDefinition> & { name: string };

/** A rule with its name: all that a decision needs. */
export type Rule = Readonly<RuleDefinition> & { readonly ruleId: string; readonly name: string };

type Narrowing = Omit<RuleDefinition, "when">;
type Given = readonly [field: string, given: boolean];

const aboutArticles = (rule: Narrowing): Given[] => [
  ["part", rule.part !== null],
  ["role", rule.role !== null],
  ["sources", rule.sources.length > 0],
  ["languages", rule.languages.length > 0],
];
const aboutReports = (rule: Narrowing): Given[] => [["minReports", rule.minReports > 1]];
const aboutAge = (rule: Narrowing): Given[] => [["maxAgeHours", rule.maxAgeHours !== null]];

/** What says nothing beside the kind of a rule: refused, or it would be believed to count. */
const unfit: Record<RuleKind, (rule: Narrowing) => Given[]> = {
  report: () => [],
  "first-mention": aboutReports,
  "status-change": aboutReports,
  burst: (rule) => [...aboutReports(rule), ...aboutAge(rule), ...aboutArticles(rule)],
  silence: (rule) => [...aboutReports(rule), ...aboutAge(rule), ...aboutArticles(rule)],
  "feed-trouble": (rule) => [
    ...aboutReports(rule),
    ...aboutAge(rule),
    ...aboutArticles(rule),
    ["entities", rule.entities.length > 0],
    ["occurrences", rule.occurrences.length > 0],
  ],
};
