import type { OccurrenceCode } from "@newsledger/core";

/**
 * How the words of a trigger bind the ones named around it.
 * - `verb`: an English form that is active or passive by its auxiliary ("arrested")
 * - `past`: active only ("met", "detuvo"); `headline` the same in the present tense, in the first sentence only
 * - `participle`: passive only ("detenido", "taken into custody")
 * - `affected`: the subject is the one to whom it happens ("walked free", "volvieron a prisión")
 * - `noun`: "the arrest of …"
 * - `perfect`: active, after "has" or "ha" only ("has taken", "había puesto")
 * - `joined`: without a subject of its own ("after arresting", "tras reunirse con"): the one of the main clause
 * - `purpose`: what someone went somewhere for ("flew to Prado to meet"), told as done
 */
type Voice =
  | "verb"
  | "past"
  | "headline"
  | "participle"
  | "affected"
  | "noun"
  | "perfect"
  | "joined"
  | "purpose";

export interface Trigger {
  readonly code: OccurrenceCode;
  readonly voice: Voice;
  /** Small letters, as written; `~` stands for a few further words, `~~` for a longer phrase, commas too. */
  readonly words: readonly string[];
  /** What must be named for it to count. */
  readonly needs: "person" | "body" | "anyone" | "nothing";
}

type Row = [voice: Voice, phrases: string];

/** Triggers of one code; phrases are separated by commas. */
export function triggers(
  code: OccurrenceCode,
  needs: Trigger["needs"],
  ...rows: readonly Row[]
): Trigger[] {
  return rows.flatMap(([voice, phrases]) =>
    phrases
      .split(",")
      .map((phrase) => ({ code, voice, needs, words: phrase.trim().toLowerCase().split(/\s+/) })),
  );
}
