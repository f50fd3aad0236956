/** Answers a question asked before without asking again; the answers used longest ago are forgotten first. */
export function remember<T>(most: number) {
  const known = new Map<string, T>();
  return async (key: readonly unknown[], find: () => Promise<T>): Promise<T> => {
    const name = JSON.stringify(key, plain);
    const found = known.has(name);
    const [oldest] = known.keys();
    // Before the new answer is there: the two need not be in memory together.
    if (!found && known.size >= most && oldest !== undefined) known.delete(oldest);
    const answer = found ? (known.get(name) as T) : await find();
    known.delete(name); // put back at the end: the order is that of last use
    known.set(name, answer);
    return answer;
  };
}

/** Positions are 64-bit: JSON gets them as strings. */
export const plain = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? String(value) : value;
