import { decodeHtmlEntities } from "../text/entities.ts";
import { webAddress } from "./item.ts";

const headChars = 200_000;
const maxFeeds = 10;
const feedType = /^application\/(rss|atom|rdf|feed)\+(xml|json)$/i;

/** The feeds that a web page names in its head (`<link rel="alternate" type="application/rss+xml" …>`). */
export function feedsNamedBy(html: string, pageUrl: string | null): string[] {
  const links = html.slice(0, headChars).matchAll(/<link\b([^<>]{0,2000})>/gi);
  const found = new Set<string>();
  for (const [, attributes = ""] of links) {
    if (!/\balternate\b/i.test(attributeOf(attributes, "rel"))) continue;
    if (!feedType.test(attributeOf(attributes, "type").trim())) continue;
    const url = webAddress(decodeHtmlEntities(attributeOf(attributes, "href")), pageUrl);
    if (url !== null && url !== "too-long") found.add(url);
    if (found.size === maxFeeds) break;
  }
  return [...found];
}

function attributeOf(attributes: string, name: string): string {
  const found = new RegExp(
    `(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    "i",
  ).exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? "";
}
