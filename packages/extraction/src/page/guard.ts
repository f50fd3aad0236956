/** Elements that never hold others: they do not make a page deeper. */
const hollow =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|td|tr|th|dt|dd|option)$/i;
const tag = /<(\/?)([a-z][a-z0-9-]*)\b[^>]*?(\/?)>/gi;

export const limits = { characters: 4 * 1024 * 1024, elements: 60_000, depth: 400 } as const;

/** Whether a page is small and flat enough to be built as a tree; a page made to exhaust us is read as plain text instead. */
export function isBuildable(html: string): boolean {
  let depth = 0;
  let elements = 0;
  for (const [, slash, name = "", selfClosed] of html.matchAll(tag)) {
    if (slash) {
      if (!hollow.test(name)) depth = Math.max(0, depth - 1);
      continue;
    }
    if (++elements > limits.elements) return false;
    if (!selfClosed && !hollow.test(name) && ++depth > limits.depth) return false;
  }
  return true;
}
