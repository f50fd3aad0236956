/** Turns plain text into a channel's markup, sign by sign. */
export type Escape = (text: string) => string;

/** As much of a text as fits when it is escaped, cut between characters and never inside an escape. */
export function fit(text: string, escaped: Escape, longest: number): string {
  const whole = escaped(text);
  if (whole.length <= longest) return whole;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const next = escaped(segment);
    if (kept.length + next.length > longest - 1) break;
    kept += next;
  }
  return longest > 0 ? `${kept}…` : "";
}

/**
 * Blocks of lines within a limit. What stands first in `parts` is kept first; each part gets what the ones before it
 * have left, and one that would shrink to a stump is left out.
 */
export function assemble(
  parts: readonly { text: string; before?: string; after?: string; most?: number }[],
  escaped: Escape,
  longest: number,
  between = "\n",
): string {
  const taken: string[] = [];
  let left = longest;
  for (const { text, before = "", after = "", most = longest } of parts) {
    if (text === "") continue;
    const room = left - before.length - after.length - (taken.length > 0 ? between.length : 0);
    const stump = Math.min(20, escaped(text).length);
    if (room < stump) continue;
    const part = before + fit(text, escaped, Math.min(room, most)) + after;
    left -= part.length + (taken.length > 0 ? between.length : 0);
    taken.push(part);
  }
  return taken.join(between);
}
