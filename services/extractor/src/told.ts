import type { Occurrence, Understanding } from "@newsledger/core";

/** One thing told in an article, as far as two articles can agree on it. */
export interface Told {
  readonly code: Occurrence["code"];
  /** Ids of those who take part, names where there is no id, a count where there is no name. */
  readonly who: readonly string[];
  readonly date: string | null;
}

/** Those who stand for a group: an article may name the group, another its members. */
export type Members = ReadonlyMap<string, readonly string[]>;

/** What an article tells. Statements are left out: every article has some. */
export const toldIn = (
  { occurrences }: Pick<Understanding, "occurrences">,
  members: Members,
): Told[] =>
  occurrences
    .filter(({ code }) => code !== "statement")
    .map(({ code, actors, targets, date }) => {
      // Sanctions come from one state under many names: whom they meet tells them apart.
      const acting = code === "sanction" || code === "sanction-relief" ? [] : actors;
      const who = targets.length > 0 ? targets : acting;
      return {
        code,
        who: [...new Set(who.flatMap((one) => keysOf(one, members)))],
        date: date ?? null,
      };
    });

function keysOf({ id, name }: { id: string | null; name: string }, members: Members): string[] {
  if (id) return [id, ...(members.get(id) ?? [])];
  return [counted(name) ?? name.toLowerCase()];
}

const numbers = new Map(
  [
    ["two", "dos"],
    ["three", "tres"],
    ["four", "cuatro"],
    ["five", "cinco"],
    ["six", "seis"],
    ["seven", "siete"],
    ["eight", "ocho"],
    ["nine", "nueve"],
    ["ten", "diez"],
    ["eleven", "once"],
    ["twelve", "doce"],
  ].flatMap((words, index) => words.map((word) => [word, index + 2] as const)),
);

/** "seven Americans" and "siete estadounidenses" are the same count, whatever the language calls them. */
function counted(name: string): string | null {
  const [first = ""] = name.toLowerCase().split(" ");
  if (/^\d{1,3}$/.test(first)) return `count:${first}`;
  if (numbers.has(first)) return `count:${numbers.get(first)}`;
  return /^(?:dozens|hundreds|several|decenas|cientos|varios)$/.test(first) ? "count:many" : null;
}

export const isCount = (key: string): boolean => key.startsWith("count:");
