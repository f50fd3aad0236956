import type { OccurrenceCode } from "@newsledger/core";

/** How values read on a page. */

const formats = {
  10: new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }),
  7: new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }),
} as const;

/** 2021-12-07 → 7 Dec 2021, 2021-12 → December 2021, 2021 → 2021; anything else as it stands. */
export function dateWords(date: string): string {
  const format = date.length === 10 ? formats[10] : date.length === 7 ? formats[7] : null;
  const time = new Date(date);
  return format && !Number.isNaN(time.getTime()) ? format.format(time) : date;
}

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
export const yearOf = (time: Date): string => time.toISOString().slice(0, 4);

/** 24 Nov 2026, 06:33 UTC */
export const momentWords = (time: Date): string =>
  `${dateWords(dayOf(time))}, ${time.toISOString().slice(11, 16)} UTC`;

const numbers = new Intl.NumberFormat("en-GB");
const number = (n: number): string => numbers.format(n);

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${number(n)} ${n === 1 ? one : many}`;

export const deeds: Readonly<Record<OccurrenceCode, string>> = {
  arrest: "Arrest",
  reimprison: "Return to prison",
  "house-arrest": "House arrest",
  release: "Release",
  "prisoner-swap": "Prisoner exchange",
  extradite: "Extradition",
  convict: "Conviction",
  "court-ruling": "Court ruling",
  sanction: "Sanctions",
  "sanction-relief": "Sanctions eased",
  meet: "Meeting",
  negotiate: "Talks",
  statement: "Statement",
  election: "Election",
  "asset-sale": "Sale of assets",
};

const longest = 220;

/** A sentence cut at a word, when it is too long for a line or two. */
export function clipped(sentence: string): string {
  if (sentence.length <= longest) return sentence;
  const space = sentence.lastIndexOf(" ", longest);
  return `${sentence.slice(0, space > longest / 2 ? space : longest).toWellFormed()}…`;
}
