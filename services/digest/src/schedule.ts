import { CronExpressionParser } from "cron-parser";

/** When a reader wants the digest, in their own time. */
export interface Schedule {
  /** `daily`, `weekly` (Mondays) or five cron fields: minute, hour, day of the month, month, day of the week. */
  readonly schedule: string;
  /** `07:00`; what daily and weekly are at. */
  readonly at: string;
  /** An IANA name: America/Chicago. */
  readonly timeZone: string;
}

export class ScheduleInvalid extends Error {
  override name = "ScheduleInvalid";
}

const presets: Readonly<Record<string, string>> = { daily: "* * *", weekly: "* * 1" };

/** Longer ago than this nothing is counted: of many missed digests only the last one is sent anyway. */
const longestLookBackMs = 40 * 24 * 3_600_000;

/** The first time strictly after `after`. A time that the clock skips comes at the end of the gap, one that it repeats comes once. */
export function nextDue(schedule: Schedule, after: Date): Date {
  return occurrences(schedule, after)();
}

/**
 * What is due at `now`, when `due` was the first time not yet served: the last time that has passed (missed ones collapse
 * into it), and the next one. Both are counted from `due` on: counted from `now`, an hour that the clock repeats would
 * serve twice.
 */
export function collapse(
  schedule: Schedule,
  due: Date,
  now: Date,
): { periodEnd: Date; nextDueAt: Date } {
  const start = new Date(Math.max(due.getTime(), now.getTime() - longestLookBackMs));
  const times = occurrences(schedule, start);
  let periodEnd = due;
  for (;;) {
    const time = times();
    if (time > now) return { periodEnd, nextDueAt: time };
    periodEnd = time;
  }
}

/** Refuses what cannot be understood, with a sentence that says what can. */
export function checkSchedule(schedule: Schedule): void {
  if (!isTimeZone(schedule.timeZone))
    throw new ScheduleInvalid(
      `time zone "${schedule.timeZone}": not a name from the IANA list, such as America/Caracas`,
    );
  const start = new Date(0);
  const first = nextDue(schedule, start);
  const second = nextDue(schedule, first);
  if (second.getTime() - first.getTime() < 15 * 60_000)
    throw new ScheduleInvalid(
      `schedule "${schedule.schedule}": more often than every fifteen minutes; that is what alerts are for`,
    );
}

/** One time after another. */
function occurrences({ schedule, at, timeZone }: Schedule, after: Date): () => Date {
  const expression = cron(schedule, at);
  const from = (currentDate: Date) => {
    try {
      return CronExpressionParser.parse(expression, { currentDate, tz: timeZone });
    } catch (cause) {
      throw notSchedule(schedule, cause);
    }
  };
  let times = from(after);
  let last = after;
  return () => {
    // cron-parser 5.10 loses its way in a clock that changes by half an hour (Lord Howe): go on a day later.
    for (let days = 1; ; days++) {
      try {
        last = times.next().toDate();
        return last;
      } catch (cause) {
        if (days > 3) throw notSchedule(schedule, cause);
        times = from(new Date(last.getTime() + days * 86_400_000));
      }
    }
  };
}

const notSchedule = (schedule: string, cause: unknown) =>
  new ScheduleInvalid(
    `schedule "${schedule}": neither daily, weekly nor five cron fields such as "30 6 * * 1-5"`,
    { cause },
  );

function cron(schedule: string, at: string): string {
  const preset = presets[schedule];
  if (preset !== undefined) {
    const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
    if (hour === undefined || minute === undefined)
      throw new ScheduleInvalid(`time "${at}": not a time of day such as 07:00`);
    return `${Number(minute)} ${Number(hour)} ${preset}`;
  }
  // cron-parser also takes six fields and none at all; neither is a promise that we make.
  if (schedule.trim().split(/\s+/).length !== 5)
    throw new ScheduleInvalid(
      `schedule "${schedule}": neither daily, weekly nor five cron fields such as "30 6 * * 1-5"`,
    );
  return schedule.trim();
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
