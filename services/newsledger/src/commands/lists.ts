import {
  type ArticleLine,
  type EntityView,
  entity,
  listArticles,
  listOccurrences,
  type OccurrenceEntry,
} from "@newsledger/readmodels";
import type { Command, OptionSpecs } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { bold, note, print, type Terminal } from "../terminal.ts";
import {
  asOf,
  asOfOptions,
  day,
  limitOf,
  limitOption,
  narrowingOf,
  narrowingOptions,
  sayIfNothing,
  topicOf,
  topicOption,
  upTo,
} from "./asked.ts";

const listOptions: OptionSpecs = {
  ...topicOption,
  ...narrowingOptions,
  ...asOfOptions,
  ...limitOption,
  ...formatOptions,
  ...ledgerOptions,
};

export const articlesCommand: Command = {
  name: "articles",
  summary: "every article that was read, newest published first",
  options: listOptions,
  examples: ["newsledger articles --entity tomeu-vadell --language es --from 2022-01-01"],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const topic = topicOf(ledger, args.options.topic);
      const question = { ...asOf(args), ...narrowingOf(args), topic };
      const rows = await upTo(limitOf(args), (page) =>
        listArticles(ledger.db, { ...question, ...page }),
      );
      printRows(terminal, formatOf(args.options), rows, [
        { title: "published", value: (row: ArticleLine) => day(row.publishedAt) },
        { title: "found", value: (row) => day(row.foundAt) },
        { title: "source", value: (row) => row.source },
        { title: "lang", value: (row) => row.language },
        { title: "words", value: (row) => String(row.words) },
        { title: "title", value: (row) => row.title },
        { title: "why", value: (row) => row.why },
        { title: "address", value: (row) => row.url ?? "" },
      ]);
      sayIfNothing(ledger, terminal, rows.length, "no article answers to that");
    }),
};

export const occurrencesCommand: Command = {
  name: "occurrences",
  summary: "who did what to whom, sentence by sentence, newest published first",
  options: listOptions,
  examples: [
    "newsledger occurrences --occurrence release --happened-from 2022-01-01",
    "newsledger occurrences --entity tomeu-vadell --role target --csv",
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const topic = topicOf(ledger, args.options.topic);
      const question = { ...asOf(args), ...narrowingOf(args), topic };
      const rows = await upTo(limitOf(args), (page) =>
        listOccurrences(ledger.db, { ...question, ...page }),
      );
      printRows(terminal, formatOf(args.options), rows, [
        { title: "happened", value: (row: OccurrenceEntry) => row.date ?? "" },
        { title: "what", value: (row) => row.code },
        { title: "who", value: (row) => names(row.actors) },
        { title: "whom", value: (row) => names(row.targets) },
        { title: "place", value: (row) => row.place?.name ?? "" },
        { title: "published", value: (row) => day(row.publishedAt) },
        { title: "found", value: (row) => day(row.foundAt) },
        { title: "source", value: (row) => row.source },
        { title: "sentence", value: (row) => row.sentence },
        { title: "address", value: (row) => row.url ?? "" },
      ]);
      sayIfNothing(
        ledger,
        terminal,
        rows.length,
        "nothing is told to have happened that answers to that",
      );
    }),
};

const names = (participants: readonly { name: string }[]): string =>
  participants.map(({ name }) => name).join(", ");

export const entityCommand: Command = {
  name: "entity",
  summary: "a person, organisation or place: how often named, since when, in what, with whom",
  words: "<id or name>",
  minWords: 1,
  maxWords: 8,
  options: { ...asOfOptions, ...formatOptions, ...ledgerOptions },
  examples: ["newsledger entity tomeu-vadell", "newsledger entity Tomeu Vadell --as-of 2021-12-31"],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const asked = args.words.join(" ");
      const found = await entity(ledger.db, { ...asOf(args), id: idOf(ledger, asked) });
      if (!found)
        throw new Error(
          `nothing in this ledger names ${asked} at that time; newsledger search ${asked} shows what resembles it`,
        );
      const format = formatOf(args.options);
      if (format !== "table") printRows(terminal, format, [found], []);
      else printEntity(terminal, found);
    }),
};

/** The id of a followed person who is called so; else what was given is taken for an id. */
const idOf = ({ topics }: Ledger, asked: string): string =>
  topics
    .flatMap(({ subjects }) => subjects)
    .find(({ name }) => name.toLowerCase() === asked.trim().toLowerCase())?.id ?? asked.trim();

function printEntity(terminal: Terminal, found: EntityView): void {
  const { name, type, id, articles, sources, firstPublicAt, lastPublicAt } = found;
  print(terminal, bold(terminal, `${name} (${type}, ${id})`));
  print(
    terminal,
    `named in ${articles} ${articles === 1 ? "article" : "articles"} of ${sources} ${sources === 1 ? "outlet" : "outlets"}, from ${day(firstPublicAt)} to ${day(lastPublicAt)}\n`,
  );
  printRows(terminal, "table", found.occurrences, [
    { title: "what", value: ({ code }) => code },
    { title: "does it", value: ({ asActor }) => String(asActor) },
    { title: "has it done", value: ({ asTarget }) => String(asTarget) },
  ]);
  print(terminal, "");
  printRows(terminal, "table", found.together, [
    { title: "named together with", value: (other) => other.name },
    { title: "id", value: (other) => other.id },
    { title: "articles", value: (other) => String(other.articles) },
  ]);
  note(terminal, `who says so: newsledger occurrences --entity ${id}`);
}
