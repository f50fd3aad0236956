import {
  type IssueLine,
  listIssues,
  type Press,
  previewDigest,
  sendNow,
  showIssue,
} from "@newsledger/digest";
import { type Command, type OptionSpecs, repeated, UsageError } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note, print } from "../terminal.ts";

const pressOf = ({ db, log, topics, config }: Ledger): Press => ({
  db,
  log,
  topics,
  publicUrl: config.publicUrl,
  mailFrom: config.mailFrom,
});

const formOption: OptionSpecs = {
  html: { type: "boolean", meaning: "the HTML part instead of the text part" },
};

export const digestPreviewCommand: Command = {
  name: "digest preview",
  summary: "what the next digest of a reader, or of topics, would say now",
  words: "[email]",
  maxWords: 1,
  minWords: 0,
  options: {
    topic: {
      type: "string",
      short: "t",
      value: "TOPIC",
      multiple: true,
      meaning: "of these topics, over the whole ledger",
    },
    ...formOption,
    ...ledgerOptions,
  },
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const [email] = args.words;
      const topics = repeated(args, "topic");
      if ((email === undefined) === (topics.length === 0)) {
        throw new UsageError("newsledger digest preview takes a reader's address, or --topic");
      }
      const rendered = await previewDigest(
        pressOf(ledger),
        email ? { subscription: email } : { topics },
      );
      if (!rendered) note(terminal, "nothing new: no mail would be sent");
      else
        print(
          terminal,
          args.options.html ? rendered.html : `Subject: ${rendered.subject}\n\n${rendered.text}`,
        );
    }),
};

export const digestSendCommand: Command = {
  name: "digest send",
  summary: "send a reader's digest now, out of turn",
  words: "<email>",
  minWords: 1,
  options: { ...formatOptions, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const composed = await sendNow(pressOf(ledger), args.words[0] ?? "");
      if (composed.outcome !== "planned") {
        note(terminal, "nothing new: no mail is sent");
        return;
      }
      const { issueId, stories } = composed;
      if (formatOf(args.options) === "table") print(terminal, issueId);
      else print(terminal, JSON.stringify({ issueId, stories }));
      note(
        terminal,
        `${stories} ${stories === 1 ? "story" : "stories"} composed; a running Newsledger sends it`,
      );
    }),
};

export const digestListCommand: Command = {
  name: "digest list",
  summary: "every digest that was composed, and what became of it",
  options: { ...formatOptions, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      printRows(terminal, formatOf(args.options), await listIssues(db), [
        { title: "digest", value: (row: IssueLine) => row.issueId },
        { title: "state", value: (row) => row.state },
        { title: "composed", value: (row) => row.composedAt.toISOString().slice(0, 16) },
        { title: "sent", value: (row) => row.sentAt?.toISOString().slice(0, 16) ?? "" },
        { title: "stories", value: (row) => String(row.stories) },
        { title: "subject", value: (row) => row.subject ?? "" },
        { title: "reason", value: (row) => row.reason ?? "" },
      ]);
    }),
};

export const digestShowCommand: Command = {
  name: "digest show",
  summary: "one digest again, exactly as it was sent",
  words: "<digest>",
  minWords: 1,
  options: { ...formOption, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const issue = await showIssue(db, args.words[0] ?? "");
      if (args.options.html) print(terminal, issue.html ?? "");
      else print(terminal, `Subject: ${issue.subject ?? "(nothing new)"}\n\n${issue.text ?? ""}`);
    }),
};
