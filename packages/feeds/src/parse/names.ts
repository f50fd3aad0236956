// Namespaces are what counts, prefixes are only usual: "media:title" may come under any prefix, and a feed that never
// declared "dc" still means Dublin Core.
const usualPrefix: Readonly<Record<string, string>> = {
  // RSS in all its ages, Atom's drafts, JSON's cousin CDF: elements without a prefix
  "": "",
  "http://backend.userland.com/rss": "",
  "http://backend.userland.com/rss2": "",
  "http://blogs.law.harvard.edu/tech/rss": "",
  "http://my.netscape.com/rdf/simple/0.9": "",
  "http://channel.netscape.com/rdf/simple/0.9": "",
  "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
  "http://purl.org/rss/1.0": "",
  "http://purl.org/net/rss1.1": "",
  "http://www.rssboard.org/rss-specification": "",
  "http://www.w3.org/2005/atom": "atom",
  "https://www.w3.org/2005/atom": "atom",
  "http://purl.org/atom/ns": "atom",
  "http://purl.org/echo": "atom",
  "http://purl.org/pie": "atom",
  "uri/of/echo/namespace": "atom",
  "http://example.com/newformat": "atom",
  "http://example.com/necho": "atom",
  "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
  "http://www.w3.org/1999/xhtml": "xhtml",
  "http://www.w3.org/xml/1998/namespace": "xml",
  "http://purl.org/dc/elements/1.1": "dc",
  "http://purl.org/dc/elements/1.0": "dc",
  "http://purl.org/dc/terms": "dcterms",
  "http://purl.org/rss/1.0/modules/content": "content",
  "http://purl.org/rss/1.0/modules/syndication": "sy",
  "http://purl.org/rss/1.0/modules/slash": "slash",
  "http://search.yahoo.com/mrss": "media",
  "http://search.yahoo.com/mrss/1.1.1": "media",
  "http://video.search.yahoo.com/mrss": "media",
  "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
  "http://example.com/dtds/podcast-1.0.dtd": "itunes",
  "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
  "http://www.georss.org/georss": "georss",
  "http://www.opengis.net/gml": "gml",
  "http://www.w3.org/2003/01/geo/wgs84_pos": "geo",
  "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
  "http://www.google.com/schemas/sitemap/0.84": "sitemap",
  "http://www.google.com/schemas/sitemap-news/0.9": "news",
  "http://purl.org/syndication/thread/1.0": "thr",
  "http://wellformedweb.org/commentapi": "wfw",
  "http://webns.net/mvcb": "admin",
};

const known = new Set(Object.values(usualPrefix).filter(Boolean));
const aliases: Readonly<Record<string, string>> = {
  a10: "atom",
  atom10: "atom",
  atom03: "atom",
  mrss: "media",
  rss: "",
};

/** The namespaces in force at one element; names are worked out once per scope. */
export class Scope {
  readonly #parent: Scope | null;
  readonly #declared: ReadonlyMap<string, string>;
  readonly #names = new Map<string, string>();

  constructor(parent: Scope | null, declared: ReadonlyMap<string, string>) {
    this.#parent = parent;
    this.#declared = declared;
  }

  /** "DC:Creator" → "dc:creator", "title" → "title" or "atom:title", whatever the prefix is called here. */
  nameOf(raw: string): string {
    const cached = this.#names.get(raw);
    if (cached !== undefined) return cached;
    const name = this.#resolve(raw.toLowerCase());
    this.#names.set(raw, name);
    return name;
  }

  /** True when elements under this prefix are HTML. */
  isXhtml(prefix: string): boolean {
    return this.#lookup(prefix) === "xhtml";
  }

  #isRootElement(): boolean {
    return this.#parent === null || this.#parent.#parent === null;
  }

  #resolve(name: string): string {
    const colon = name.indexOf(":");
    const prefix = colon < 0 ? "" : name.slice(0, colon);
    const local = name.slice(colon + 1);
    const usual = this.#lookup(prefix) ?? undeclared(prefix);
    return usual === "" ? local : `${usual}:${local}`;
  }

  /** The usual prefix for one that was declared; undefined when it was not. */
  #lookup(prefix: string): string | undefined {
    for (let scope: Scope | null = this; scope !== null; scope = scope.#parent) {
      const uri = scope.#declared.get(prefix);
      if (uri === undefined) continue;
      const usual = usualPrefix[normalised(uri)];
      if (usual !== undefined) return usual;
      // An unknown default namespace on the root is somebody's own spelling of RSS; deeper it is foreign matter.
      if (prefix !== "") return undeclared(prefix);
      return scope.#isRootElement() ? "" : "?";
    }
    return undefined;
  }
}

const undeclared = (prefix: string): string =>
  known.has(prefix) || prefix === "" ? prefix : (aliases[prefix] ?? prefix);

const normalised = (uri: string): string =>
  uri
    .trim()
    .toLowerCase()
    .replace(/[/#]+$/, "");
