import { fold } from "../text/fold.ts";
import { tokens } from "../text/token.ts";

/** The words of a name without case, accents and marks: what makes two spellings one. */
export const nameKey = (name: string): string =>
  tokens(name)
    .filter((token) => token.kind !== "mark")
    .map((token) => fold(token.text))
    .join(" ");
