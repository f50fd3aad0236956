import type { Snippet } from "./view.ts";

/** Private-use characters that mark a hit in what Postgres returns; no text keeps them (see `unmarked`). */
export const marks = { open: "\ue000", close: "\ue001", fragment: " … " } as const;

/** A text that cannot forge a mark. */
export const unmarked = (text: string): string => text.replace(/[\ue000\ue001]/g, "");

export function snippetOf(marked: string): Snippet {
  const parts = marked.split(marks.open).flatMap((part, nth): Snippet => {
    if (nth === 0) return [{ text: part, hit: false }];
    const [hit = "", ...rest] = part.split(marks.close);
    return [
      { text: hit, hit: true },
      { text: rest.join(""), hit: false },
    ];
  });
  return parts.filter(({ text }) => text !== "");
}

/** Whether what is marked may be all that was asked for: as many words as that has, or any if it offers a choice. */
export function showsAll(marked: string, positive: string): boolean {
  const hits = snippetOf(marked).filter(({ hit }) => hit);
  const distinct = new Set(hits.map(({ text }) => text.toLowerCase())).size;
  const words = positive.split(/[\s"]+/).filter(Boolean);
  return distinct >= (words.includes("OR") ? 1 : Math.max(1, words.length));
}
