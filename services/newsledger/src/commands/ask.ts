import {
  type CaseStatus,
  caseStatus,
  type EventLine,
  type Evidence,
  listEvents,
  type PersonStatus,
  type SearchHit,
  type StoryEntry,
  search,
  timeline,
} from "@newsledger/readmodels";
import { type Args, type Command, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printable, printRows } from "../output.ts";
import { bold, dim, note, print, type Terminal } from "../terminal.ts";
import {
  asOf,
  asOfOptions,
  day,
  evidence,
  limitOf,
  limitOption,
  narrowingOf,
  narrowingOptions,
  sayIfNothing,
  text,
  topicOf,
  topicOption,
  upTo,
} from "./asked.ts";
import { follow } from "./follow.ts";

export const eventsCommand: Command = {
  name: "events",
  summary: "list the ledger, newest first",
  options: {
    ...topicOption,
    ...narrowingOptions,
    type: { type: "string", value: "TYPE", meaning: "only events of this type, e.g. item.seen" },
    ...asOfOptions,
    forward: { type: "boolean", meaning: "oldest first" },
    follow: { type: "boolean", short: "f", meaning: "stay, and print what is appended" },
    after: {
      type: "string",
      value: "POSITION",
      meaning: "with --follow: begin behind this position, 0 for all there is",
    },
    ...limitOption,
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    "newsledger events --topic citgo-6 --as-of 2021-12-31",
    "newsledger events --type article.understood --ndjson",
    'newsledger events --entity tomeu-vadell --source "Associated Press" --from 2021-01-01 --csv',
    "newsledger events --follow --after 1200",
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const topic = topicOf(ledger, args.options.topic);
      const type = text(args.options.type);
      const narrowing = narrowingOf(args);
      if (args.options.follow) {
        const left = Object.entries(narrowing).filter(([, value]) => value !== undefined);
        if (left.length > 0)
          throw new UsageError("--follow goes with --topic, --type and --after only");
        return follow(ledger, terminal, { topic, type, after: afterOf(args) });
      }
      const rows = await upTo(limitOf(args), (page) =>
        listEvents(ledger.db, {
          ...asOf(args),
          ...narrowing,
          topic,
          type,
          direction: args.options.forward ? "forward" : "backward",
          ...page,
        }),
      );
      printRows(terminal, formatOf(args.options), rows, eventColumns);
      sayIfNothing(ledger, terminal, rows.length, "no event answers to that");
    }),
};

const eventColumns = [
  { title: "position", value: (row: EventLine) => row.position },
  { title: "event", value: (row: EventLine) => row.type },
  { title: "published", value: (row: EventLine) => day(row.publishedAt) },
  { title: "found", value: (row: EventLine) => day(row.foundAt) },
  { title: "source", value: (row: EventLine) => row.source },
  { title: "title", value: (row: EventLine) => row.title },
  { title: "why", value: (row: EventLine) => row.why },
  { title: "address", value: (row: EventLine) => row.url ?? "" },
];

export const searchCommand: Command = {
  name: "search",
  summary: "search everything ever seen, in English and Spanish",
  words: "<words…>",
  minWords: 1,
  maxWords: 100,
  options: {
    ...topicOption,
    language: { type: "string", value: "LANG", meaning: "only items in this language (en, es)" },
    from: { type: "string", value: "DATE", meaning: "published on or after that day" },
    to: { type: "string", value: "DATE", meaning: "published on or before that day" },
    ...asOfOptions,
    ...limitOption,
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    'newsledger search "arresto domiciliario" citgo',
    "newsledger search Vadell OR Pereira --from 2021-01-01",
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      let suggestions: string[] = [];
      const hits = await upTo(limitOf(args), async (page) => {
        const result = await search(ledger.db, {
          ...asOf(args),
          q: quoted(args.words),
          topic: topicOf(ledger, args.options.topic),
          language: text(args.options.language),
          from: text(args.options.from),
          to: text(args.options.to),
          ...page,
        });
        suggestions = result.suggestions;
        return result;
      });
      const format = formatOf(args.options);
      if (format === "table") for (const hit of hits) printHit(terminal, hit);
      else printRows(terminal, format, hits, []);
      sayIfNothing(ledger, terminal, hits.length, "nothing in the ledger has these words");
      if (suggestions.length > 0) note(terminal, `did you mean: ${suggestions.join(", ")}?`);
    }),
};

/** The shell took the quotation marks away: a word with a space in it was a phrase. */
const quoted = (words: readonly string[]): string =>
  words
    .map((word) =>
      word.includes(" ") && !word.includes('"') && words.length > 1 ? `"${word}"` : word,
    )
    .join(" ");

function printHit(terminal: Terminal, hit: SearchHit): void {
  print(terminal, bold(terminal, printable(hit.title)));
  const snippet = hit.snippet
    .map(({ text: part, hit: found }) => (found ? bold(terminal, part) : part))
    .join("");
  if (snippet) print(terminal, `  ${snippet.replace(/\s+/g, " ")}`);
  print(terminal, dim(terminal, `  ${evidence(hit)}`));
  print(terminal, "");
}

export const timelineCommand: Command = {
  name: "timeline",
  summary: "one entry per story of a topic, newest first",
  words: "<topic>",
  minWords: 1,
  options: {
    ...narrowingOptions,
    ...asOfOptions,
    ...limitOption,
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    "newsledger timeline citgo-6 --as-of 2022-03-31",
    "newsledger timeline citgo-6 --entity tomeu-vadell --occurrence release --min-sources 2",
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const topic = topicOf(ledger, args.words[0]) as string;
      const stories = await upTo(limitOf(args), (page) =>
        timeline(ledger.db, { ...asOf(args), ...narrowingOf(args), topic, ...page }),
      );
      const format = formatOf(args.options);
      if (format === "table") for (const story of stories) printStory(terminal, story);
      else printRows(terminal, format, stories, []);
      sayIfNothing(ledger, terminal, stories.length, `no story of ${topic} yet`);
    }),
};

/** Also what the demonstration shows at its end. */
export function printStory(terminal: Terminal, story: StoryEntry): void {
  print(terminal, `${day(story.publishedAt)}  ${bold(terminal, printable(story.title))}`);
  for (const { code, date, actors, targets, place } of story.occurrences.slice(0, 4)) {
    const who = names(actors);
    const whom = names(targets);
    const people = who && whom ? `${who} → ${whom}` : who || whom;
    print(
      terminal,
      `            ${code}${people ? `: ${people}` : ""}${place ? `, ${place.name}` : ""}${date ? ` (${date})` : ""}`,
    );
  }
  const reports = `${story.independent} independent ${story.independent === 1 ? "report" : "reports"}`;
  const copies =
    story.copies > 0 ? `, ${story.copies} ${story.copies === 1 ? "copy" : "copies"}` : "";
  print(terminal, `            ${reports}${copies}${story.lateFind ? " · late find" : ""}`);
  print(terminal, dim(terminal, `            ${evidence(story)}`));
}

export const statusCommand: Command = {
  name: "status",
  summary: "where a case stands: each person, since when, on whose word",
  words: "[topic]",
  maxWords: 1,
  minWords: 0,
  options: { ...asOfOptions, ...formatOptions, ...ledgerOptions },
  examples: ["newsledger status citgo-6", "newsledger status citgo-6 --as-of 2021-12-31"],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const format = formatOf(args.options);
      const wanted = text(args.words[0]);
      const topics = ledger.topics.filter(({ id }) => !wanted || id === topicOf(ledger, wanted));
      const all: CaseStatus[] = [];
      for (const topic of topics) {
        all.push(await caseStatus(ledger.db, { ...asOf(args), topic, today: ledger.clock.now() }));
      }
      if (format === "json") print(terminal, JSON.stringify(wanted ? all[0] : all, null, 2));
      else if (format !== "table")
        printRows(
          terminal,
          format,
          all.flatMap((status) => status.persons.map(flat(status))),
          [],
        );
      else for (const status of all) printStatus(terminal, status);
      sayIfNothing(
        ledger,
        terminal,
        Math.max(...all.map(({ stories }) => stories)),
        "no story known by then",
      );
    }),
};

const flat = (status: CaseStatus) => (person: PersonStatus) => ({
  topic: status.topicId,
  on: status.on,
  person: person.name,
  status: person.label,
  since: person.since,
  days: person.days,
  confirmation: person.last?.confirmation ?? null,
  source: person.last?.reports[0]?.source ?? null,
  url: person.last?.reports[0]?.url ?? null,
  published: person.last?.reports[0]?.publishedAt ?? null,
  found: person.last?.reports[0]?.foundAt ?? null,
});

/** Also what the demonstration shows at its end. */
export function printStatus(terminal: Terminal, status: CaseStatus): void {
  print(
    terminal,
    `${bold(terminal, status.title.en)} on ${status.on}: ${status.stories} ${status.stories === 1 ? "story" : "stories"} known\n`,
  );
  const width = Math.max(0, ...status.persons.map(({ name }) => name.length));
  const sources = new Map<string, { number: number; report: Evidence }>();
  for (const person of status.persons) {
    const since = person.since ? ` since ${person.since}` : "";
    const days =
      person.days === null ? "" : ` (${person.atLeast ? "at least " : ""}${person.days} days)`;
    const word = person.last
      ? `, ${person.last.confirmation} ${cite(sources, person.last.reports[0])}`
      : "";
    print(
      terminal,
      `  ${person.name.padEnd(width)}  ${bold(terminal, person.label)}${since}${days}${word}`,
    );
    for (const other of person.unsettled.slice(0, 2)) {
      const said = printable(`undated, not counted: ${other.sentence} ${cite(sources, other)}`);
      print(terminal, dim(terminal, `  ${" ".repeat(width)}  ${said}`));
    }
  }
  if (sources.size > 0) print(terminal, "");
  for (const { number, report } of sources.values())
    print(terminal, dim(terminal, `  [${number}] ${evidence(report)}`));
}

/** [1] for a source that was named first, [2] for the next … */
function cite(
  sources: Map<string, { number: number; report: Evidence }>,
  report: Evidence | undefined,
): string {
  if (!report) return "";
  const key = `${report.url} ${report.why}`;
  const cited = sources.get(key) ?? { number: sources.size + 1, report };
  sources.set(key, cited);
  return `[${cited.number}]`;
}

const names = (list: readonly { name: string }[]): string =>
  list.map(({ name }) => name).join(", ");

/** The last position that a follower already has. */
function afterOf({ options }: Args): bigint | undefined {
  const value = text(options.after);
  if (value === undefined) return undefined;
  if (!/^\d{1,18}$/.test(value))
    throw new UsageError(`--after takes a position of the ledger, got ${value}`);
  return BigInt(value);
}
