import { type NewRule, newRule } from "@newsledger/alerts";
import { occurrenceCode } from "@newsledger/core";
import { type Entities, loadEntities } from "@newsledger/extraction/knowledge";
import { z } from "zod";
import { type Args, type OptionSpecs, repeated, UsageError } from "./command.ts";

/** A rule as it is written on the command line. */
export const ruleOptions: OptionSpecs = {
  topic: { type: "string", short: "t", value: "TOPIC", meaning: "the topic it watches" },
  kind: {
    type: "string",
    value: "KIND",
    meaning:
      "what makes it speak: report (the default), first-mention, status-change, burst, silence, feed-trouble",
  },
  entity: {
    type: "string",
    value: "ID",
    multiple: true,
    meaning: "only when one of these is named (may be repeated; a group stands for its members)",
  },
  occurrence: {
    type: "string",
    value: "CODE",
    multiple: true,
    meaning: `only when one of these happens: ${occurrenceCode.options.join(", ")}`,
  },
  part: {
    type: "string",
    value: "PART",
    meaning: "target: only when it is done to the entity; actor: only when the entity does it",
  },
  role: {
    type: "string",
    value: "TEXT",
    meaning: "only when someone is named who holds such an office by the knowledge base: judge",
  },
  source: {
    type: "string",
    value: "KIND",
    multiple: true,
    meaning: "only from such outlets: news-independent, government, court, ngo …",
  },
  language: { type: "string", value: "LANG", multiple: true, meaning: "only in en, or es" },
  "min-reports": {
    type: "string",
    value: "N",
    meaning: "only once so many outlets have told the story in their own words",
  },
  "max-age": {
    type: "string",
    value: "HOURS",
    meaning: "nothing that was published longer before it was found",
  },
  days: { type: "string", value: "N", meaning: "with --kind silence: after so many days" },
  of: {
    type: "string",
    value: "WHAT",
    meaning: "with --kind silence: of the subject (the default), or of the feeds that tell of it",
  },
  sensitivity: { type: "string", value: "LEVEL", meaning: "with --kind burst: normal, or high" },
  trouble: {
    type: "string",
    value: "WHAT",
    multiple: true,
    meaning:
      "with --kind feed-trouble: dead, silent, gap (the default), degraded, stale, retired, recovered",
  },
  feed: {
    type: "string",
    value: "ID",
    multiple: true,
    meaning: "with --kind feed-trouble: only these",
  },
  severity: { type: "string", value: "LEVEL", meaning: "info, important (the default), critical" },
  throttle: {
    type: "string",
    value: "MINUTES",
    meaning: "after an alert, what follows so soon is held and sent together",
  },
  quiet: {
    type: "string",
    value: "HOURS",
    meaning:
      'hold alerts in these hours and then send them together: "22:00-07:00 America/Caracas"; critical ones go at once',
  },
  note: { type: "string", value: "TEXT", meaning: "why you follow this; comes with every alert" },
};

/** The rule that the options describe. Throws UsageError with everything that is wrong. */
export function ruleFrom(
  args: Args,
  topicIds: ReadonlySet<string>,
  known: Entities = loadEntities(),
): z.output<typeof newRule> {
  const { topic } = args.options;
  if (typeof topic !== "string" || !topicIds.has(topic))
    throw new UsageError(`--topic takes one of ${[...topicIds].join(", ")}`);
  const stranger = repeated(args, "entity").find((id) => !known.entities.has(id));
  if (stranger !== undefined)
    throw new UsageError(`--entity ${stranger}: nobody of that id is in the knowledge base`);
  const parsed = newRule.safeParse(written(args, topic));
  if (!parsed.success) throw new UsageError(z.prettifyError(parsed.error));
  return parsed.data;
}

function written(args: Args, topic: string): Record<keyof NewRule, unknown> {
  const { options } = args;
  const text = (name: string): unknown => options[name];
  return {
    name: args.words[0] ?? "trial",
    topic,
    when: whenFrom(args),
    entities: repeated(args, "entity"),
    occurrences: repeated(args, "occurrence"),
    part: text("part"),
    role: text("role"),
    sources: repeated(args, "source"),
    languages: repeated(args, "language"),
    minReports: number(args, "min-reports"),
    maxAgeHours: number(args, "max-age"),
    severity: text("severity"),
    throttleMinutes: number(args, "throttle"),
    quietHours: quietFrom(options.quiet),
    note: text("note"),
  };
}

/** Which kind each of these belongs to: given with another, it would be believed to count. */
const ofKind = {
  days: "silence",
  of: "silence",
  sensitivity: "burst",
  trouble: "feed-trouble",
  feed: "feed-trouble",
};

function whenFrom(args: Args): unknown {
  const { kind = "report", of, sensitivity } = args.options;
  for (const [option, owner] of Object.entries(ofKind))
    if (args.options[option] !== undefined && kind !== owner)
      throw new UsageError(`--${option} belongs to --kind ${owner}`);
  const troubles = repeated(args, "trouble");
  const given = {
    kind,
    of,
    sensitivity,
    days: number(args, "days"),
    troubles: troubles.length > 0 ? troubles : undefined,
    feeds: kind === "feed-trouble" ? repeated(args, "feed") : undefined,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function number(args: Args, name: string): unknown {
  const given = args.options[name];
  if (given === undefined) return undefined;
  if (typeof given !== "string" || !/^\d+$/.test(given))
    throw new UsageError(`--${name} takes a whole number`);
  return Number(given);
}

function quietFrom(given: unknown): unknown {
  if (given === undefined) return undefined;
  const [, from, to, timeZone] =
    /^(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s+(\S+)$/.exec(String(given)) ?? [];
  if (from === undefined)
    throw new UsageError('--quiet takes hours and a time zone: "22:00-07:00 America/Caracas"');
  return { from, to, timeZone };
}

/** A length of time such as 45m, 12h, 3d, or a moment. Throws UsageError. */
export function momentFrom(text: string, now: Date): Date {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const minutes = { m: 1, h: 60, d: 1_440 }[unit ?? ""];
  const moment =
    minutes === undefined
      ? new Date(text)
      : new Date(now.getTime() + Number(count) * minutes * 60_000);
  if (Number.isNaN(moment.getTime()) || moment <= now)
    throw new UsageError(
      `“${text}” is no time to come: 45m, 12h, 3d, or a date such as 2031-05-01`,
    );
  return moment;
}
