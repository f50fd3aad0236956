import { z } from "zod";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day is written 22:00");

export const quietHours = z
  .strictObject({
    timeZone: z
      .string()
      .refine(isTimeZone, "a time zone is a name from the IANA list, such as America/Caracas"),
    from: timeOfDay,
    to: timeOfDay,
  })
  .refine(({ from, to }) => from !== to, "quiet hours begin and end at different times");
export type QuietHours = z.output<typeof quietHours>;

/** When quiet hours end, if `at` lies in them; null outside. From 22:00 to 07:00 passes midnight. */
export function quietUntil(quiet: QuietHours, at: Date): Date | null {
  const now = localMinutes(quiet.timeZone, at);
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  const inside = from < to ? now >= from && now < to : now >= from || now < to;
  if (!inside) return null;
  return nextLocal(quiet.timeZone, at, to);
}

export function isTimeZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are taken too, and know no summer time: only names are.
    return new Intl.DateTimeFormat("en", { timeZone: name }) && /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

const minute = 60_000;
const day = 24 * 60;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/**
 * The first whole minute after `at` at which the clock on the wall shows `wanted` or has leapt over it. Walked in minutes,
 * because on the day of a change of clocks neither the way to the end nor the end itself is where arithmetic puts it.
 */
function nextLocal(timeZone: string, at: Date, wanted: number): Date {
  const start = Math.floor(at.getTime() / minute) * minute;
  let before = localMinutes(timeZone, at);
  // To the last hours by the rough way: the clocks change by two hours at most.
  const rough = (((wanted - before + day) % day) - 120) * minute;
  let time = start + Math.max(0, rough);
  before = localMinutes(timeZone, new Date(time));
  for (let steps = 0; steps < 600; steps += 1) {
    time += minute;
    const now = localMinutes(timeZone, new Date(time));
    if (passed(before, now, wanted)) return new Date(time);
    before = now;
  }
  return new Date(start + ((wanted - localMinutes(timeZone, at) + day) % day) * minute);
}

/** Whether the clock, going from `before` to `now`, reached or leapt over `wanted`. Set back, it has reached nothing. */
function passed(before: number, now: number, wanted: number): boolean {
  const gone = (now - before + day) % day;
  if (gone > day / 2) return false;
  const away = (wanted - before + day) % day;
  return away > 0 && away <= gone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localMinutes(timeZone: string, at: Date): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  return minutesOf(format.format(at));
}
