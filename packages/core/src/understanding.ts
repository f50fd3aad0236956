import { z } from "zod";

/** What the extractor understood of one article. Offsets count UTF-16 units of the stored text. */

const span = { start: z.number().int().nonnegative(), end: z.number().int().nonnegative() };

export const entityType = z.enum([
  "person",
  "organisation",
  "place",
  "group",
  "instrument",
  "case",
  "event",
]);
export type EntityType = z.output<typeof entityType>;

export const mention = z.object({ text: z.string(), ...span });

/** One entity of the article, once, under its canonical name. `id` is the knowledge base's, null for a name it lacks. */
export const articleEntity = z.object({
  id: z.string().nullable(),
  type: entityType,
  name: z.string(),
  wikidata: z.string().optional(),
  mentions: z.array(mention).min(1),
});
export type ArticleEntity = z.output<typeof articleEntity>;

export const datePrecision = z.enum(["day", "month", "year"]);
export const articleDate = z.object({
  /** 10, 7 or 4 characters by precision: 2021-12-07, 2021-12, 2021. */
  iso: z.string(),
  precision: datePrecision,
  text: z.string(),
  ...span,
});
export type ArticleDate = z.output<typeof articleDate>;

export const articleQuote = z.object({ text: z.string(), speaker: z.string().optional(), ...span });
export type ArticleQuote = z.output<typeof articleQuote>;

export const occurrenceCode = z.enum([
  "arrest",
  "reimprison",
  "house-arrest",
  "release",
  "prisoner-swap",
  "extradite",
  "convict",
  "court-ruling",
  "sanction",
  "sanction-relief",
  "meet",
  "negotiate",
  "statement",
  "election",
  "asset-sale",
]);
export type OccurrenceCode = z.output<typeof occurrenceCode>;

/** An entity that takes part in an occurrence. */
export const participant = z.object({ id: z.string().nullable(), name: z.string() });
export type Participant = z.output<typeof participant>;

/** Who did what to whom, when and where, with the sentence that says it. */
export const occurrence = z.object({
  code: occurrenceCode,
  actors: z.array(participant),
  targets: z.array(participant),
  date: z.string().optional(),
  precision: datePrecision.optional(),
  place: participant.optional(),
  sentence: z.string(),
  ...span,
});
export type Occurrence = z.output<typeof occurrence>;

/** A quantity with its unit: USD, EUR, VES, GBP; barrels, barrels a day; months of a sentence. */
export const amount = z.object({
  kind: z.enum(["money", "barrels", "sentence"]),
  value: z.number().nonnegative(),
  unit: z.string(),
  text: z.string(),
  ...span,
});
export type Amount = z.output<typeof amount>;

export const understanding = z.object({
  language: z.enum(["en", "es", "other"]),
  entities: z.array(articleEntity),
  dates: z.array(articleDate),
  quotes: z.array(articleQuote),
  occurrences: z.array(occurrence),
  /** Articles that were read before amounts were have none. */
  amounts: z.array(amount).optional(),
});
export type Understanding = z.output<typeof understanding>;

export const extractorVersion = z.object({
  name: z.string(),
  version: z.string(),
  knowledgeVersion: z.string(),
});
export type ExtractorVersion = z.output<typeof extractorVersion>;
