/** What of a feed's last document is missing from the next one, though it cannot have scrolled out. */

const survivorsNeeded = 2;

/**
 * The items that are gone although at least two that stood below them (older ones) are still there. Documents that
 * shuffle their items, or that lost a third of them at once, prove nothing. Both lists are in the order of the
 * document, newest first.
 */
export function vanished(before: readonly string[], now: readonly string[]): string[] {
  const present = new Set(now);
  const missing = before.filter((itemId) => !present.has(itemId));
  if (missing.length === 0) return [];
  const survivors = before.filter((itemId) => present.has(itemId));
  if (!sameOrder(survivors, now)) return [];
  const last = before.lastIndexOf(survivors.at(-survivorsNeeded) ?? "");
  const inside = before.filter((itemId, index) => index < last && !present.has(itemId));
  return inside.length * 3 > before.length ? [] : inside;
}

function sameOrder(survivors: readonly string[], now: readonly string[]): boolean {
  const known = new Set(survivors);
  const still = now.filter((itemId) => known.has(itemId));
  return still.every((itemId, index) => itemId === survivors[index]);
}

/** Newest first, whichever end a feed begins at; null when its dates do not say and so nothing may be concluded. */
export function newestFirst(
  items: readonly { readonly itemId: string; readonly publishedAt: Date | null }[],
): string[] | null {
  const ids = items.map(({ itemId }) => itemId);
  const times = items.flatMap(({ publishedAt }) => publishedAt?.getTime() ?? []);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  return first > last ? ids : ids.toReversed();
}
