import { occurrenceCode } from "@newsledger/core";
import type { AsOf, Evidence, Narrowing, Page } from "@newsledger/readmodels";
import { type Args, type OptionSpecs, UsageError } from "../command.ts";
import type { Ledger } from "../ledger.ts";
import { printable } from "../output.ts";
import { note, type Terminal } from "../terminal.ts";

/** What questions have in common: their options, and how these are read. */

export const asOfOptions: OptionSpecs = {
  "as-of": {
    type: "string",
    value: "DATE",
    meaning: "what had been published by the end of that day",
  },
  "known-at": {
    type: "string",
    value: "WHEN",
    meaning: "what this ledger had recorded by then (a time, or a position)",
  },
};

export const limitOption: OptionSpecs = {
  limit: { type: "string", value: "N", meaning: "at most N lines (default 50)" },
};

export const topicOption: OptionSpecs = {
  topic: { type: "string", short: "t", value: "TOPIC", meaning: "only what concerns this topic" },
};

/** What narrows a list, as over HTTP. */
export const narrowingOptions: OptionSpecs = {
  entity: {
    type: "string",
    value: "ID",
    meaning: "only where this person, organisation or place is named, e.g. tomeu-vadell",
  },
  role: { type: "string", value: "ROLE", meaning: "with --entity: only as actor, or as target" },
  occurrence: { type: "string", value: "CODE", meaning: "only where this is told, e.g. release" },
  language: { type: "string", value: "LANG", meaning: "only in this language (en, es)" },
  source: { type: "string", value: "OUTLET", meaning: "only this outlet, as answers write it" },
  q: { type: "string", value: "WORDS", meaning: "only with these words, as in a search" },
  from: { type: "string", value: "DATE", meaning: "published on or after that day" },
  to: { type: "string", value: "DATE", meaning: "published on or before that day" },
  "found-from": { type: "string", value: "DATE", meaning: "first seen on or after that day" },
  "found-to": { type: "string", value: "DATE", meaning: "first seen on or before that day" },
  "happened-from": {
    type: "string",
    value: "DATE",
    meaning: "told to have happened from that day",
  },
  "happened-to": { type: "string", value: "DATE", meaning: "told to have happened until that day" },
  "min-sources": {
    type: "string",
    value: "N",
    meaning: "only stories that N outlets tell in their own words",
  },
};

export function narrowingOf({ options }: Args): Narrowing {
  const minSources = text(options["min-sources"]);
  if (minSources !== undefined && !/^([1-9]\d?|100)$/.test(minSources))
    throw new UsageError(`--min-sources takes a number from 1 to 100, got ${minSources}`);
  return {
    entity: text(options.entity),
    role: oneOf("role", options.role, ["actor", "target"] as const),
    occurrence: oneOf("occurrence", options.occurrence, occurrenceCode.options),
    language: oneOf("language", options.language, ["en", "es"] as const),
    source: text(options.source),
    q: text(options.q),
    from: dayOf("from", options),
    to: dayOf("to", options),
    foundFrom: dayOf("found-from", options),
    foundTo: dayOf("found-to", options),
    happenedFrom: dayOf("happened-from", options),
    happenedTo: dayOf("happened-to", options),
    minSources: minSources === undefined ? undefined : Number(minSources),
  };
}

function oneOf<T extends string>(
  name: string,
  value: Args["options"][string],
  known: readonly T[],
): T | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  const found = known.find((one) => one === given);
  if (found === undefined)
    throw new UsageError(`--${name} takes one of ${known.join(", ")}; got ${given}`);
  return found;
}

function dayOf(name: string, options: Args["options"]): string | undefined {
  const date = text(options[name]);
  if (date !== undefined && !isDay(date))
    throw new UsageError(`--${name} takes a day such as 2021-12-31, got ${date}`);
  return date;
}

/** A topic that exists, or a sentence that lists those that do. */
export function topicOf(ledger: Ledger, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (ledger.topics.some(({ id }) => id === value)) return value;
  throw new UsageError(
    `no topic ${value}. There are: ${ledger.topics.map(({ id }) => id).join(", ")}`,
  );
}

export function asOf({ options }: Args): AsOf {
  const date = dayOf("as-of", options);
  const known = text(options["known-at"]);
  return { asOf: date, knownAt: known === undefined ? undefined : momentOrPosition(known) };
}

const isDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);

function momentOrPosition(value: string): Date | bigint {
  if (/^\d{1,18}$/.test(value) && value.length !== 8) return BigInt(value);
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) {
    throw new UsageError(
      `--known-at takes a time such as 2026-03-01T12:00:00Z, or a position, got ${value}`,
    );
  }
  return moment;
}

export function limitOf({ options }: Args): number {
  const value = text(options.limit) ?? "50";
  if (!/^\d{1,6}$/.test(value) || value === "0")
    throw new UsageError(`--limit takes a number from 1, got ${value}`);
  return Number(value);
}

/** Pages until the limit is reached or there is no more. */
export async function upTo<T>(
  limit: number,
  ask: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await ask({
      limit: Math.min(100, limit - rows.length),
      ...(cursor ? { cursor } : {}),
    });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor && rows.length < limit);
  return rows;
}

export function sayIfNothing(
  ledger: Ledger,
  terminal: Terminal,
  found: number,
  message: string,
): void {
  if (found > 0) return;
  note(terminal, `${message}${ledger.hint ? ` (${ledger.hint})` : ""}`);
}

/** Source, both dates, address and reason: what no line goes without. */
export function evidence(line: Evidence): string {
  const dates = `published ${day(line.publishedAt) || "undated"}, found ${day(line.foundAt)}`;
  return printable([line.source, dates, line.url ?? "no address", line.why].join(" · "));
}

export const day = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? "";

export const text = (value: Args["options"][string]): string | undefined =>
  typeof value === "string" ? value : undefined;
