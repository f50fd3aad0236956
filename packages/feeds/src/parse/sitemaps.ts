import { decodeEntities } from "../text/entities.ts";
import { webAddress } from "./item.ts";

const mostSitemaps = 1_000;

/** The sitemaps that a list of sitemaps names: those of news first, then those that changed last. */
export function sitemapsNamedBy(text: string, documentUrl: string | null): string[] {
  const found = new Map<string, string>();
  for (const part of text.split(/<(?:\w{1,20}:)?sitemap\s*>/i).slice(1, mostSitemaps + 1)) {
    const url = webAddress(decodeEntities(partOf(part, "loc")), documentUrl);
    if (url !== null && url !== "too-long") found.set(url, partOf(part, "lastmod"));
  }
  const ofNews = (url: string) => (/news|noticia|actualidad/i.test(new URL(url).pathname) ? 1 : 0);
  return [...found]
    .toSorted(([a, at], [b, bt]) => ofNews(b) - ofNews(a) || timeOf(bt) - timeOf(at))
    .map(([url]) => url);
}

function partOf(part: string, name: string): string {
  const found = new RegExp(
    `<(?:\\w{1,20}:)?${name}\\s*>\\s*(?:<!\\[CDATA\\[)?([^<\\]]{0,4000})`,
    "i",
  ).exec(part);
  return found?.[1]?.trim() ?? "";
}

const timeOf = (text: string): number => Date.parse(text) || 0;
