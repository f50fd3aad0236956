import { type Field, hasCapital, isInCapitals, termKeys, type Word } from "./field.ts";

interface Node {
  readonly next: Map<string, Node>;
  /** The lists that hold a term which ends here, and its rank in each. */
  readonly lists: { list: number; rank: number }[];
}

interface Phrase {
  readonly list: number;
  readonly steps: readonly string[];
}

export interface TermHit {
  readonly list: number;
  /** The place of the term in its list: the first are the plainest evidence. */
  readonly rank: number;
  /** Words [from, to) of the field. */
  readonly from: number;
  readonly to: number;
}

/** From this length on, one wrong letter does not hide a word. */
export const longWord = 9;

/** All terms of a set of lists, met in one pass over the words of a field. */
export class Terms {
  readonly #root: Node = { next: new Map(), lists: [] };
  readonly #stems = new Set<string>();
  readonly #long = new Set<string>();
  /** Long words by their first two letters: what may be misspelt. */
  readonly #alike = new Map<string, string[]>();
  readonly #capitals: ReadonlySet<string>;

  constructor(lists: readonly (readonly string[])[], capitals: readonly string[]) {
    this.#capitals = new Set(capitals);
    for (const [number, terms] of lists.entries())
      for (const [rank, term] of terms.entries()) this.#add(term, number, rank);
    for (const word of this.#long) {
      const opening = word.slice(0, 2);
      this.#alike.set(opening, [...(this.#alike.get(opening) ?? []), word]);
    }
  }

  #add(term: string, list: number, rank: number): void {
    const keys = termKeys(term);
    if (term.endsWith("*")) {
      const last = keys.at(-1) ?? "";
      this.#stems.add(last);
      keys[keys.length - 1] = `${last}*`;
    }
    let node = this.#root;
    for (const key of keys) {
      if (key.length >= longWord && !key.endsWith("*")) this.#long.add(key);
      const next = node.next.get(key) ?? { next: new Map(), lists: [] };
      node.next.set(key, next);
      node = next;
    }
    node.lists.push({ list, rank });
  }

  /** Every term of every list, as the words of which each must be met; a star stands for any ending. */
  phrases(): Phrase[] {
    const found: Phrase[] = [];
    const walk = (node: Node, steps: readonly string[]): void => {
      for (const [step, next] of node.next) {
        const longer = [...steps, step];
        for (const { list } of next.lists) found.push({ list, steps: longer });
        walk(next, longer);
      }
    };
    walk(this.#root, []);
    return found;
  }

  /** Every term in the field, overlapping ones too; `beginnings` are the words worth trying, all without. */
  in(field: Field, beginnings: readonly number[] | null = null): TermHit[] {
    if (beginnings?.length === 0) return [];
    const inCapitals = this.#capitals.size > 0 && isInCapitals(field);
    const found: TermHit[] = [];
    for (const at of beginnings ?? field.words.keys())
      this.#follow(field.words, at, at, this.#root, inCapitals, found);
    return found;
  }

  #follow(
    words: readonly Word[],
    from: number,
    at: number,
    node: Node,
    inCapitals: boolean,
    found: TermHit[],
  ): void {
    const word = words[at];
    if (!word) return;
    if (this.#capitals.has(word.key) && !hasCapital(word, inCapitals)) return;
    for (const step of this.#stepsOf(word.key)) {
      const next = node.next.get(step);
      if (!next) continue;
      for (const { list, rank } of next.lists) found.push({ list, rank, from, to: at + 1 });
      if (next.next.size > 0) this.#follow(words, from, at + 1, next, inCapitals, found);
    }
  }

  /** The word itself, the stems that it begins with, and the long word that it misspells. */
  #stepsOf(key: string): readonly string[] {
    const steps = [key];
    if (this.#stems.size > 0)
      for (let length = 3; length <= key.length; length++)
        if (this.#stems.has(key.slice(0, length))) steps.push(`${key.slice(0, length)}*`);
    if (key.length >= longWord && !this.#long.has(key))
      for (const word of this.#alike.get(key.slice(0, 2)) ?? [])
        if (isOneLetterOff(word, key)) steps.push(word);
    return steps;
  }
}

/** One letter more, less or other; the first two must be right. */
export function isOneLetterOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a.slice(0, 2) !== b.slice(0, 2)) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = short.length === long.length ? at + 1 : at;
  return short.slice(rest) === long.slice(at + 1);
}
