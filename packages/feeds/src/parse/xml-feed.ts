import { cleanLine, clip } from "../text/clean.ts";
import type { OwnEntities } from "../text/entities.ts";
import { feedsNamedBy } from "./discover.ts";
import { all, first, firstFilled, htmlOf, lineOf, textOf } from "./fields.ts";
import { finished, htmlLine, type RawItem, webAddress } from "./item.ts";
import { limits, type Warnings } from "./limits.ts";
import { type Appearance, NotAFeed } from "./not-a-feed.ts";
import { sitemapsNamedBy } from "./sitemaps.ts";
import type { ParsedFeed } from "./types.ts";
import { readXml, type XmlNode } from "./xml.ts";
import { authorOf, xmlItem } from "./xml-item.ts";

const formats: Readonly<Record<string, ParsedFeed["format"]>> = {
  rss: "rss",
  "rdf:rdf": "rdf",
  rdf: "rdf",
  feed: "atom",
  "atom:feed": "atom",
  channel: "cdf",
  urlset: "sitemap",
  "sitemap:urlset": "sitemap",
};
const containers = new Set(["channel", "items", "atom:entries"]);
const itemNames = new Set(["item", "entry", "atom:entry"]);
const sitemapItems = new Set(["url", "sitemap:url"]);
const lookAlikes: Readonly<Record<string, Appearance>> = {
  html: "html",
  "xhtml:html": "html",
  opml: "opml",
  sitemapindex: "sitemap-index",
  "sitemap:sitemapindex": "sitemap-index",
};

// Pages may leave out their outermost tags.
const partsOfPages = new Set(["head", "title", "meta", "body", "div"]);

/** A feed written in XML, of whatever kind. */
export function xmlFeed(
  text: string,
  entities: OwnEntities,
  documentUrl: string | null,
  encoding: string,
  warnings: Warnings,
): ParsedFeed {
  const outline = new Outline(warnings);
  const reading = readXml(text, entities, documentUrl, outline);
  const format = outline.format;
  if (format === null) {
    throw new NotAFeed(outline.appearance, namedBy(outline.appearance, text, documentUrl));
  }
  if (reading.cutItem) warnings.add("The document ends inside an item; that item was left out.");
  else if (reading.unclosed.length > 0) warnings.add("The document ends before its last end tag.");
  if (reading.tooDeep) warnings.add("Elements are nested too deeply; the innermost were left out.");
  return assembled(format, outline.fields, outline.items, documentUrl, encoding, warnings);
}

function namedBy(appearance: Appearance, text: string, documentUrl: string | null): string[] {
  if (appearance === "html") return feedsNamedBy(text, documentUrl);
  return appearance === "sitemap-index" ? sitemapsNamedBy(text, documentUrl) : [];
}

class Outline {
  format: ParsedFeed["format"] | null = null;
  appearance: Appearance = "text";
  readonly fields: XmlNode = {
    name: "",
    attributes: new Map(),
    children: [],
    text: "",
    markup: null,
    base: null,
    language: null,
  };
  readonly items: RawItem[] = [];
  readonly #warnings: Warnings;

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  classify(name: string): "item" | "container" | "field" {
    if (this.format === null) {
      this.#meetRoot(name);
      return "container";
    }
    if (itemNames.has(name)) return "item";
    if (this.format === "sitemap") return sitemapItems.has(name) ? "item" : "field";
    return containers.has(name) || formats[name] !== undefined ? "container" : "field";
  }

  onField(node: XmlNode): void {
    if (this.fields.children.length < limits.feedFields) this.fields.children.push(node);
  }

  onItem(node: XmlNode): boolean {
    if (this.items.length === limits.items) {
      this.#warnings.add(`Only the first ${limits.items} items were read.`);
      return false;
    }
    this.items.push(xmlItem(node));
    return true;
  }

  #meetRoot(name: string): void {
    if (this.appearance === "html") return;
    this.format = formats[name] ?? null;
    if (this.format !== null) return;
    const first = this.appearance === "text";
    const unknown = first ? (partsOfPages.has(name) ? "html" : "xml") : this.appearance;
    this.appearance = lookAlikes[name] ?? unknown;
  }
}

function assembled(
  format: ParsedFeed["format"],
  fields: XmlNode,
  rawItems: readonly RawItem[],
  documentUrl: string | null,
  encoding: string,
  warnings: Warnings,
): ParsedFeed {
  const link = feedLink(fields, documentUrl);
  const language =
    lineOf(first(fields, "language", "dc:language")) ?? fields.children[0]?.language ?? null;
  const around = { feedLink: link, documentUrl, author: authorOf(fields), language };
  return {
    format,
    encoding,
    title: titleOf(fields) || (link ?? ""),
    titleHtml: titleHtmlOf(fields, documentUrl),
    link,
    language: language === null ? null : clip(language, 40),
    older: relOf(fields, "prev-archive", documentUrl) ?? relOf(fields, "next", documentUrl),
    hub: relOf(fields, "hub", documentUrl),
    self: relOf(fields, "self", documentUrl),
    ttlSeconds: positive(Number(lineOf(first(fields, "ttl")) ?? "") * 60),
    updatePeriodSeconds: updatePeriod(fields),
    items: rawItems.map((raw) => finished(raw, around, warnings)),
    warnings: warnings.list(),
  };
}

const titleNode = (fields: XmlNode) =>
  firstFilled(fields, "title", "atom:title", "dc:title", "itunes:title");
const titleOf = (fields: XmlNode): string =>
  clip(cleanLine(textOf(titleNode(fields))), limits.titleChars);

function titleHtmlOf(fields: XmlNode, documentUrl: string | null): string | null {
  const html = htmlOf(titleNode(fields));
  return html && htmlLine(html, documentUrl);
}

/** The site that the feed belongs to. */
function feedLink(fields: XmlNode, documentUrl: string | null): string | null {
  const links = all(fields, "link", "atom:link");
  const wanted = links.filter((link) => {
    const rel = link.attributes.get("rel")?.toLowerCase();
    return rel === undefined || rel === "alternate" || rel === "";
  });
  for (const link of wanted) {
    const href = link.attributes.get("href") ?? link.text;
    const url = webAddress(href, link.base ?? documentUrl);
    if (url !== null && url !== "too-long") return url;
  }
  return null;
}

function relOf(fields: XmlNode, rel: string, documentUrl: string | null): string | null {
  const link = all(fields, "link", "atom:link").find(
    ({ attributes }) => attributes.get("rel")?.trim().toLowerCase() === rel,
  );
  const url = link ? webAddress(link.attributes.get("href") ?? "", link.base ?? documentUrl) : null;
  return url === "too-long" ? null : url;
}

const periods: Readonly<Record<string, number>> = {
  hourly: 3_600,
  daily: 86_400,
  weekly: 7 * 86_400,
  monthly: 30 * 86_400,
  yearly: 365 * 86_400,
};

function updatePeriod(fields: XmlNode): number | null {
  const name = lineOf(first(fields, "sy:updateperiod"))?.toLowerCase();
  const seconds = name === undefined ? undefined : periods[name];
  if (seconds === undefined) return null;
  const frequency = Number(lineOf(first(fields, "sy:updatefrequency")) ?? "1");
  return positive(seconds / (frequency > 0 ? frequency : 1));
}

const positive = (seconds: number): number | null =>
  Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.round(seconds), 366 * 86_400) : null;
