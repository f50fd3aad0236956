/** What one document may cost: beyond these, things are cut or left out with a warning. */
export const limits = {
  documentChars: 32 << 20,
  /** What the document's own entities may add to it. */
  expandedChars: 64 << 10,
  depth: 256,
  items: 2_000,
  feedFields: 500,
  itemFields: 500,
  /** Of one element's text, before it is read as a title or a body. */
  fieldChars: 2 << 20,
  titleChars: 1_000,
  summaryChars: 4_000,
  bodyChars: 1 << 20,
  guidChars: 2_048,
  linkChars: 2_048,
  authorChars: 500,
  categoryChars: 200,
  categories: 50,
  enclosures: 20,
  warnings: 20,
} as const;

/** Collects sentences, each once, and not without end. */
export class Warnings {
  readonly #said = new Set<string>();

  add(sentence: string): void {
    if (this.#said.size < limits.warnings) this.#said.add(sentence);
  }

  list(): string[] {
    return [...this.#said];
  }
}
