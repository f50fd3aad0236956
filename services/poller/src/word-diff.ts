/** A run of words that stayed, went or came. */
export interface Change {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Beyond this many words on a side the middle is told as one replacement: the table below grows with the square. */
const mostWords = 800;

/** What became of a text, word by word. Joining what is not `added` gives the text before, and so on. */
export function wordDiff(before: string, after: string): Change[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end))
    end += 1;
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  return merged([
    ...a.slice(0, start).map(same),
    ...between(middleA, middleB),
    ...a.slice(a.length - end).map(same),
  ]);
}

const wordsOf = (text: string): string[] => text.match(/\s*\S+|\s+/g) ?? [];
const same = (text: string): Change => ({ kind: "same", text });
const removed = (text: string): Change => ({ kind: "removed", text });
const added = (text: string): Change => ({ kind: "added", text });

/** The longest common run of words in order (a table of lengths, then the way through it). */
function between(a: readonly string[], b: readonly string[]): Change[] {
  if (a.length === 0 || b.length === 0 || a.length > mostWords || b.length > mostWords)
    return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      changes.push(same(a[i] ?? ""));
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1)))
      changes.push(removed(a[i++] ?? ""));
    else changes.push(added(b[j++] ?? ""));
  }
  return changes;
}

function merged(changes: readonly Change[]): Change[] {
  const runs: Change[] = [];
  for (const change of changes) {
    const last = runs.at(-1);
    if (last?.kind === change.kind)
      runs[runs.length - 1] = { kind: last.kind, text: last.text + change.text };
    else runs.push(change);
  }
  return runs;
}
