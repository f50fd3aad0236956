import { all, first, firstFilled, htmlOf, lineOf, textOf } from "./fields.ts";
import type { RawItem } from "./item.ts";
import { limits } from "./limits.ts";
import { pointOf } from "./point.ts";
import type { Enclosure } from "./types.ts";
import type { XmlNode } from "./xml.ts";

/** Reads an item of RSS, RDF, Atom, CDF or a news sitemap: the names differ, the meanings do not. */
export function xmlItem(node: XmlNode): RawItem {
  const guid = first(node, "atom:id", "id", "guid");
  const title = firstFilled(node, "title", "atom:title", "dc:title", "media:title", "itunes:title");
  const body = bodyNode(node);
  const description =
    firstFilled(
      node,
      "description",
      "atom:summary",
      "summary",
      "dc:description",
      "abstract",
      "itunes:summary",
      "itunes:subtitle",
      "media:description",
    ) ?? mediaDescription(node);
  return {
    guid:
      lineOf(guid) ??
      lineOf(first(node, "dc:identifier")) ??
      node.attributes.get("rdf:about") ??
      null,
    guidIsPermalink: isPermalink(guid),
    title: titleText(title) || newsTitle(node) || groupTitle(node),
    titleHtml: htmlOf(title),
    base: node.base,
    links: linksOf(node),
    description: htmlOf(description),
    descriptionText: textOf(description, { maxChars: 2 * limits.summaryChars }),
    content: htmlOf(body),
    author: authorOf(node),
    published: publishedOf(node),
    updated: lineOf(
      firstFilled(
        node,
        "atom:updated",
        "updated",
        "atom:modified",
        "modified",
        "dcterms:modified",
        "lastmod",
        "sitemap:lastmod",
      ),
    ),
    language: lineOf(first(node, "dc:language")) ?? newsLanguage(node) ?? node.language,
    categories: categoriesOf(node),
    enclosures: enclosuresOf(node),
    point: pointOf(node),
  };
}

const bodyNode = (node: XmlNode): XmlNode | undefined =>
  firstFilled(
    node,
    "content:encoded",
    "atom:content",
    "content",
    "xhtml:body",
    "body",
    "xhtml:div",
    "fullitem",
  ) ?? firstFilled(node, "media:text");

const titleText = (title: XmlNode | undefined): string =>
  title ? textOf({ ...title, text: title.text.slice(0, 20 * limits.titleChars) }) : "";

const mediaDescription = (node: XmlNode): XmlNode | undefined =>
  all(node, "media:group", "media:content")
    .map((group) => firstFilled(group, "media:description"))
    .find((found) => found !== undefined);

const groupTitle = (node: XmlNode): string => {
  const group = first(node, "media:group", "media:content");
  return group ? titleText(first(group, "media:title")) : "";
};

const isPermalink = (guid: XmlNode | undefined): boolean =>
  guid?.name === "guid" && guid.attributes.get("ispermalink")?.trim().toLowerCase() !== "false";

function linksOf(node: XmlNode): string[] {
  const own = node.attributes.get("href") ?? node.attributes.get("rdf:resource");
  const links = all(node, "link", "atom:link", "feedburner:origlink", "loc", "sitemap:loc", "a");
  const found = links.map((link) => ({
    rel: link.attributes.get("rel")?.trim().toLowerCase() ?? "alternate",
    type: link.attributes.get("type") ?? "",
    // A link written for itself starts from its own xml:base.
    href: based(link, link.attributes.get("href") ?? link.text),
  }));
  const ranked = found
    .filter(({ rel, href }) => href !== "" && alternates.has(rel))
    .map((link, order) => ({
      ...link,
      order,
      html: link.type === "" || /html/i.test(link.type) ? 0 : 1,
    }))
    .sort((a, b) => a.html - b.html || a.order - b.order)
    .map(({ href }) => href);
  const about = node.attributes.get("rdf:about");
  return [...ranked, own, about].filter((href) => href !== undefined);
}

const alternates = new Set(["alternate", "", "http://www.iana.org/assignments/relation/alternate"]);

const based = (link: XmlNode, href: string): string => {
  const text = href.trim();
  return (link.base && URL.parse(text, link.base)?.href) || text;
};

/** People of an item: Atom's persons, RSS's author, Dublin Core's creators, iTunes. */
export function authorOf(node: XmlNode): string | null {
  const persons = all(node, "atom:author", "author").map(personName).filter(Boolean);
  if (persons.length > 0) return [...new Set(persons)].join(", ");
  const creators = all(node, "dc:creator", "dc:author", "dc:contributor")
    .map(lineOf)
    .filter(Boolean);
  if (creators.length > 0) return [...new Set(creators)].join(", ");
  const other = firstFilled(node, "itunes:author", "managingeditor", "webmaster", "dc:publisher");
  return other ? personName(other) || null : null;
}

/** "name (mail)" parts: `jane@example.org (Jane Doe)` is Jane Doe. */
function personName(node: XmlNode): string {
  const name =
    lineOf(first(node, "atom:name", "name")) ?? lineOf(first(node, "atom:email", "email"));
  if (name !== null) return name;
  const text = textOf(node);
  const named = /^\s*[\w.+-]+@[\w.-]+\s*\(([^()]+)\)\s*$/.exec(text)?.[1];
  return (named ?? text).trim();
}

const publishedOf = (node: XmlNode): string | null =>
  lineOf(
    firstFilled(
      node,
      "atom:published",
      "published",
      "pubdate",
      "atom:issued",
      "issued",
      "dc:date",
      "dcterms:issued",
      "dcterms:created",
      "atom:created",
      "created",
      "date",
    ),
  ) ??
  newsDate(node) ??
  node.attributes.get("lastmod") ??
  null;

const newsOf = (node: XmlNode): XmlNode | undefined => first(node, "news:news", "news");
const newsTitle = (node: XmlNode): string => {
  const news = newsOf(node);
  return news ? titleText(first(news, "news:title", "title")) : "";
};
const newsDate = (node: XmlNode): string | null => {
  const news = newsOf(node);
  return news ? lineOf(first(news, "news:publication_date")) : null;
};
const newsLanguage = (node: XmlNode): string | null => {
  const publication = newsOf(node)?.children.find(({ name }) => name === "news:publication");
  return publication ? lineOf(first(publication, "news:language")) : null;
};

function categoriesOf(node: XmlNode): string[] {
  const named = all(node, "category", "atom:category", "dc:subject", "media:category").map(
    (category) =>
      category.attributes.get("label") ?? lineOf(category) ?? category.attributes.get("term") ?? "",
  );
  const listed = all(node, "itunes:keywords", "media:keywords").flatMap(({ text }) =>
    text.split(","),
  );
  const news = newsOf(node);
  const keywords = news ? all(news, "news:keywords").flatMap(({ text }) => text.split(",")) : [];
  return [...named, ...listed, ...keywords].map((name) => name.trim()).filter(Boolean);
}

function enclosuresOf(node: XmlNode): Enclosure[] {
  const groups = [node, ...all(node, "media:group")];
  const media = groups.flatMap((group) => all(group, "media:content", "media:thumbnail"));
  const linked = all(node, "link", "atom:link").filter(
    (link) => link.attributes.get("rel")?.toLowerCase() === "enclosure",
  );
  return [...all(node, "enclosure"), ...linked, ...media].flatMap((element) => {
    const url = element.attributes.get("url") ?? element.attributes.get("href");
    if (!url) return [];
    const length = Number(
      element.attributes.get("length") ?? element.attributes.get("filesize") ?? "",
    );
    return [
      {
        url,
        type: element.attributes.get("type") ?? null,
        length: Number.isSafeInteger(length) && length > 0 ? length : null,
      },
    ];
  });
}
