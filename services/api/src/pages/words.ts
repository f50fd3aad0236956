/** How values read on a page. */

type Language = "en" | "es";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", es: "es" };

const formats = {
  en: formatsOf("en"),
  es: formatsOf("es"),
} as const;

function formatsOf(language: Language) {
  const year = { year: "numeric", timeZone: "UTC" } as const;
  return {
    10: new Intl.DateTimeFormat(locales[language], { day: "numeric", month: "short", ...year }),
    7: new Intl.DateTimeFormat(locales[language], { month: "long", ...year }),
    long: new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone: "UTC" }),
    month: new Intl.DateTimeFormat(locales[language], { month: "short", timeZone: "UTC" }),
  } as const;
}

/** 2021-12-07 → 7 Dec 2021, 2021-12 → December 2021, 2021 → 2021; anything else as it stands. */
export function dateWords(date: string, language: Language = "en"): string {
  const known = formats[language];
  const format = date.length === 10 ? known[10] : date.length === 7 ? known[7] : null;
  const time = new Date(date);
  return format && !Number.isNaN(time.getTime()) ? format.format(time) : date;
}

/** 2021-12-07 → 7 December 2021. As the script of the pages says it. */
export const longDayWords = (day: string, language: Language): string =>
  formats[language].long.format(new Date(day));

/** 2021-12-07 → Dec */
export const monthAloneWords = (day: string, language: Language): string =>
  formats[language].month.format(new Date(day));

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
export const yearOf = (time: Date): string => time.toISOString().slice(0, 4);

/** 24 Nov 2026, 06:33 UTC */
export const momentWords = (time: Date, language: Language = "en"): string =>
  `${dateWords(dayOf(time), language)}, ${time.toISOString().slice(11, 16)} UTC`;

const numbers = { en: new Intl.NumberFormat(locales.en), es: new Intl.NumberFormat(locales.es) };
export const numberWords = (n: number, language: Language): string => numbers[language].format(n);

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${numberWords(n, "en")} ${n === 1 ? one : many}`;

const longest = 220;

/** A sentence cut at a word, when it is too long for a line or two. */
export function clipped(sentence: string): string {
  if (sentence.length <= longest) return sentence;
  const space = sentence.lastIndexOf(" ", longest);
  return `${sentence.slice(0, space > longest / 2 ? space : longest).toWellFormed()}…`;
}
