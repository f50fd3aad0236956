/** When an article was found, and when the world could read this version of it. */

export interface Version {
  position: bigint;
  documentId: string;
  textHash: string;
  textFrom: "page" | "feed";
  publicAt: Date;
  foundAt: Date;
}

export interface FirstSight {
  position: bigint;
  itemId: string;
  url: string | null;
  publishedAt: Date | null;
  foundAt: Date;
}

export interface ArticleTimes {
  publishedAt: Date | null;
  publicAt: Date;
  foundAt: Date;
}

interface Understood {
  position: bigint;
  recordedAt: Date;
  data: {
    documentId: string;
    itemId: string;
    url: string | null;
    publishedAt: string | null;
    textHash: string;
    textFrom: "page" | "feed";
  };
}

/**
 * A document is found with the first item that led to it, and public when it says so, never later than found.
 * Reading the same text again (a newer extractor, the page instead of the feed's words) changes neither; a text that was
 * edited is public from the moment we saw the edit. Events come in order; the answer is by position.
 */
export function timesOf(
  events: readonly Understood[],
  earlier: readonly Version[],
  sights: readonly FirstSight[],
): Map<bigint, ArticleTimes> {
  const versions = Map.groupBy(earlier, ({ documentId }) => documentId);
  const times = new Map<bigint, ArticleTimes>();
  for (const event of events) {
    const { position, data } = event;
    const before = (versions.get(data.documentId) ?? []).filter((one) => one.position < position);
    const found = firstSight(event, sights);
    const foundAt = before[0]?.foundAt ?? found.foundAt;
    const publishedAt = data.publishedAt ? new Date(data.publishedAt) : found.publishedAt;
    const publicAt = publicSince(event, before) ?? earliest(publishedAt ?? foundAt, foundAt);
    times.set(position, { publishedAt, publicAt, foundAt });
    const { documentId, textHash, textFrom } = data;
    const known = { position, documentId, textHash, textFrom, publicAt, foundAt };
    versions.set(documentId, [...before, known]);
  }
  return times;
}

function firstSight({ position, recordedAt, data }: Understood, sights: readonly FirstSight[]) {
  const led = sights.filter(
    (sight) =>
      sight.position < position &&
      (sight.itemId === data.itemId || (data.url !== null && sight.url === data.url)),
  );
  const own = led.find(({ itemId }) => itemId === data.itemId);
  return {
    foundAt: led.map(({ foundAt }) => foundAt).reduce(earliest, recordedAt),
    publishedAt: own?.publishedAt ?? null,
  };
}

/** Since when this version is public, if an earlier one decides it; null for the first. */
function publicSince(event: Understood, before: readonly Version[]): Date | null {
  const last = before.at(-1);
  if (!last) return null;
  const same = before.find(({ textHash }) => textHash === event.data.textHash);
  if (same) return same.publicAt;
  const fuller = last.textFrom === "feed" && event.data.textFrom === "page";
  return fuller ? last.publicAt : event.recordedAt;
}

const earliest = (a: Date, b: Date): Date => (a <= b ? a : b);
