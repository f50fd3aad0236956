import type { Token } from "../text/token.ts";

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  readonly values: T[];
}

const empty = <T>(): Node<T> => ({ next: new Map(), values: [] });

/** Marks that may stand inside a name: "CITGO-6", "St. Clair", "Elliott/Amber". */
const joints = new Set(["-", "‐", "‑", "–", "/", ".", "'", "’", "&", "·"]);

/** Tokens of a phrase that must be met in a text; joints may differ. */
const steps = (tokens: readonly Token[]): string[] =>
  tokens.filter((token) => !joints.has(token.text)).map((token) => token.folded);

export interface PhraseHit<T> {
  readonly values: readonly T[];
  /** Exclusive. */
  readonly to: number;
}

/** Many phrases looked for at once, over whole words: a trie of folded tokens. */
export class Phrases<T> {
  readonly #root = empty<T>();

  add(phrase: readonly Token[], value: T): void {
    let node = this.#root;
    for (const step of steps(phrase)) {
      let next = node.next.get(step);
      if (!next) {
        next = empty();
        node.next.set(step, next);
      }
      node = next;
    }
    if (node !== this.#root) node.values.push(value);
  }

  /** Every phrase that begins at this token and ends before `limit`, the longest first. */
  at(tokens: readonly Token[], from: number, limit: number): PhraseHit<T>[] {
    const hits: PhraseHit<T>[] = [];
    let node: Node<T> | undefined = this.#root;
    for (let at = from; at < limit; at++) {
      const token = tokens[at];
      if (!token) break;
      if (at > from && joints.has(token.text)) continue;
      node = node.next.get(token.folded);
      if (!node) break;
      if (node.values.length > 0) hits.unshift({ values: node.values, to: at + 1 });
    }
    return hits;
  }
}
