const list = (words: string): string[] => words.split(" ");

/** Month and weekday names by their number (weekday 0 is Sunday). */
function numbered(rows: readonly string[], first: number): ReadonlyMap<string, number> {
  return new Map(rows.flatMap((row, index) => list(row).map((word) => [word, index + first])));
}

const months = numbered(
  [
    "january jan enero ene",
    "february feb febrero",
    "march mar marzo",
    "april apr abril abr",
    "may mayo",
    "june jun junio",
    "july jul julio",
    "august aug agosto ago",
    "september sept sep septiembre setiembre",
    "october oct octubre",
    "november nov noviembre",
    "december dec diciembre dic",
  ],
  1,
);

const weekdays = numbered(
  [
    "sunday domingo",
    "monday lunes",
    "tuesday tues martes",
    "wednesday wed miércoles miercoles",
    "thursday thurs jueves",
    "friday fri viernes",
    "saturday sábado sabado",
  ],
  0,
);

const numberWords = new Map(
  [
    "a an one un una uno",
    "two dos couple",
    "three tres",
    "four cuatro",
    "five cinco",
    "six seis",
    "seven siete",
    "eight ocho",
    "nine nueve",
    "ten diez",
    "eleven once",
    "twelve doce",
  ].flatMap((row, index) => list(row).map((word) => [word, index + 1] as const)),
);

export const numberOf = (word: string): number =>
  /^\d+$/.test(word) ? Number(word) : (numberWords.get(word.toLowerCase()) ?? 0);

export const monthNumber = (word: string | undefined): number =>
  months.get((word ?? "").toLowerCase().replace(/\.$/, "")) ?? 0;

export const weekdayNumber = (word: string | undefined): number =>
  weekdays.get((word ?? "").toLowerCase().replace(/\.$/, "")) ?? -1;
