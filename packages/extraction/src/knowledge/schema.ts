import { entityType } from "@newsledger/core";
import { z } from "zod";

export const alias = z.object({
  text: z.string().min(2),
  lang: z.enum(["en", "es"]).optional(),
  /** Counts only when written exactly so, and not in a line set in capitals. */
  caseSensitive: z.boolean().default(false),
  /** Decides nothing alone: the article must hold a word of the entity's context, or its full name. */
  needsContext: z.boolean().default(false),
  /** Seen only in machine-translated copies: recognised, never shown. */
  corrupted: z.boolean().default(false),
  /** Also a surname or a word: counts only after "in", "to" and their like, or before its state. */
  locative: z.boolean().default(false),
  /** One phrase for several entities: all of them are meant. */
  shared: z.boolean().default(false),
});
export type Alias = z.output<typeof alias>;

export const knownEntity = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  type: entityType,
  /** The name as the press writes it: what people are shown. */
  name: z.string().min(2),
  aliases: z.array(alias),
  /** Only where a source showed it; never guessed. */
  wikidata: z
    .string()
    .regex(/^Q\d+$/)
    .optional(),
  roles: z
    .array(z.object({ role: z.string(), from: z.string().optional(), to: z.string().optional() }))
    .default([]),
  members: z.array(z.string()).default([]),
  /** The body whose people a group are. */
  body: z.string().optional(),
  /** Holds an office, or speaks for one: may visit a country in its name. */
  official: z.boolean().default(false),
  country: z.string().length(2).optional(),
  context: z.array(z.string()).optional(),
  /** Who or what is easily mistaken for it, in prose: for people who edit this file. */
  notMe: z.array(z.string()).default([]),
});
export type KnownEntity = z.output<typeof knownEntity>;

/** knowledge/casework.json: the persons, bodies and instruments of the cases, made by scripts/build-casework.ts. */
export const casework = z.object({ source: z.string(), entities: z.array(knownEntity) });

const brief = z.union([z.string().transform((text) => alias.parse({ text })), alias]);
const entry = z.object({
  name: z.string(),
  aliases: z.array(brief),
  country: z.string().length(2).optional(),
  official: z.boolean().optional(),
});

/** knowledge/world.yaml: the rest of the world, written by hand. */
export const world = z.object({
  version: z.string(),
  context: z.object({
    matter: z.array(z.string()),
    country: z.array(z.string()),
    city: z.array(z.string()),
    abroad: z.array(z.string()),
    custody: z.array(z.string()),
  }),
  organisations: z.record(z.string(), entry),
  persons: z.record(z.string(), entry),
  places: z.record(z.string(), entry),
  /** Phrases that stand for a government, by the country's entity. */
  governments: z.record(z.string(), z.array(z.string())),
  countries: z.record(z.string().length(2), z.array(brief)),
  ambiguousCountryNames: z.array(z.string()),
  /** Towns and regions by country: spellings with bars between, a question mark at the end of those that are surnames too. */
  towns: z.record(z.string().length(2), z.array(z.string())),
});
export type World = z.output<typeof world>;
