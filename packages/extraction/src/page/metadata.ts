/** The little of a document that is read here; linkedom's types are looser. */
export interface PageElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  contains(other: PageElement): boolean;
}
export interface PageDocument {
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
}

export interface Metadata {
  readonly title: string | null;
  readonly byline: string | null;
  readonly language: string | null;
  readonly publishedAt: string | null;
  readonly canonicalUrl: string | null;
}

/** What the page says of itself: JSON-LD first, then meta elements, then what it shows. */
export function metadata(document: PageDocument, url: string): Metadata {
  const linked = linkedData(document);
  const contents = contentsByName(document);
  const meta = (...names: string[]): string | null => {
    for (const name of names) {
      const content = contents.get(name);
      if (content) return content;
    }
    return null;
  };
  const shown = document.querySelector("time[datetime]")?.getAttribute("datetime") ?? null;
  return {
    title:
      linked.headline ??
      meta("og:title", "twitter:title") ??
      document.querySelector("title")?.textContent?.trim() ??
      null,
    byline: linked.author ?? meta("author", "article:author", "byl"),
    language: document.querySelector("html")?.getAttribute("lang") ?? meta("og:locale", "language"),
    publishedAt:
      readTime(linked.published) ??
      readTime(
        meta(
          "article:published_time",
          "og:published_time",
          "datePublished",
          "parsely-pub-date",
          "sailthru.date",
          "dc.date",
          "dcterms.created",
          "pubdate",
          "date",
        ),
      ) ??
      readTime(shown),
    canonicalUrl: webAddress(
      document.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? meta("og:url"),
      url,
    ),
  };
}

/** What the first meta element of each name says. */
function contentsByName(document: PageDocument): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  for (const element of document.querySelectorAll("meta")) {
    const content = element.getAttribute("content")?.trim() ?? "";
    for (const kind of ["property", "name", "itemprop"]) {
      const name = element.getAttribute(kind);
      if (name !== null && !contents.has(name)) contents.set(name, content);
    }
  }
  return contents;
}

const articleTypes =
  /^(?:NewsArticle|Article|ReportageNewsArticle|BlogPosting|AnalysisNewsArticle|OpinionNewsArticle|LiveBlogPosting)$/;

function linkedData(document: PageDocument): {
  headline: string | null;
  author: string | null;
  published: string | null;
} {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const article = articleIn(parsed(script.textContent ?? ""), 0);
    if (!article) continue;
    return {
      headline: string(article.headline),
      author: authors(article.author),
      published: string(article.datePublished),
    };
  }
  return { headline: null, author: null, published: null };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // a broken block says nothing; the page has other places to look
  }
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

function articleIn(value: unknown, depth: number): Fields | null {
  if (depth > 5 || !isFields(value)) return null;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 50)) {
      const found = articleIn(one, depth + 1);
      if (found) return found;
    }
    return null;
  }
  const kinds = [value["@type"]].flat();
  if (kinds.some((kind) => typeof kind === "string" && articleTypes.test(kind))) return value;
  return articleIn(value["@graph"], depth + 1) ?? articleIn(value.mainEntity, depth + 1);
}

const string = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : null;

function authors(value: unknown): string | null {
  const names = [value].flat().flatMap((one) => {
    const name = string(isFields(one) ? one.name : one);
    return name ? [name] : [];
  });
  return names.length > 0 ? names.slice(0, 5).join(", ") : null;
}

/** An ISO time with zone, from what pages write; a time without zone is taken as UTC. Null for what is no date. */
export function readTime(written: string | null): string | null {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?/.exec(
      written?.trim() ?? "",
    );
  if (!match) {
    const loose = written && /\d{4}/.test(written) ? Date.parse(written) : Number.NaN;
    return Number.isNaN(loose) ? null : new Date(loose).toISOString();
  }
  const [, date, time = "00:00", seconds = ":00", zone = "Z"] = match;
  const offset = zone === "Z" ? "Z" : zone.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2");
  const iso = `${date}T${time}${seconds}${offset}`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

function webAddress(written: string | null, base: string): string | null {
  if (!written) return null;
  try {
    const address = new URL(written, base);
    return /^https?:$/.test(address.protocol) ? address.href : null;
  } catch {
    return null; // not an address
  }
}
