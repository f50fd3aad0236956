/** From this length on V8 cuts a string out of another without copying it: keeping the part keeps the whole text. */
const firstView = 13;

/** What was found out about words, for the many that come again; a long word is found out anew each time. */
export class WordMemory<T> {
  readonly #known = new Map<string, T>();
  readonly #most: number;
  readonly #find: (word: string) => T;

  constructor(find: (word: string) => T, most = 8_000) {
    this.#find = find;
    this.#most = most;
  }

  of(word: string): T {
    if (word.length >= firstView) return this.#find(word);
    const known = this.#known.get(word);
    if (known !== undefined) return known;
    const found = this.#find(word);
    if (this.#known.size >= this.#most) this.#known.clear();
    this.#known.set(word, found);
    return found;
  }
}
