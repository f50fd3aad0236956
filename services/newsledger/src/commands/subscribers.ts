import { addSubscriber, listSubscribers, removeSubscriber } from "@newsledger/digest";
import { type Command, repeated, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note } from "../terminal.ts";

const columns = [
  { title: "reader", value: ({ email }: { email: string }) => email },
  { title: "topics", value: ({ topics }: { topics: readonly string[] }) => topics.join(", ") },
  {
    title: "schedule",
    value: (row: { schedule: string; at: string }) => `${row.schedule} ${row.at}`,
  },
  { title: "time zone", value: ({ timeZone }: { timeZone: string }) => timeZone },
  {
    title: "next",
    value: ({ nextDueAt }: { nextDueAt: Date }) => nextDueAt.toISOString().slice(0, 16),
  },
  {
    title: "state",
    value: (row: { enabled: boolean; suppressedReason: string | null }) =>
      row.suppressedReason ?? (row.enabled ? "on" : "unsubscribed"),
  },
];

export const subscribersAddCommand: Command = {
  name: "subscribers add",
  summary: "send a reader the digest of a topic",
  words: "<email>",
  minWords: 1,
  options: {
    topic: {
      type: "string",
      short: "t",
      value: "TOPIC",
      multiple: true,
      meaning: "what to tell (may be repeated; default: all)",
    },
    name: { type: "string", value: "NAME", meaning: "the reader's name" },
    schedule: {
      type: "string",
      value: "WHEN",
      meaning: "daily, weekly, or a cron expression (default daily)",
    },
    at: { type: "string", value: "HH:MM", meaning: "at this time of day (default 07:00)" },
    "time-zone": {
      type: "string",
      value: "ZONE",
      meaning: "IANA time zone, e.g. America/Caracas (default: this computer's)",
    },
    language: { type: "string", value: "LANG", meaning: "en or es (default en)" },
    "from-start": { type: "boolean", meaning: "tell the ledger's whole past in the first digest" },
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    "newsledger subscribers add ana@example.org --topic citgo-6 --time-zone America/Chicago --language es",
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db, log, topics: known }) => {
        const wanted = repeated(args, "topic");
        const topics = wanted.length > 0 ? wanted : known.map(({ id }) => id);
        const stranger = topics.find((topic) => !known.some(({ id }) => id === topic));
        if (stranger !== undefined) {
          throw new UsageError(
            `no topic ${stranger}. There are: ${known.map(({ id }) => id).join(", ")}`,
          );
        }
        const text = (name: string) => {
          const value = args.options[name];
          return typeof value === "string" ? value : undefined;
        };
        const language = text("language") ?? "en";
        if (language !== "en" && language !== "es")
          throw new UsageError(`--language takes en or es, got ${language}`);
        const added = await addSubscriber(db, log, {
          email: args.words[0] ?? "",
          topics,
          language,
          name: text("name"),
          schedule: text("schedule"),
          at: text("at"),
          timeZone: text("time-zone"),
          fromStart: args.options["from-start"] === true,
        });
        printRows(terminal, formatOf(args.options), [added], columns);
      },
      { create: true },
    ),
};

export const subscribersListCommand: Command = {
  name: "subscribers list",
  summary: "who gets digests, of what, and when",
  options: { ...formatOptions, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      printRows(terminal, formatOf(args.options), await listSubscribers(db), columns);
    }),
};

export const subscribersRemoveCommand: Command = {
  name: "subscribers remove",
  summary: "erase a reader: address, name and subscription",
  words: "<email>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      await removeSubscriber(db, args.words[0] ?? "");
      note(terminal, "erased");
    }),
};
