import type { Feed } from "./feed.ts";

const redirectsUntilMoved = 3;

/** A permanent redirect is believed at the third time in a row: some are slips, and some are kidnappings. */
export function moved(
  { url, redirectTo, redirectCount }: Pick<Feed, "url" | "redirectTo" | "redirectCount">,
  target: string | null,
): { url: string; redirectTo: string | null; redirectCount: number } {
  if (target === null || target === url) return { url, redirectTo: null, redirectCount: 0 };
  const count = target === redirectTo ? redirectCount + 1 : 1;
  if (count >= redirectsUntilMoved) return { url: target, redirectTo: null, redirectCount: 0 };
  return { url, redirectTo: target, redirectCount: count };
}
