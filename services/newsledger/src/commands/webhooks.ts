import {
  addWebhook,
  channelNames,
  enableWebhook,
  guardedPost,
  listWebhooks,
  receiverCheck,
  releaseSuspended,
  removeWebhook,
  resend,
  rotateSecret,
  testWebhook,
  type Webhook,
} from "@newsledger/alerts";
import { installationVault } from "@newsledger/host";
import { alertMail } from "../alert-mail.ts";
import { type Command, repeated } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { openFetcher, roadsOf } from "../outbound.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note, print } from "../terminal.ts";

const options = { ...formatOptions, ...ledgerOptions };

export const webhooksAddCommand: Command = {
  name: "webhooks add",
  summary: "send alerts to an address: a program, a chat, a mailbox",
  words: "<address>",
  minWords: 1,
  options: {
    rule: {
      type: "string",
      value: "RULE",
      multiple: true,
      meaning: "only alerts of this rule (may be repeated)",
    },
    channel: {
      type: "string",
      value: "NAME",
      meaning: `what is behind the address, where it does not show: ${channelNames.join(", ")}`,
    },
    ...options,
  },
  examples: [
    "newsledger webhooks add https://example.org/hooks/newsledger   # signed; shows the secret, once",
    "newsledger webhooks add https://hooks.slack.com/services/T0/B0/xyz",
    "newsledger webhooks add https://discord.com/api/webhooks/1/xyz",
    "newsledger webhooks add 'https://api.telegram.org/bot123:abc/sendMessage?chat_id=-100123'",
    "newsledger webhooks add https://ntfy.example.org/my-topic --channel ntfy",
    "newsledger webhooks add mailto:family@example.org",
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db, config }) => {
        const [url = ""] = args.words;
        const rules = repeated(args, "rule");
        const { channel } = args.options;
        const added = await addWebhook(
          db,
          {
            url,
            rules: rules.length > 0 ? rules : null,
            ...(typeof channel === "string" ? { channel } : {}),
          },
          {
            checkUrl: receiverCheck(config.allowHosts, roadsOf(config)),
            vault: installationVault(config),
          },
        );
        printRows(
          terminal,
          formatOf(args.options),
          [added],
          [
            { title: "webhook", value: ({ webhookId }) => webhookId },
            { title: "channel", value: (row) => row.channel },
            { title: "secret", value: ({ secret }) => secret ?? "none" },
          ],
        );
        note(terminal, added.secret === null ? inChat(added.webhookId) : signed);
      },
      { create: true },
    ),
};

const signed =
  "Keep the secret now, it is not shown again. Messages are signed by Standard Webhooks: any of its libraries verifies them.";
const inChat = (webhookId: string): string => `Try it out: newsledger webhooks test ${webhookId}`;

export const webhooksListCommand: Command = {
  name: "webhooks list",
  summary: "the addresses that get alerts, whether they work, and what they missed",
  options,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      printRows(terminal, formatOf(args.options), await listWebhooks(db), [
        { title: "webhook", value: ({ webhookId }) => webhookId },
        { title: "channel", value: ({ channel }) => channel },
        { title: "state", value: stateOf },
        { title: "missed", value: ({ missed }) => (missed === 0 ? "" : String(missed)) },
        { title: "rules", value: ({ rules }) => rules?.join(", ") ?? "all" },
        { title: "address", value: ({ url }) => url },
        { title: "reason", value: ({ disabledReason }) => disabledReason ?? "" },
      ]);
    }),
};

function stateOf({ enabled, failingSince }: Webhook): string {
  if (!enabled) return "off";
  return failingSince === null
    ? "on"
    : `failing since ${failingSince.toISOString().slice(0, 16).replace("T", " ")}`;
}

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
  summary: "switch an address on again that was switched off, and send what it missed",
  words: "<webhook>",
  minWords: 1,
  options: {
    replay: { type: "boolean", meaning: "send what it missed, oldest first" },
    ...ledgerOptions,
  },
  examples: ["newsledger webhooks enable w7f2k --replay"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const [webhookId = ""] = args.words;
      await enableWebhook(db, webhookId);
      const missed = (await listWebhooks(db)).find((one) => one.webhookId === webhookId)?.missed;
      if (args.options.replay) {
        const planned = await resend(db, { webhookId });
        note(terminal, `on again; ${planned.length} planned; a running Newsledger sends them`);
      } else if (missed)
        note(
          terminal,
          `on again; it missed ${missed}: newsledger webhooks resend --failed ${webhookId} sends them`,
        );
      else note(terminal, "on again; it missed nothing");
    }),
};

export const webhooksRotateCommand: Command = {
  name: "webhooks rotate",
  summary: "make a new signing secret; for a day both sign",
  words: "<webhook>",
  minWords: 1,
  options,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, config }) => {
      const vault = installationVault(config);
      const rotated = await rotateSecret(db, args.words[0] ?? "", { vault });
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
  summary: "send one test message now, and show the answer",
  words: "<webhook>",
  minWords: 1,
  options,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, config }) => {
      const { post } = openFetcher(config);
      const outcome = await testWebhook(db, args.words[0] ?? "", {
        roads: {
          post: guardedPost(post, config.allowHosts),
          sendMail: alertMail(config),
        },
        vault: installationVault(config),
      });
      if (formatOf(args.options) === "table") {
        const how = outcome.status === null ? "" : ` with ${outcome.status}`;
        print(terminal, outcome.accepted ? `accepted${how}` : `refused: ${outcome.error}`);
      } else print(terminal, JSON.stringify(outcome));
      if (!outcome.accepted) throw new Error("the receiver did not accept the test message");
    }),
};

export const webhooksReleaseCommand: Command = {
  name: "webhooks release",
  summary: "send what a restored backup holds back",
  words: "[webhook]",
  maxWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const released = await releaseSuspended(db, args.words[0] ?? null);
      note(terminal, `${released} released; a running Newsledger sends them`);
    }),
};
