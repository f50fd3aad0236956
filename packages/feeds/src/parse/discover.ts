import { decodeHtmlEntities } from "../text/entities.ts";
import { webAddress } from "./item.ts";

const headChars = 200_000;
const maxFeeds = 10;
const feedType = /^application\/(rss|atom|rdf|feed)\+(xml|json)$/i;

/** What readers say below a page is a feed too, and hardly ever the one that is meant. */
const ofComments = /coment|comment|kommentar/i;

/** The feeds that a web page names in its head (`<link rel="alternate" type="application/rss+xml" …>`), those of comments last. */
export function feedsNamedBy(html: string, pageUrl: string | null): string[] {
  const links = html.slice(0, headChars).matchAll(/<link\b([^<>]{0,2000})>/gi);
  const found = new Map<string, boolean>();
  for (const [, attributes = ""] of links) {
    if (!/\balternate\b/i.test(attributeOf(attributes, "rel"))) continue;
    if (!feedType.test(attributeOf(attributes, "type").trim())) continue;
    const url = webAddress(decodeHtmlEntities(attributeOf(attributes, "href")), pageUrl);
    const title = attributeOf(attributes, "title");
    if (url !== null && url !== "too-long") found.set(url, ofComments.test(`${title} ${url}`));
    if (found.size === maxFeeds) break;
  }
  return [...found].toSorted(([, a], [, b]) => Number(a) - Number(b)).map(([url]) => url);
}

function attributeOf(attributes: string, name: string): string {
  const found = new RegExp(
    `(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    "i",
  ).exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? "";
}
