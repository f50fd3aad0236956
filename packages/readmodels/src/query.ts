import { BadQuestion } from "./ask.ts";

/** A search as Postgres can run it: everything wanted in one websearch text, everything unwanted apart. */
export interface Query {
  positive: string;
  negative: string[];
}

const longest = 500;

/**
 * Splits `citgo "house arrest" OR helicoide -beisbol`. The unwanted terms must go apart: each is stemmed by three
 * configurations, and one negated union of stems is right where a union of negations lets through what it should hide.
 */
export function parseQuery(q: string): Query {
  const clean = q.replaceAll("\u0000", " ").toWellFormed().trim();
  if (clean.length > longest)
    throw new BadQuestion(`the search is longer than ${longest} characters`);
  const tokens = [...clean.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)].map(
    ([, minus, phrase, word]) => ({
      unwanted: minus === "-",
      text: phrase === undefined ? (word ?? "").replaceAll('"', " ") : `"${phrase}"`,
    }),
  );
  const spoken = tokens.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const positive = spoken
    .filter(({ unwanted }) => !unwanted)
    .map(({ text }) => text.replace(/^-+/, ""));
  if (positive.length === 0)
    throw new BadQuestion("the search names nothing to find: add a word without minus");
  return {
    positive: positive.join(" "),
    negative: spoken.filter(({ unwanted }) => unwanted).map(({ text }) => text.replace(/^-+/, "")),
  };
}
