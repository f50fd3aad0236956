import {
  type Delivery,
  type DeliveryFilter,
  type DeliveryState,
  deliveryLog,
  deliveryStates,
  resend,
} from "@newsledger/alerts";
import { type Args, type Command, type OptionSpecs, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note } from "../terminal.ts";

const range: OptionSpecs = {
  since: {
    type: "string",
    value: "TIME",
    meaning: "planned at or after this (a day, or ISO 8601)",
  },
  until: { type: "string", value: "TIME", meaning: "planned before this" },
};

export const webhooksLogCommand: Command = {
  name: "webhooks log",
  summary: "every delivery, its attempts and the answers",
  words: "[webhook]",
  maxWords: 1,
  options: {
    state: { type: "string", value: "STATE", meaning: `only ${deliveryStates.join(", ")}` },
    kind: { type: "string", value: "TYPE", meaning: "only messages of this type: alert.raised …" },
    ...range,
    limit: { type: "string", value: "N", meaning: "at most N deliveries (default 50)" },
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    "newsledger webhooks log --state failed --since 2026-11-01",
    "newsledger webhooks log w7f2k --json   # with every attempt and the first 4 KB of each answer",
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const limit = Number(args.options.limit ?? 50);
      if (!Number.isInteger(limit) || limit < 1)
        throw new UsageError("--limit takes a number from 1");
      const rows = await deliveryLog(db, { limit, ...filterOf(args, args.words[0]) });
      const last = (row: Delivery) => row.attempts.at(-1);
      printRows(terminal, formatOf(args.options), rows, [
        { title: "delivery", value: ({ deliveryId }) => deliveryId },
        { title: "type", value: ({ kind }) => kind },
        { title: "state", value: ({ state }) => state },
        { title: "attempts", value: ({ attempts }) => String(attempts.length) },
        { title: "planned", value: ({ createdAt }) => createdAt.toISOString() },
        { title: "status", value: (row) => String(last(row)?.status ?? "") },
        { title: "error", value: (row) => last(row)?.error ?? row.note ?? "" },
      ]);
    }),
};

export const webhooksResendCommand: Command = {
  name: "webhooks resend",
  summary: "send again: one delivery, a range, or all that failed",
  words: "[delivery]",
  maxWords: 1,
  options: {
    failed: {
      type: "string",
      value: "WEBHOOK",
      meaning: 'all that this webhook did not get; "all" for every webhook',
    },
    webhook: {
      type: "string",
      value: "WEBHOOK",
      meaning: "with --since: all that it was to get in that time, arrived or not",
    },
    ...range,
    ...ledgerOptions,
  },
  examples: [
    "newsledger webhooks resend d4m2q",
    "newsledger webhooks resend --failed w7f2k",
    "newsledger webhooks resend --failed all --since 2026-11-20",
    "newsledger webhooks resend --webhook w7f2k --since 2026-11-20 --until 2026-11-21",
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const planned = await resend(db, whichOf(args));
      note(
        terminal,
        `${planned.length} planned, each under the webhook-id it had; a running Newsledger sends them`,
      );
    }),
};

function whichOf(args: Args) {
  const [deliveryId] = args.words;
  const { failed, webhook, since } = args.options;
  const ways = [deliveryId, failed, webhook].filter((way) => way !== undefined);
  if (ways.length !== 1)
    throw new UsageError(
      "newsledger webhooks resend takes a delivery, or --failed WEBHOOK, or --webhook WEBHOOK with --since TIME",
    );
  if (deliveryId !== undefined) return { deliveryId };
  if (typeof failed === "string") return filterOf(args, failed === "all" ? undefined : failed);
  if (since === undefined) throw new UsageError("--webhook needs --since TIME");
  return { ...filterOf(args, String(webhook)), arrived: true };
}

function filterOf(args: Args, webhookId: string | undefined): DeliveryFilter {
  const { state, kind } = args.options;
  if (typeof state === "string" && !isState(state))
    throw new UsageError(`--state takes ${deliveryStates.join(", ")}, got ${state}`);
  return {
    webhookId,
    states: typeof state === "string" ? [state as DeliveryState] : undefined,
    kind: typeof kind === "string" ? kind : undefined,
    since: timeOf(args, "since"),
    until: timeOf(args, "until"),
  };
}

const isState = (text: string): boolean => (deliveryStates as readonly string[]).includes(text);

function timeOf({ options }: Args, name: string): Date | undefined {
  const text = options[name];
  if (typeof text !== "string") return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new UsageError(`--${name} takes a day (2026-11-20) or a time (ISO 8601), got ${text}`);
  return time;
}
