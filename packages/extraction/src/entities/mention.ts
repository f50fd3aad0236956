import type { EntityType } from "@newsledger/core";
import type { KnownEntity } from "../knowledge/schema.ts";
import type { Article } from "../text/article.ts";

/** Someone or something of the article: known, or put together from its words. */
export interface Entity {
  /** The same for every mention of one entity. */
  readonly key: string;
  readonly id: string | null;
  readonly type: EntityType;
  readonly name: string;
  readonly known: KnownEntity | null;
}

export interface Mention {
  /** Tokens [from, to) of the article. */
  readonly from: number;
  readonly to: number;
  readonly entity: Entity;
  /** Written in full, by a short form, or by words that describe it. */
  readonly how: "name" | "short" | "phrase";
  /** False for words that stand for a government: they take part, but do not name. */
  readonly listed: boolean;
  /** The spelling belongs to a machine-translated copy. */
  readonly corrupted: boolean;
}

export const knownAs = (known: KnownEntity): Entity => ({
  key: known.id,
  id: known.id,
  type: known.type,
  name: known.name,
  known,
});

export const spanOf = ({ tokens }: Article, { from, to }: { from: number; to: number }) => ({
  start: tokens[from]?.start ?? 0,
  end: tokens[to - 1]?.end ?? 0,
});

export function surface(article: Article, mention: { from: number; to: number }): string {
  const { start, end } = spanOf(article, mention);
  return article.text.slice(start, end);
}

/** "Carstens’ office", "Vadell's daughter": what follows is meant, not the one named. */
export function isPossessive({ tokens }: Article, { to }: { to: number }): boolean {
  const next = tokens[to];
  if (!next) return false;
  if (/^['’]s$/.test(next.text)) return true;
  return /^['’]$/.test(next.text) && /s$/.test(tokens[to - 1]?.text ?? "");
}

/** Which tokens are taken by mentions: asked in the time of the run, whatever the number of mentions. */
export class Taken {
  readonly #tokens: Uint8Array;

  constructor(length: number, mentions: readonly { from: number; to: number }[]) {
    this.#tokens = new Uint8Array(length);
    for (const { from, to } of mentions) this.#tokens.fill(1, from, to);
  }

  overlaps({ from, to }: { from: number; to: number }): boolean {
    return this.#tokens.subarray(from, to).includes(1);
  }
}

export const overlaps = (
  a: { from: number; to: number },
  b: { from: number; to: number },
): boolean => a.from < b.to && b.from < a.to;

/** The mentions of each sentence, by its number. */
export function bySentence(article: Article, mentions: readonly Mention[]): readonly Mention[][] {
  const found: Mention[][] = article.sentences.map(() => []);
  for (const one of mentions) {
    const index = article.sentenceOf[one.from] ?? 0;
    if (one.to <= (article.sentences[index]?.to ?? 0)) found[index]?.push(one);
  }
  return found;
}
