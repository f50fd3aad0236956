/** How an outlet's feed is written, with the peculiarities that real ones have. */
type FeedFormat = "rss" | "rss-latin1" | "rss-html" | "rss-full" | "atom" | "json" | "page";

interface OutletShape {
  readonly title: string;
  readonly language: "en" | "es";
  readonly format: FeedFormat;
  readonly feed: string;
}

/** Every outlet is invented; none of these names is a newspaper that we know of. */
const outlets = {
  "caribbean-courier": {
    title: "The Caribbean Courier",
    language: "en",
    format: "rss-html",
    feed: "feed.xml",
  },
  "houston-ledger": {
    title: "Houston Ledger",
    language: "en",
    format: "json",
    feed: "feed.json",
  },
  "gulf-energy-desk": {
    title: "Gulf Energy Desk",
    language: "en",
    format: "atom",
    feed: "atom.xml",
  },
  "potomac-dispatch": {
    title: "Potomac Dispatch",
    language: "en",
    format: "rss",
    feed: "rss.xml",
  },
  "harbor-wire": {
    title: "Harbor Wire 24",
    language: "en",
    format: "rss",
    feed: "all.rss",
  },
  "mosaic-weekly": {
    title: "Mosaic Weekly",
    language: "en",
    format: "rss",
    feed: "rss",
  },
  "diario-del-avila": {
    title: "Diario del Ávila",
    language: "es",
    format: "rss-latin1",
    feed: "portada.xml",
  },
  "agencia-meridiano": {
    title: "Agencia Meridiano",
    language: "es",
    format: "rss-full",
    feed: "cable.xml",
  },
  "lucero-del-lago": {
    title: "El Lucero del Lago",
    language: "es",
    format: "rss",
    feed: "rss.xml",
  },
  "radio-cumbre": {
    title: "Radio Cumbre Noticias",
    language: "es",
    format: "atom",
    feed: "noticias.atom",
  },
  "ecos-del-dia": {
    title: "Ecos del Día 365",
    language: "es",
    format: "rss-html",
    feed: "feed",
  },
  /** Its feed address answers with a web page. */
  "isthmus-review": {
    title: "The Isthmus Review",
    language: "en",
    format: "page",
    feed: "feed",
  },
} as const satisfies Record<string, OutletShape>;

export type OutletId = keyof typeof outlets;

export interface Outlet extends OutletShape {
  readonly id: OutletId;
}

export const outlet = (id: OutletId): Outlet => ({ id, ...outlets[id] });

export const outletIds = Object.keys(outlets) as OutletId[];
