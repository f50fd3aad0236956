import {
  addSubscriber,
  inviteSubscriber,
  liftSuppression,
  listSubscribers,
  type NewSubscriber,
  personalData,
  removeSubscriber,
  renewLinks,
  type Subscription,
  subscriptionsOf,
  takeReturn,
} from "@newsledger/digest";
import { type Args, type Command, repeated, UsageError } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, jsonValue, printRows } from "../output.ts";
import { note, print } from "../terminal.ts";
import { pressOfLedger } from "./press.ts";

const columns = [
  { title: "reader", value: ({ email }: Subscription) => email },
  { title: "topics", value: ({ topics }: Subscription) => topics.join(", ") },
  { title: "schedule", value: (row: Subscription) => `${row.schedule} ${row.at}` },
  { title: "time zone", value: ({ timeZone }: Subscription) => timeZone },
  {
    title: "next",
    value: ({ nextDueAt }: Subscription) => nextDueAt.toISOString().slice(0, 16),
  },
  { title: "state", value: stateOf },
];

/** Why a reader gets nothing, or that they do. */
function stateOf({ suppressedReason, enabled, confirmedAt, heartbeat }: Subscription): string {
  if (suppressedReason !== null) return `stopped: ${suppressedReason}`;
  if (confirmedAt === null) return "asked, not confirmed yet";
  if (!enabled) return "unsubscribed";
  return heartbeat ? "on, with heartbeat" : "on";
}

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
    confirm: {
      type: "boolean",
      meaning: "ask the reader by mail first; nothing is sent until they say yes",
    },
    heartbeat: {
      type: "boolean",
      meaning: "a short mail once a week when there was nothing new: the feeds were read",
    },
    "from-start": { type: "boolean", meaning: "tell the ledger's whole past in the first digest" },
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    "newsledger subscribers add ana@example.org --topic citgo-6 --time-zone America/Chicago --language es",
    "newsledger subscribers add luis@example.org --confirm --heartbeat --schedule weekly",
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async (ledger) => {
        const subscriber = wishOf(args, ledger);
        const asks = args.options.confirm === true;
        const added = asks
          ? (await inviteSubscriber(pressOfLedger(ledger), subscriber)).subscription
          : await addSubscriber(ledger.db, ledger.log, subscriber);
        printRows(terminal, formatOf(args.options), [added], columns);
        if (asks)
          note(terminal, "a running Newsledger sends the question; it is valid for 72 hours");
      },
      { create: true },
    ),
};

function wishOf(args: Args, { topics: known }: Ledger): NewSubscriber {
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
  return {
    email: args.words[0] ?? "",
    topics,
    language,
    name: text("name"),
    schedule: text("schedule"),
    at: text("at"),
    timeZone: text("time-zone"),
    heartbeat: args.options.heartbeat === true,
    fromStart: args.options["from-start"] === true,
  };
}

export const subscribersListCommand: Command = {
  name: "subscribers list",
  summary: "who gets digests, of what, and when; who does not, and why",
  options: { ...formatOptions, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      printRows(terminal, formatOf(args.options), await listSubscribers(db), columns);
    }),
};

export const subscribersExportCommand: Command = {
  name: "subscribers export",
  summary: "everything that is kept about a reader, as JSON, for them to have",
  words: "<email>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, config }) => {
      const data = await personalData(db, args.words[0] ?? "", config.publicUrl);
      print(terminal, JSON.stringify(data, jsonValue, 2));
    }),
};

export const subscribersRemoveCommand: Command = {
  name: "subscribers remove",
  summary: "erase a reader: address, name and subscriptions",
  words: "<email>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      await removeSubscriber(db, args.words[0] ?? "");
      note(terminal, "erased");
    }),
};

export const subscribersLiftCommand: Command = {
  name: "subscribers lift",
  summary: "write again to readers whose address was stopped after a bounce",
  words: "[email…]",
  maxWords: 1_000,
  options: {
    all: { type: "boolean", meaning: "every reader that was stopped: after a mistake of our own" },
    ...ledgerOptions,
  },
  examples: ["newsledger subscribers lift ana@example.org"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      if (args.words.length === 0 && args.options.all !== true)
        throw new UsageError("newsledger subscribers lift takes addresses, or --all");
      const readers =
        args.options.all === true
          ? await listSubscribers(db)
          : (await Promise.all(args.words.map((email) => subscriptionsOf(db, email)))).flat();
      let lifted = 0;
      for (const id of new Set(readers.map(({ subscriberId }) => subscriberId)))
        if (await liftSuppression(db, id)) lifted += 1;
      note(terminal, `${lifted} written to again; what they missed comes with their next digest`);
    }),
};

export const subscribersRenewLinksCommand: Command = {
  name: "subscribers renew-links",
  summary: "make the unsubscribe links in a reader's earlier mails invalid, and give new ones",
  words: "<email>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      await renewLinks(db, args.words[0] ?? "");
      note(terminal, "the links in mails sent until now lead nowhere any more");
    }),
};

/** Mails are small; a report that carries a large one back is read up to here. */
const mostBytes = 2_000_000;

export const subscribersBounceCommand: Command = {
  name: "subscribers bounce",
  summary:
    "take a mail that came back, from stdin: a bounce, a complaint, or a wish to unsubscribe",
  options: { ...formatOptions, ...ledgerOptions },
  examples: [
    "newsledger subscribers bounce < returned.eml",
    '"|newsledger subscribers bounce"   as the delivery command of the bounce mailbox',
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of terminal.stdin) {
        if (size < mostBytes) chunks.push(Buffer.from(chunk as Buffer));
        size += (chunk as Buffer).length;
      }
      const mail = Buffer.concat(chunks).subarray(0, mostBytes).toString("latin1");
      const taken = await takeReturn(db, mail);
      printRows(
        terminal,
        formatOf(args.options),
        [taken],
        [
          { title: "outcome", value: ({ outcome }) => outcome },
          { title: "", value: ({ sentence }) => sentence },
        ],
      );
    }),
};
