/** When an article was found, and when the world could read this version of it. */

export interface Version {
  documentId: string;
  textHash: string;
  textFrom: "page" | "feed";
  publicAt: Date;
  foundAt: Date;
}

export interface FirstSight {
  publishedAt: Date | null;
  foundAt: Date;
}

export interface ArticleTimes {
  publishedAt: Date | null;
  publicAt: Date;
  foundAt: Date;
}

interface Understood {
  recordedAt: Date;
  data: { publishedAt: string | null; textHash: string; textFrom: "page" | "feed" };
}

/**
 * A document is found with the first item that led to it, its own or another with its address, and public when it says so,
 * never later than found. Reading the same text again (a newer extractor, the page instead of the feed's words) changes
 * neither; a text that was edited is public from the moment we saw the edit. Earlier versions come in order.
 */
export function timesOf(
  event: Understood,
  earlier: readonly Version[],
  sights: { own?: FirstSight | undefined; sameAddress?: FirstSight | undefined },
): ArticleTimes {
  const { publishedAt: dated } = event.data;
  const publishedAt = dated === null ? (sights.own?.publishedAt ?? null) : new Date(dated);
  const foundAt =
    earlier[0]?.foundAt ??
    earliest(event.recordedAt, sights.own?.foundAt, sights.sameAddress?.foundAt);
  const publicAt = publicSince(event, earlier) ?? earliest(foundAt, publishedAt);
  return { publishedAt, publicAt, foundAt };
}

/** Since when this version is public, if an earlier one decides it; null for the first. */
function publicSince(event: Understood, earlier: readonly Version[]): Date | null {
  const last = earlier.at(-1);
  if (!last) return null;
  const same = earlier.find(({ textHash }) => textHash === event.data.textHash);
  if (same) return same.publicAt;
  const fuller = last.textFrom === "feed" && event.data.textFrom === "page";
  return fuller ? last.publicAt : event.recordedAt;
}

/** Of those that are known. */
export function earliest(one: Date, ...others: readonly (Date | null | undefined)[]): Date {
  let first = one;
  for (const other of others) if (other && other < first) first = other;
  return first;
}
