import { textHash } from "@newsledger/core";
import type { ParsedItem } from "../parse/types.ts";
import { canonicalUrl } from "./canonical-url.ts";
import { normalised } from "./content-hash.ts";

/**
 * What tells the items of a feed apart. `guid` is the rule; the others are for feeds whose guids repeat (or change at
 * every poll: `link`). A feed that once needed a stronger scheme keeps it, or its items would change their keys.
 */
export type IdentityScheme = "guid" | "guid+link" | "guid+link+title" | "link";

export interface ItemIdentities {
  /** One key an item, in the order of the items; equal keys are the same item. */
  readonly keys: readonly string[];
  /** The scheme that was used: store it with the feed and pass it next time. */
  readonly scheme: IdentityScheme;
}

type Item = Pick<ParsedItem, "guid" | "link" | "title" | "summary">;

const stronger = ["guid", "guid+link", "guid+link+title"] as const;

/** A key for every item of one document, stable from poll to poll. */
export function itemIdentity(
  items: readonly Item[],
  known: IdentityScheme = "guid",
): ItemIdentities {
  if (known === "link") return { keys: items.map(linkKey), scheme: known };
  for (const scheme of stronger.slice(stronger.indexOf(known))) {
    const keys = items.map((item) => keyOf(item, scheme));
    if (scheme === "guid+link+title" || !collides(items, keys, scheme)) return { keys, scheme };
  }
  return { keys: items.map((item) => keyOf(item, known)), scheme: known };
}

/**
 * True when at least half of the items share their key with items that are visibly others. A single repeated guid is
 * a publisher's slip, or an edited item beside its older form: the same item.
 */
function collides(
  items: readonly Item[],
  keys: readonly string[],
  scheme: IdentityScheme,
): boolean {
  const groups = Map.groupBy(items.keys(), (index) => keys[index] ?? "");
  const shared = [...groups.values()]
    .map((group) => group.flatMap((index) => items[index] ?? []))
    .filter((group) => group.length > 1 && areDifferent(group, scheme));
  const affected = shared.reduce((sum, { length }) => sum + length, 0);
  return affected > 0 && affected * 2 >= items.length;
}

function areDifferent(group: readonly Item[], scheme: IdentityScheme): boolean {
  const links = new Set(group.map(canonicalLink));
  const titles = new Set(group.map(titleMark));
  // Two titles under one guid and link are an edit; three are three items. A link alone is a weaker bond.
  const edits = group[0]?.guid === null ? 1 : 2;
  return titles.size > edits || (scheme === "guid" && links.size > 1);
}

function keyOf(item: Item, scheme: (typeof stronger)[number]): string {
  const title = scheme === "guid+link+title" ? ` ${titleMark(item)}` : "";
  if (item.guid === null) return linkKey(item) + title;
  const link = scheme === "guid" ? "" : ` ${canonicalLink(item) ?? ""}`;
  return `guid:${item.guid}${link}${title}`;
}

/** Without a guid: the link; without a link: the words themselves. */
function linkKey(item: Item): string {
  const link = canonicalLink(item);
  if (link !== null) return `link:${link}`;
  return `text:${textHash(`${normalised(item.title)}\u0000${normalised(item.summary)}`)}`;
}

const canonicalLink = ({ link }: Item): string | null =>
  link === null ? null : (canonicalUrl(link) ?? link);

const titleMark = ({ title }: Item): string =>
  textHash(normalised(title).toLowerCase()).slice(0, 16);
