import {
  addWebhook,
  type Delivery,
  deliveryLog,
  enableWebhook,
  listWebhooks,
  removeWebhook,
  resend,
  rotateSecret,
  testWebhook,
} from "@newsledger/alerts";
import { checkAddress, createFetcher } from "@newsledger/feeds";
import { type Command, repeated, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note, print } from "../terminal.ts";
import { userAgent } from "../user-agent.ts";

const options = { ...formatOptions, ...ledgerOptions };

export const webhooksAddCommand: Command = {
  name: "webhooks add",
  summary: "send alerts to an address; shows the signing secret, once",
  words: "<url>",
  minWords: 1,
  options: {
    rule: {
      type: "string",
      value: "RULE",
      multiple: true,
      meaning: "only alerts of this rule (may be repeated)",
    },
    ...options,
  },
  examples: ["newsledger webhooks add https://example.org/hooks/newsledger"],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db, config }) => {
        const [url = ""] = args.words;
        const rules = repeated(args, "rule");
        const added = await addWebhook(
          db,
          { url, rules: rules.length > 0 ? rules : null },
          { checkUrl: (address) => checkAddress(address, { allowHosts: config.allowHosts }) },
        );
        printRows(
          terminal,
          formatOf(args.options),
          [{ ...added, url }],
          [
            { title: "webhook", value: ({ webhookId }) => webhookId },
            { title: "address", value: (row) => row.url },
            { title: "secret", value: ({ secret }) => secret },
          ],
        );
        note(
          terminal,
          "Keep the secret now, it is not shown again. Messages are signed by Standard Webhooks: any of its libraries verifies them.",
        );
      },
      { create: true },
    ),
};

export const webhooksListCommand: Command = {
  name: "webhooks list",
  summary: "the addresses that get alerts, and whether they work",
  options,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      printRows(terminal, formatOf(args.options), await listWebhooks(db), [
        { title: "webhook", value: ({ webhookId }) => webhookId },
        {
          title: "state",
          value: (row) => (row.enabled ? (row.failingSince ? "failing" : "on") : "off"),
        },
        { title: "rules", value: ({ rules }) => rules?.join(", ") ?? "all" },
        { title: "address", value: ({ url }) => url },
        { title: "reason", value: ({ disabledReason }) => disabledReason ?? "" },
      ]);
    }),
};

export const webhooksRemoveCommand: Command = {
  name: "webhooks remove",
  summary: "send no more alerts to an address",
  words: "<webhook>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, ({ db }) => removeWebhook(db, args.words[0] ?? "")),
};

export const webhooksEnableCommand: Command = {
  name: "webhooks enable",
  summary: "switch an address on again that was switched off",
  words: "<webhook>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, ({ db }) => enableWebhook(db, args.words[0] ?? "")),
};

export const webhooksRotateCommand: Command = {
  name: "webhooks rotate",
  summary: "make a new secret; for a day both sign",
  words: "<webhook>",
  minWords: 1,
  options,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const rotated = await rotateSecret(db, args.words[0] ?? "");
      printRows(
        terminal,
        formatOf(args.options),
        [rotated],
        [{ title: "secret", value: ({ secret }) => secret }],
      );
    }),
};

export const webhooksTestCommand: Command = {
  name: "webhooks test",
  summary: "send one signed test message now, and show the answer",
  words: "<webhook>",
  minWords: 1,
  options,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, config }) => {
      const { post } = createFetcher({
        allowHosts: config.allowHosts,
        userAgent: userAgent(config),
      });
      const outcome = await testWebhook(db, args.words[0] ?? "", { post });
      if (formatOf(args.options) === "table") {
        print(
          terminal,
          outcome.accepted ? `accepted with ${outcome.status}` : `refused: ${outcome.error}`,
        );
      } else print(terminal, JSON.stringify(outcome));
      if (!outcome.accepted) throw new Error("the receiver did not accept the test message");
    }),
};

export const webhooksLogCommand: Command = {
  name: "webhooks log",
  summary: "every delivery, its attempts and the answers",
  words: "[webhook]",
  maxWords: 1,
  options: {
    limit: { type: "string", value: "N", meaning: "at most N deliveries (default 50)" },
    ...options,
  },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const [webhookId] = args.words;
      const limit = Number(args.options.limit ?? 50);
      if (!Number.isInteger(limit) || limit < 1)
        throw new UsageError("--limit takes a number from 1");
      const rows = await deliveryLog(db, { limit, ...(webhookId ? { webhookId } : {}) });
      const last = (row: Delivery) => row.attempts.at(-1);
      printRows(terminal, formatOf(args.options), rows, [
        { title: "delivery", value: ({ deliveryId }) => deliveryId },
        { title: "state", value: ({ state }) => state },
        { title: "attempts", value: ({ attempts }) => String(attempts.length) },
        { title: "planned", value: ({ createdAt }) => createdAt.toISOString() },
        { title: "status", value: (row) => String(last(row)?.status ?? "") },
        { title: "error", value: (row) => last(row)?.error ?? "" },
      ]);
    }),
};

export const webhooksResendCommand: Command = {
  name: "webhooks resend",
  summary: "send one delivery again, or all that failed",
  words: "[delivery]",
  maxWords: 1,
  options: {
    failed: { type: "string", value: "WEBHOOK", meaning: "all that this webhook did not get" },
    ...ledgerOptions,
  },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const [deliveryId] = args.words;
      const { failed } = args.options;
      if ((deliveryId === undefined) === (typeof failed !== "string")) {
        throw new UsageError("newsledger webhooks resend takes a delivery, or --failed WEBHOOK");
      }
      const planned = await resend(
        db,
        deliveryId !== undefined ? { deliveryId } : { webhookId: String(failed) },
      );
      note(terminal, `${planned.length} planned; a running Newsledger sends them`);
    }),
};
