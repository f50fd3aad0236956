import { readFileSync } from "node:fs";
import { z } from "zod";

const kind = z.enum([
  "news-independent",
  "news-general",
  "news-state",
  "news-partisan",
  "news-international",
  "ngo",
  "government",
  "court",
  "analysis",
  "factcheck",
  "energy-trade",
  "social",
  "search-google",
  "search-bing",
  "search-gdelt",
]);

const catalogueFeed = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  url: z.url({ protocol: /^https?$/ }),
  title: z.string().min(1),
  /** The outlet as people know it. */
  source: z.string().min(1),
  language: z.enum(["en", "es"]),
  /** ISO 3166 alpha-2, or INT. */
  country: z.string().regex(/^([A-Z]{2}|INT)$/),
  kind,
  /** 0–1, a first guess at how much the source counts. */
  weight: z.number().min(0).max(1),
  topics: z.array(z.string()),
  /** Other hosts of the same outlet. */
  mirrors: z.array(z.string()),
  enabled: z.boolean(),
  evidence: z.strictObject({
    strength: z.enum(["probed", "listed", "composed"]),
    facts: z.array(z.string()),
  }),
  note: z.string().optional(),
  /** The question that a search feed asks, in plain form. */
  query: z.string().optional(),
});

const catalogue = z.strictObject({
  version: z.number().int().positive(),
  feeds: z.array(catalogueFeed),
  /** Addresses with a part to fill in by hand. */
  templates: z.array(catalogueFeed.extend({ url: z.string().regex(/\{[A-Z_]+\}/) })),
});

export type CatalogueFeed = z.output<typeof catalogueFeed>;
export type FeedCatalogue = z.output<typeof catalogue>;

/** The list of feeds that comes with Newsledger, read from its file and checked. */
export function feedCatalogue(): FeedCatalogue {
  const file = new URL("../catalogue/feeds.json", import.meta.url);
  return catalogue.parse(JSON.parse(readFileSync(file, "utf8")));
}
