import type { Context } from "hono";
import { english, type Texts } from "./english.ts";
import { spanish } from "./spanish.ts";
import { dateWords, longDayWords, momentWords, monthAloneWords, numberWords } from "./words.ts";

export const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

/** A page's language: its sentences, and how dates and numbers read in it. */
export interface Voice {
  language: Language;
  t: Texts;
  date(date: string): string;
  longDay(day: string): string;
  monthAlone(day: string): string;
  moment(time: Date): string;
  number(n: number): string;
  count(n: number, noun: keyof Texts["nouns"]): string;
}

const texts: Readonly<Record<Language, Texts>> = { en: english, es: spanish };

export function voiceOf(language: Language): Voice {
  const t = texts[language];
  const number = (n: number) => numberWords(n, language);
  return {
    language,
    t,
    date: (date) => dateWords(date, language),
    longDay: (day) => longDayWords(day, language),
    monthAlone: (day) => monthAloneWords(day, language),
    moment: (time) => momentWords(time, language),
    number,
    count: (n, noun) => `${number(n)} ${t.nouns[noun][n === 1 ? 0 : 1]}`,
  };
}

/** `?lang=` first, then what was chosen before, then what the browser prefers (RFC 9110 § 12.5.4). */
export function chooseLanguage(asked: {
  query: string | undefined;
  cookie: string | undefined;
  accept: string | undefined;
}): Language {
  const [preferred] = (asked.accept ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = /^\s*q=([\d.]+)/.exec(parameters.join(";"))?.[1];
      return { language: tag.slice(0, 2), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => isLanguage(language) && quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  const wishes = [asked.query, asked.cookie, preferred?.language];
  return wishes.find(isLanguage) ?? "en";
}

const isLanguage = (text: string | undefined): text is Language =>
  languages.some((language) => language === text);

const cookieName = "newsledger-language";

/** The voice for whoever asks; a language asked for in the address is remembered by a cookie that says nothing else. */
export function voiceFor(c: Context): Voice {
  const query = c.req.query("lang");
  const cookie = new RegExp(`(?:^|; )${cookieName}=(\\w+)`).exec(c.req.header("Cookie") ?? "")?.[1];
  const language = chooseLanguage({ query, cookie, accept: c.req.header("Accept-Language") });
  c.header("Vary", "Accept-Language, Cookie", { append: true });
  if (isLanguage(query))
    c.header(
      "Set-Cookie",
      `${cookieName}=${query}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly`,
    );
  return voiceOf(language);
}
