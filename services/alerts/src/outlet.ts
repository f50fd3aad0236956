import type { FeedCatalogue } from "@newsledger/feeds";
import { z } from "zod";

/** Kinds of outlets as people tell them apart. */
export const sourceKind = z.enum([
  "news-independent",
  "news-general",
  "news-international",
  "news-state",
  "news-partisan",
  "ngo",
  "government",
  "court",
  "analysis",
  "factcheck",
  "energy-trade",
  "social",
]);
export type SourceKind = z.output<typeof sourceKind>;

/** What kind of outlet an article is from; null when nobody has said. */
export type KindOf = (article: { url: string | null; source: string }) => SourceKind | null;

/**
 * By the catalogue's hosts and names. The host of the article comes first: what a search feed or a mirror brings is its
 * outlet's all the same.
 */
export function outletKinds({ feeds }: Pick<FeedCatalogue, "feeds">): KindOf {
  const byHost = new Map<string, SourceKind>();
  const byName = new Map<string, SourceKind>();
  for (const feed of feeds) {
    const kind = sourceKind.safeParse(feed.kind);
    if (!kind.success) continue; // a search, which is no outlet
    for (const host of [
      hostOf(feed.url),
      ...feed.mirrors.map((mirror) => bare(mirror.split("/")[0] ?? "")),
    ])
      if (host !== null && !shared.test(host) && !byHost.has(host)) byHost.set(host, kind.data);
    const name = folded(feed.source);
    if (!byName.has(name)) byName.set(name, kind.data);
  }
  return ({ url, source }) => {
    for (let host = url === null ? null : hostOf(url); host?.includes("."); host = parent(host)) {
      const kind = byHost.get(host);
      if (kind) return kind;
    }
    return byName.get(folded(source)) ?? null;
  };
}

/** Hosts where anybody publishes say nothing of the outlet. */
const shared =
  /(^|\.)(googleapis|feedburner|youtube|twitter|x|facebook|medium|substack|wordpress|blogspot|google|bing|t)\.(com|me)$/;

const bare = (host: string): string => host.toLowerCase().replace(/^(www|feeds?|rss|news|m)\./, "");
const hostOf = (url: string): string | null => {
  const host = URL.parse(url)?.hostname;
  return host ? bare(host) : null;
};
const parent = (host: string): string => host.slice(host.indexOf(".") + 1);
const folded = (text: string): string => text.trim().toLowerCase();
