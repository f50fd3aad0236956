/** Two wordings: what both begin and end with, and what only the one or the other has between. */
export interface Wording {
  start: string;
  before: string;
  after: string;
  end: string;
}

/** By words, so that what is marked can be read. */
export function compareWording(before: string, after: string): Wording {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const text = (words: readonly string[], from: number, to: number) =>
    words.slice(from, to).join("");
  return {
    start: text(a, 0, start),
    before: text(a, start, a.length - end),
    after: text(b, start, b.length - end),
    end: text(a, a.length - end, a.length),
  };
}

const wordsOf = (text: string): string[] => text.match(/\S+|\s+/g) ?? [];
