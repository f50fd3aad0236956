import { monthOf } from "./months.ts";
import type { DateConfidence } from "./types.ts";

export interface ReadDate {
  /** ISO 8601 in UTC. */
  readonly iso: string;
  readonly confidence: DateConfidence;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  clock: Clock;
  /** False when something had to be filled in. */
  exact: boolean;
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
  /** Minutes east of UTC; null when the zone is missing or unknown. */
  readonly offset: number | null;
}

const longestDate = 80;
// "Fri, ", "vie 10 dic", "Thu Aug 30": a name before a comma, before a day and month, or one of the known seven.
const weekday =
  /^\p{L}+\.?(?:, *| (?=\d{1,2}[ \-/.]*(?:de )?\p{L}{3}|\d{4}[-/]))|^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom)\p{L}*\.? (?=\p{L})/u;

/** Reads a date as feeds write them: RFC 822, ISO 8601, W3CDTF, asctime, and their usual damage. */
export function parseDate(raw: string): ReadDate | null {
  if (raw.length > 1_000) return null;
  const usual = fromUsual(raw);
  if (usual) return toDate(usual);
  const text = folded(raw);
  if (text === "" || text.length > longestDate) return null;
  const plain = unpacked(withoutSigns(text).replace(weekday, ""));
  const parts =
    fromIso(plain) ??
    fromNamedMonth(plain) ??
    fromAsctime(text) ??
    fromSlashes(plain) ??
    fromShortIso(plain) ??
    fromKorean(text) ??
    fromEpoch(text);
  return parts && toDate(parts);
}

const shortMonths = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const rfc822 =
  /^(?:[A-Z][a-z]{2}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|([+-])(\d\d)(\d\d))$/;
const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))$/;

/** The two ways in which nine feeds of ten write them, without a fault: they need none of the care that follows. */
function fromUsual(raw: string): Parts | null {
  const named = rfc822.exec(raw);
  const found = named ?? rfc3339.exec(raw);
  if (!found) return null;
  const [, first, second = "", third, hour, minute, seconds, sign, east = 0, rest = 0] = found;
  const month = named ? shortMonths.indexOf(second) + 1 : Number(second);
  if (month === 0 || Number(east) > 14 || Number(rest) > 59) return null;
  const offset = (sign === "-" ? -1 : 1) * (Number(east) * 60 + Number(rest));
  return {
    year: Number(named ? third : first),
    month,
    day: Number(named ? first : third),
    clock: {
      ...{ hour: Number(hour), minute: Number(minute), second: Number(seconds), milliseconds: 0 },
      offset,
    },
    exact: true,
  };
}

function toDate({ year, month, day, clock, exact }: Parts): ReadDate | null {
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return null;
  const last = day > 28 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 31;
  // The 31st of June is meant for a day: at most one beside it. The 31st of February is not.
  const beyond = day === 31 && last === 30;
  if (day < 1 || (day > last && !beyond)) return null;
  const { hour, minute, second, milliseconds, offset } = clock;
  if (hour > 24 || minute > 59 || second > 60) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute - (offset ?? 0), second, milliseconds);
  return {
    iso: new Date(at).toISOString(),
    confidence: exact && offset !== null && !beyond ? "exact" : "assumed",
  };
}

const unaccented = (text: string): string =>
  /[^\n\r\t -~]/.test(text)
    ? text
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .normalize("NFC")
    : text;

/** Lower case, no accents, single spaces, no brackets with remarks. */
const folded = (raw: string): string =>
  unaccented(raw)
    .toLowerCase()
    .replace(/\([^()]*\)/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Chinese and Japanese: 2004年7月8日 12時34分 is 2004-7-8 12:34. Russian: 2004 г. is 2004. */
function withoutSigns(text: string): string {
  if (!text.includes("年")) return text.replace(/(\d{4}) ?г\.?(?=[ ,]|$)/, "$1");
  return text
    .replace(/(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日(?: ?\p{L}{1,3}(?= |$))?/u, "$1-$2-$3 ")
    .replace(/(\d{1,2}) ?[時时点] ?(\d{1,2}) ?分(?: ?(\d{1,2}) ?秒)?/, (_, h, m, s = "00") =>
      [h, m, s].join(":"),
    )
    .trim();
}

const koreanTime = 540;
const midnight: Clock = { hour: 0, minute: 0, second: 0, milliseconds: 0, offset: null };

const clockPattern =
  /^(오전|오후)? ?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9})\d*)?)?\s*([ap]\.? ?m\b\.?)?\s*(.*)$/;

/** "4:35:5 pm GMT+9", "12:00:00.5-0400", "18h30", or nothing. */
function readClock(text: string): Clock | null {
  const trimmed = text.trim().replace(/^(at|a las|t)\b ?/, "");
  if (trimmed === "") return midnight;
  const found = clockPattern.exec(trimmed.replace(/^(\d{1,2})h(\d{2})/, "$1:$2"));
  if (!found) {
    // A zone without a time: "2003-12-31 GMT" and "2003-12-31Z".
    const offset = zoneOffset(trimmed);
    return offset === null ? null : { ...midnight, offset };
  }
  const [, korean, hour = "0", minute = "0", second = "0", fraction, latin, zone = ""] = found;
  const half = korean === undefined ? (latin ?? "") : korean === "오후" ? "pm" : "am";
  return {
    hour: withHalf(Number(hour), half),
    minute: Number(minute),
    second: Number(second),
    milliseconds: Math.floor(Number(`0.${fraction ?? "0"}`) * 1000),
    offset: zoneOffset(zone.trim()) ?? (korean === undefined ? null : koreanTime),
  };
}

function withHalf(hour: number, half: string): number {
  if (half === "") return hour;
  return half.startsWith("p") ? (hour % 12) + 12 : hour % 12;
}

const zones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  "etc/gmt": 0,
  "etc/utc": 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  mez: 60,
  met: 60,
  cest: 120,
  mesz: 120,
  mest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
  kst: 540,
  hkt: 480,
  sgt: 480,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  adt: -180,
  ast: -240,
  at: -240,
  edt: -240,
  est: -300,
  et: -300,
  cdt: -300,
  cst: -360,
  ct: -360,
  mdt: -360,
  mst: -420,
  mt: -420,
  pdt: -420,
  pst: -480,
  pt: -480,
  akdt: -480,
  akst: -540,
  hst: -600,
  vet: -240,
  cot: -300,
  pet: -300,
  bot: -240,
  art: -180,
  brt: -180,
  clt: -240,
  // RFC 822's military letters; RFC 2822 §4.3 says that they were misprinted there, so only these five are used.
  a: -60,
  n: 60,
  m: -720,
  y: 720,
};

function zoneOffset(zone: string): number | null {
  const name = zone.replace(/[.)]$/, "");
  if (name === "") return null;
  const named = zones[name] ?? zones[name.split(/[ ,]/)[0] ?? ""];
  const numeric = /^(?:gmt|utc|ut)? ?([+-])(\d{1,2}):?(\d{2})?(?!\d)/.exec(name);
  if (!numeric) return named ?? null;
  const [, sign, hours = "0", minutes = "0"] = numeric;
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number(hours) > 14 || Number(minutes) > 59) return null;
  return sign === "-" ? -offset : offset;
}

/** ISO 8601 and W3CDTF in all widths: 2003, 2003-12, 2003-12-31, 20031231, 2003-335, each with or without a time. */
function fromIso(text: string): Parts | null {
  const found =
    /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|(\d{2})(\d{2}))?(?!\d)[t ,]*(.*)$/.exec(text);
  const ordinal = /^(\d{4})-?(\d{3})(?!\d)[t ]*(.*)$/.exec(text);
  if (ordinal) {
    const [, year = "", dayOfYear = "", rest = ""] = ordinal;
    const day = new Date(Date.UTC(Number(year), 0, Number(dayOfYear)));
    const clock = readClock(widened(rest));
    if (!clock || day.getUTCFullYear() !== Number(year)) return null;
    return {
      year: Number(year),
      month: day.getUTCMonth() + 1,
      day: day.getUTCDate(),
      clock,
      exact: rest !== "",
    };
  }
  if (!found) return null;
  const [, year = "", month, day, compactMonth, compactDay, rest = ""] = found;
  const clock = readClock(widened(rest));
  if (!clock) return null;
  const monthNumber = month ?? compactMonth;
  const dayNumber = day ?? compactDay;
  return {
    year: Number(year),
    month: Number(monthNumber ?? 1),
    day: Number(dayNumber ?? 1),
    clock,
    exact: dayNumber !== undefined && rest !== "",
  };
}

/** "20031231101530" and "031231": digits alone, the year first. */
const unpacked = (text: string): string =>
  text
    .replace(/^(\d{8})(\d{6})(?!\d)/, "$1t$2")
    .replace(/^(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, (_, y, m, d) =>
      [fullYear(y), m, d].join("-"),
    );

/** "101530" and "1015" as in basic ISO times, "10" as hours alone. */
const widened = (time: string): string =>
  time
    .replace(
      /^(\d{2})(\d{2})(\d{2})?(?=$|[z+\-., ])/,
      (_, h, m, s) => `${h}:${m}${s ? `:${s}` : ""}`,
    )
    .replace(/^(\d{2})(?=$|[z+-])/, "$1:00");

/**
 * ISO 8601 before 2000, without the century: "-03-12", "03-335", "03335". Of "03-12-31" only what cannot be a day, month
 * and year: 29 to 31 are no years yet.
 */
function fromShortIso(text: string): Parts | null {
  const month = /^-(\d{2})-?(\d{2})$/.exec(text);
  const ordinal = /^(\d{2})-?(\d{3})$/.exec(text);
  const date = /^(\d{2})-(\d{2})-(29|3[01])$/.exec(text);
  const [, year, second, third] = month ?? ordinal ?? date ?? [];
  if (year === undefined || second === undefined) return null;
  const at = fullYear(year);
  const found = fromIso(ordinal ? `${at}-${second}` : `${at}-${second}-${third ?? "01"}`);
  return found && { ...found, exact: false };
}

/** RFC 822 and its relatives: "Fri, 10 Dec 2021 12:00:00 GMT", "10 de diciembre de 2021", "Dec 10th, 2021 4:35 pm". */
function fromNamedMonth(text: string): Parts | null {
  const plain = text
    .replace(/\bde(l)?\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const dayFirst =
    /^(\d{1,2})(?:st|nd|rd|th|º|\.)?[ \-/,]*(\p{L}{3,}\.?)[ \-/,]*(\d{4}|\d{2})(?!\d|:)[ ,]*(.*)$/u.exec(
      plain,
    );
  const monthFirst = /^(\p{L}{3,}\.?) ?(\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})(?!\d)[ ,]*(.*)$/u.exec(
    plain,
  );
  const yearFirst = /^(\d{4})[ \-/](\p{L}{3,}\.?)[ \-/](\d{1,2})(?!\d)[t ,]*(.*)$/u.exec(plain);
  const found = dayFirst
    ? { day: dayFirst[1], month: dayFirst[2], year: dayFirst[3], rest: dayFirst[4] }
    : monthFirst
      ? { day: monthFirst[2], month: monthFirst[1], year: monthFirst[3], rest: monthFirst[4] }
      : yearFirst && {
          day: yearFirst[3],
          month: yearFirst[2],
          year: yearFirst[1],
          rest: yearFirst[4],
        };
  if (!found) return null;
  const month = monthOf(found.month);
  const clock = readClock(widened(found.rest ?? ""));
  if (month === undefined || !clock) return null;
  return {
    year: fullYear(found.year ?? ""),
    month,
    day: Number(found.day),
    clock,
    exact: found.year?.length === 4 && found.rest !== "",
  };
}

/** Two digits mean the century in which the web exists. */
const fullYear = (year: string): number =>
  year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);

/** ANSI C: "Thu Jan  1 12:00:00 EST 2004", and "Jan 1 12:00:00 2004". */
function fromAsctime(text: string): Parts | null {
  const found =
    /^(?:\p{L}+\.?,? )?(\p{L}{3,}\.?) (\d{1,2}),? (\d{1,2}:\d{1,2}(?::\d{1,2})?)(?: ([a-z/]+|[+-]\d{4}))? (\d{4})(?: ([a-z]+|[+-]\d{4}))?$/u.exec(
      text,
    );
  if (!found) return null;
  const [, monthName, day, time = "", before, year, after] = found;
  const month = monthOf(monthName);
  const clock = readClock(`${time} ${before ?? after ?? ""}`);
  if (month === undefined || !clock) return null;
  return { year: Number(year), month, day: Number(day), clock, exact: true };
}

/** "12/31/2003" or "31/12/2003": read only when one of the two cannot be a month. */
function fromSlashes(text: string): Parts | null {
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)[ ,t]*(.*)$/.exec(text);
  if (!found) return null;
  const [, first = "", second = "", year = "", rest = ""] = found;
  const clock = readClock(rest);
  const [a, b] = [Number(first), Number(second)];
  if (!clock || (a <= 12 && b <= 12 && a !== b)) return null;
  const [day, month] = a > 12 ? [a, b] : [b, a];
  return { year: fullYear(year), month, day, clock, exact: false };
}

/** "2004년 05월 28일 오후 10:31:12". */
function fromKorean(text: string): Parts | null {
  const found = /^(\d{4})년 ?(\d{1,2})월 ?(\d{1,2})일 ?(.*)$/.exec(text);
  const clock = found && readClock(found[4] ?? "");
  if (!clock) return null;
  return {
    year: Number(found[1]),
    month: Number(found[2]),
    day: Number(found[3]),
    clock: { ...clock, offset: clock.offset ?? koreanTime },
    exact: false,
  };
}

/** Seconds or milliseconds since 1970, between 2001 and 2100. */
function fromEpoch(text: string): Parts | null {
  if (!/^\d{10}(\d{3})?$/.test(text)) return null;
  const date = new Date(text.length === 10 ? Number(text) * 1000 : Number(text));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    clock: {
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      milliseconds: date.getUTCMilliseconds(),
      offset: 0,
    },
    exact: false,
  };
}
