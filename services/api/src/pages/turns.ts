import type { PersonStatus } from "@newsledger/readmodels";

const mostTurns = 12;

/** The days on which something changed for somebody, oldest first; where there are many, those that most outlets tell. */
export function turnsOf(persons: readonly Pick<PersonStatus, "history">[]): string[] {
  const outlets = new Map<string, number>();
  for (const { date, dateAssumed, independent } of persons.flatMap(({ history }) => history))
    if (date.length === 10 && !dateAssumed)
      outlets.set(date, (outlets.get(date) ?? 0) + independent);
  return [...outlets]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostTurns)
    .map(([date]) => date)
    .sort();
}
