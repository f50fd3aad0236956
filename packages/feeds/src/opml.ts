import { withoutDoctype } from "./parse/doctype.ts";
import { webAddress } from "./parse/item.ts";
import { type Outline, readOutlines } from "./parse/outlines.ts";
import { cleanLine, clip } from "./text/clean.ts";
import { decodeFeed } from "./text/decode.ts";

/** A feed as lists of feeds exchange it. */
export interface OpmlFeed {
  readonly url: string;
  readonly title: string;
  /** The site behind the feed. */
  readonly site: string | null;
  readonly group: string | null;
  readonly language: string | null;
  readonly enabled: boolean;
}

export interface OpmlReading {
  readonly title: string;
  readonly feeds: readonly OpmlFeed[];
  /** Sentences about what was left out. */
  readonly problems: readonly string[];
}

/** The document is no OPML; the message is a sentence for people. */
export class NotOpml extends Error {
  override name = "NotOpml";
  readonly code = "not-opml";
}

const maxFeeds = 10_000;
// Other readers ignore attributes of a namespace that they do not know (OPML 2.0, “Extending OPML”).
const namespace = "https://newsledger.invalid/ns/opml";

/** Reads a list of feeds (OPML 1 and 2). Addresses that are no web addresses are named in `problems`. */
export function readOpml(document: Uint8Array | string): OpmlReading {
  const raw = typeof document === "string" ? document : decodeFeed(document, null).text;
  const { text, entities } = withoutDoctype(raw);
  const { isOpml, title, outlines } = readOutlines(text, entities);
  if (!isOpml) throw new NotOpml("This is not a list of feeds (OPML).");
  const feeds = new Map<string, OpmlFeed>();
  const problems: string[] = [];
  for (const outline of outlines) {
    const asked = attribute(outline, "xmlurl");
    if (asked === null) continue;
    const url = webAddress(asked, null);
    if (url === null || url === "too-long") {
      problems.push(`“${clip(asked, 100)}” is not a web address and was left out.`);
    } else if (feeds.has(url))
      problems.push(`${clip(url, 100)} is listed twice; the first was taken.`);
    else if (feeds.size < maxFeeds) feeds.set(url, feedOf(outline, url));
  }
  if (feeds.size === maxFeeds) problems.push(`Only the first ${maxFeeds} feeds were read.`);
  return { title: cleanLine(title), feeds: [...feeds.values()], problems: problems.slice(0, 100) };
}

function feedOf(outline: Outline, url: string): OpmlFeed {
  const site = webAddress(attribute(outline, "htmlurl") ?? "", null);
  const group = outline.groups.map(cleanLine).filter(Boolean).join(" / ");
  return {
    url,
    title: clip(attribute(outline, "title") ?? attribute(outline, "text") ?? url, 300),
    site: site === "too-long" ? null : site,
    group: clip(group, 300) || null,
    language: attribute(outline, "language"),
    enabled: attribute(outline, "newsledger:enabled") !== "false",
  };
}

const attribute = (outline: Outline, name: string): string | null =>
  cleanLine(outline.attributes.get(name) ?? "") || null;

/** Writes OPML 2.0: feeds in their groups, an attribute of our own on those that are switched off. */
export function writeOpml(title: string, feeds: readonly OpmlFeed[], now: Date): string {
  const groups = Map.groupBy(feeds, ({ group }) => group);
  const body = [...groups].flatMap(([group, members]) =>
    group === null
      ? members.map((feed) => `    ${outlineOf(feed)}`)
      : [
          `    <outline ${attributes({ text: group, title: group })}>`,
          ...members.map((feed) => `      ${outlineOf(feed)}`),
          "    </outline>",
        ],
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:newsledger="${namespace}">`,
    "  <head>",
    `    <title>${escaped(title)}</title>`,
    `    <dateCreated>${now.toUTCString()}</dateCreated>`,
    "  </head>",
    "  <body>",
    ...body,
    "  </body>",
    "</opml>",
    "",
  ].join("\n");
}

const outlineOf = (feed: OpmlFeed): string =>
  `<outline ${attributes({
    type: "rss",
    text: feed.title,
    title: feed.title,
    xmlUrl: feed.url,
    htmlUrl: feed.site,
    language: feed.language,
    "newsledger:enabled": feed.enabled ? null : "false",
  })}/>`;

const attributes = (pairs: Readonly<Record<string, string | null>>): string =>
  Object.entries(pairs)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}="${escaped(value)}"`]))
    .join(" ");

const escaped = (text: string): string =>
  cleanLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
