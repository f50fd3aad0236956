import type { Amount } from "@newsledger/core";
import { numberOf } from "../dates/words.ts";
import type { Article } from "../text/article.ts";
import { matches } from "../text/matches.ts";

interface Rule {
  readonly kind: Amount["kind"];
  readonly pattern: RegExp;
  /** What is counted; null when the words fit but mean nothing. */
  read(groups: Record<string, string | undefined>): { value: number; unit: string } | null;
}

const digits = "\\d{1,3}(?:[.,]\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?";
const words = {
  en: "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
  es: "una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
};
const scale = {
  en: "(?:\\s(?<scale>thousand|million|billion|trillion))?",
  es: "(?:\\s(?<scale>mil\\smillones|mil|mill[oó]n|millones|billones))?",
};
const open = "(?<![\\p{L}\\p{N}.,])";
const close = "(?![\\p{L}\\p{N}])";

const scales: Record<string, number> = {
  thousand: 1e3,
  mil: 1e3,
  million: 1e6,
  millon: 1e6,
  millones: 1e6,
  billion: 1e9,
  "mil millones": 1e9,
  trillion: 1e12,
  billones: 1e12,
};

type Language = "en" | "es";

function quantityOf(groups: Record<string, string | undefined>, language: Language): number {
  const written = groups.number ?? "";
  const plain = /^\d/.test(written) ? fromDigits(written, language) : numberOf(written);
  const name = (groups.scale ?? "").toLowerCase().replace("ó", "o").replace(/\s+/g, " ");
  return Math.round(plain * (scales[name] ?? 1) * 100) / 100;
}

/** 5,900.50 in English, 5.900,50 in Spanish; in either "5.9" and "5,9" are five and nine tenths. */
function fromDigits(written: string, language: Language): number {
  const [thousands, decimal] = language === "en" ? [",", "."] : [".", ","];
  const grouped = new RegExp(`\\${thousands}(?=\\d{3}(?:\\D|$))`, "g");
  return Number(written.replace(grouped, "").replace(thousands, decimal).replace(decimal, "."));
}

const currencies: readonly (readonly [RegExp, string])[] = [
  [/^(?:us\$|\$|usd|dollars?|d[óo]lar(?:es)?)$/iu, "USD"],
  [/^(?:€|eur|euros?)$/iu, "EUR"],
  [/^(?:bs\.?|bol[íi]var(?:es)?|bolivars?)$/iu, "VES"],
  [/^(?:£|gbp|pounds?|libras)$/iu, "GBP"],
];
const currencyOf = (word: string | undefined): string | null =>
  currencies.find(([pattern]) => pattern.test(word ?? ""))?.[1] ?? null;

function rules(language: Language): readonly Rule[] {
  const number = `(?<number>${digits}|${words[language]})`;
  const money = (groups: Record<string, string | undefined>) => {
    const unit = currencyOf(groups.currency);
    return unit === null ? null : { value: quantityOf(groups, language), unit };
  };
  const barrels = language === "en" ? "barrels" : "barriles";
  const daily =
    language === "en" ? "\\s(?:a|per)\\sday|\\sdaily" : "\\s(?:diarios|al\\sd[íi]a|por\\sd[íi]a)";
  return [
    {
      kind: "money",
      pattern: new RegExp(
        `(?<![\\p{L}\\p{N}])(?<currency>US\\$|\\$|€|£|Bs\\.?)\\s?(?<number>${digits})${scale[language]}${close}`,
        "giu",
      ),
      read: money,
    },
    {
      kind: "money",
      pattern: new RegExp(
        `${open}${number}${scale[language]}(?:\\sde)?\\s(?:US\\s)?(?<currency>dollars?|d[óo]lares|euros?|bol[íi]vares|bolivars?|pounds)${close}`,
        "giu",
      ),
      read: money,
    },
    {
      kind: "barrels",
      pattern: new RegExp(
        `${open}${number}${scale[language]}\\s(?:de\\s)?${barrels}(?<daily>${daily})?${close}`,
        "giu",
      ),
      read: (groups) => ({
        value: quantityOf(groups, language),
        unit: groups.daily ? "barrels a day" : "barrels",
      }),
    },
    ...sentencePatterns(language, number).map(
      (pattern): Rule => ({ kind: "sentence", pattern, read: yearsOf }),
    ),
  ];

  function yearsOf(groups: Record<string, string | undefined>) {
    const months = groups.months;
    const more = months === undefined ? 0 : quantityOf({ number: months }, language);
    const isMonths = /^m(?:onth|es)/i.test(groups.unit ?? "");
    const value = quantityOf(groups, language);
    return { value: isMonths ? value + more : value * 12 + more, unit: "months" };
  }
}

/** "13 years in prison", "sentenced to eight years", "8 años y 10 meses de cárcel". */
function sentencePatterns(language: Language, number: string): RegExp[] {
  const months = `(?<months>\\d{1,2}|${words[language]})`;
  const sources =
    language === "en"
      ? [
          `${number}\\s(?<unit>years?|months?)(?:\\s(?:and\\s)?${months}\\smonths)?\\s(?:in|of|behind)\\s(?:prison|jail|bars|imprisonment)`,
          `(?<=sentenced\\sto\\s(?:more\\sthan\\s)?)${number}\\s(?<unit>years?|months?)`,
        ]
      : [
          `${number}\\s(?<unit>años?|mes(?:es)?)(?:\\sy\\s${months}\\smeses)?\\sde\\s(?:prisi[óo]n|c[áa]rcel|presidio|condena)`,
        ];
  return sources.map((source) => new RegExp(open + source + close, "giu"));
}

const byLanguage: Record<Language, readonly Rule[]> = { en: rules("en"), es: rules("es") };

/** Money, barrels and years of sentence, with their units, in the order of the text. */
export function findAmounts(article: Article): Amount[] {
  return article.sentences.flatMap(({ start, end, language }) => {
    const text = article.text.slice(start, end);
    // Every amount has a digit, or a number before one of these.
    if (!/\d|dollar|dólar|euro|bol[íi]var|barr|years|años|months|meses/iu.test(text)) return [];
    const found = byLanguage[language === "es" ? "es" : "en"].flatMap((rule) =>
      matches(text, rule.pattern).flatMap((match): Amount[] => {
        const read = rule.read(match.groups ?? {});
        if (!read || !Number.isFinite(read.value) || read.value <= 0) return [];
        const from = start + match.index;
        return [
          { kind: rule.kind, ...read, text: match[0], start: from, end: from + match[0].length },
        ];
      }),
    );
    return withoutOverlaps(found);
  });
}

const withoutOverlaps = (found: readonly Amount[]): Amount[] => {
  const kept: Amount[] = [];
  for (const one of found.toSorted((a, b) => a.start - b.start || b.end - a.end))
    if (one.start >= (kept.at(-1)?.end ?? 0)) kept.push(one);
  return kept;
};
