import { type Article, articlePath, paragraphs } from "../article.ts";
import type { Outlet } from "../outlets.ts";
import { cdata, escapeMarkup, htmlParagraphs, latin1 } from "./markup.ts";

export interface Document {
  readonly contentType: string;
  readonly body: Buffer;
}

/** The outlet's feed, the newest article first, in the outlet's own dialect. */
export function feedDocument(
  outlet: Outlet,
  articles: readonly Article[],
  origin: string,
): Document {
  const site = { outlet, articles, origin };
  switch (outlet.format) {
    case "json":
      return { contentType: "application/feed+json", body: Buffer.from(jsonFeed(site)) };
    case "atom":
      return { contentType: "application/atom+xml", body: Buffer.from(atom(site)) };
    case "rss-latin1":
      return { contentType: "text/xml; charset=ISO-8859-1", body: latin1(rss(site)) };
    case "page":
    case "rss":
    case "rss-html":
    case "rss-full":
      return { contentType: "application/rss+xml; charset=utf-8", body: Buffer.from(rss(site)) };
  }
}

interface Site {
  readonly outlet: Outlet;
  readonly articles: readonly Article[];
  readonly origin: string;
}

const link = (article: Article, origin: string): string => origin + articlePath(article);
const home = ({ outlet, origin }: Site): string => `${origin}/${outlet.id}/`;

function rss(site: Site): string {
  const { outlet, articles, origin } = site;
  const encoding = outlet.format === "rss-latin1" ? "ISO-8859-1" : "UTF-8";
  return `<?xml version="1.0" encoding="${encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escapeMarkup(outlet.title)}</title>
<link>${home(site)}</link>
<description>${escapeMarkup(outlet.title)}</description>
<language>${outlet.language}</language>
${articles.map((article) => rssItem(outlet, article, link(article, origin))).join("\n")}
</channel>
</rss>
`;
}

function rssItem({ format, language }: Outlet, article: Article, url: string): string {
  const lines = [
    `<title>${escapeMarkup(article.title)}</title>`,
    `<link>${url}</link>`,
    // Two outlets number their articles; the others use the address.
    format === "rss-html"
      ? `<guid isPermaLink="false">${article.outlet}:${article.id}</guid>`
      : `<guid isPermaLink="true">${url}</guid>`,
    `<pubDate>${format === "rss-latin1" ? inCaracas(article.publishedAt) : inGmt(article.publishedAt)}</pubDate>`,
    ...(article.author ? [`<dc:creator>${escapeMarkup(article.author)}</dc:creator>`] : []),
    format === "rss-html"
      ? `<description>${cdata(teaser(language, article, url))}</description>`
      : `<description>${escapeMarkup(article.summary)}</description>`,
    ...(format === "rss-full"
      ? [`<content:encoded>${cdata(htmlParagraphs(paragraphs(article.text)))}</content:encoded>`]
      : []),
  ];
  return `<item>\n${lines.join("\n")}\n</item>`;
}

const continued = { en: "Continue reading", es: "Seguir leyendo" };
const teaser = (language: Outlet["language"], article: Article, url: string): string =>
  `<p><strong>${escapeMarkup(article.summary)}</strong></p>
<p><a href="${url}?utm_source=feed&amp;utm_medium=rss">${continued[language]}</a> &#8594;</p>`;

function atom(site: Site): string {
  const { outlet, articles, origin } = site;
  const updated = articles.map(changedAt).sort().at(-1) ?? "1970-01-01T00:00:00.000Z";
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${outlet.language}">
<id>tag:${outlet.id}.invalid,2017:feed</id>
<title>${escapeMarkup(outlet.title)}</title>
<link rel="alternate" href="${home(site)}"/>
<updated>${updated}</updated>
${articles.map((article) => atomEntry(outlet, article, link(article, origin))).join("\n")}
</feed>
`;
}

const atomEntry = (outlet: Outlet, article: Article, url: string): string =>
  `<entry>
<id>tag:${outlet.id}.invalid,2017:${article.id}</id>
<title type="text">${escapeMarkup(article.title)}</title>
<link rel="alternate" type="text/html" href="${url}"/>
<published>${article.publishedAt}</published>
<updated>${changedAt(article)}</updated>
<author><name>${escapeMarkup(article.author ?? outlet.title)}</name></author>
<summary type="text">${escapeMarkup(article.summary)}</summary>
</entry>`;

const jsonFeed = (site: Site): string =>
  JSON.stringify(
    {
      version: "https://jsonfeed.org/version/1.1",
      title: site.outlet.title,
      home_page_url: home(site),
      language: site.outlet.language,
      items: site.articles.map((article) => ({
        id: `${article.outlet}/${article.id}`,
        url: link(article, site.origin),
        title: article.title,
        summary: article.summary,
        content_html: htmlParagraphs(paragraphs(article.text)),
        date_published: article.publishedAt,
        ...(article.modifiedAt && { date_modified: article.modifiedAt }),
        ...(article.author && { authors: [{ name: article.author }] }),
      })),
    },
    null,
    1,
  );

/** When the article last changed, ISO 8601. */
export const changedAt = ({ publishedAt, modifiedAt }: Article): string =>
  new Date(modifiedAt ?? publishedAt).toISOString();

const inGmt = (time: string): string => new Date(time).toUTCString();
const inCaracas = (time: string): string =>
  new Date(Date.parse(time) - 4 * 3_600_000).toUTCString().replace("GMT", "-0400");
