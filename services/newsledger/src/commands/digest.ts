import {
  configuredTransport,
  dnsRecord,
  type IssueLine,
  listIssues,
  previewDigest,
  releaseMail,
  type SendResult,
  sendAgain,
  sendNow,
  sendTest,
  showIssue,
} from "@newsledger/digest";
import { loadConfig } from "@newsledger/host";
import { type Args, type Command, type OptionSpecs, repeated, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note, print, type Terminal } from "../terminal.ts";
import { pressOfLedger } from "./press.ts";

const formOption: OptionSpecs = {
  html: { type: "boolean", meaning: "the HTML part instead of the text part" },
};

const topicOption: OptionSpecs = {
  topic: {
    type: "string",
    short: "t",
    value: "TOPIC",
    multiple: true,
    meaning: "of these topics, over the whole ledger",
  },
  language: { type: "string", value: "LANG", meaning: "with --topic: en or es (default en)" },
};

/** A reader's next digest, or one of topics: whichever was named. */
function whichOf(args: Args, command: string) {
  const [email] = args.words;
  const topics = repeated(args, "topic");
  if ((email === undefined) === (topics.length === 0))
    throw new UsageError(`newsledger ${command} takes a reader's address, or --topic`);
  const language = args.options.language === "es" ? ("es" as const) : ("en" as const);
  return email === undefined ? { topics, language } : { subscription: email };
}

export const digestPreviewCommand: Command = {
  name: "digest preview",
  summary: "what the next digest of a reader, or of topics, would say now",
  words: "[email]",
  maxWords: 1,
  minWords: 0,
  options: {
    ...topicOption,
    ...formOption,
    ...ledgerOptions,
  },
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const rendered = await previewDigest(pressOfLedger(ledger), whichOf(args, "digest preview"));
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
      const composed = await sendNow(pressOfLedger(ledger), args.words[0] ?? "");
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
        { title: "kind", value: (row) => row.kind },
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
    withLedger(args, terminal, async ({ db, config }) => {
      const issue = await showIssue(db, args.words[0] ?? "", config.publicUrl);
      if (args.options.html) print(terminal, issue.html ?? "");
      else print(terminal, `Subject: ${issue.subject ?? "(nothing new)"}\n\n${issue.text ?? ""}`);
    }),
};

export const digestTestCommand: Command = {
  name: "digest test",
  summary:
    "mail the next digest of a reader, or of topics, to an address of choice; changes nothing",
  words: "[email]",
  maxWords: 1,
  options: {
    to: { type: "string", value: "EMAIL", meaning: "where to (default: the reader)" },
    ...topicOption,
    ...ledgerOptions,
  },
  examples: ["newsledger digest test ana@example.org --to me@example.org"],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const to = typeof args.options.to === "string" ? args.options.to : args.words[0];
      if (to === undefined) throw new UsageError("newsledger digest test --topic needs --to");
      const which = whichOf(args, "digest test");
      const transport = configuredTransport(ledger.config);
      const result = await sendTest(pressOfLedger(ledger), transport, which, to);
      if (result === null) note(terminal, "nothing new: there is no digest to send");
      else report(terminal, result, ledger.config);
    }),
};

export const digestResendCommand: Command = {
  name: "digest resend",
  summary: "send a digest that was sent once more to its reader, as it was",
  words: "<digest>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const transport = configuredTransport(ledger.config);
      const result = await sendAgain(pressOfLedger(ledger), transport, args.words[0] ?? "");
      report(terminal, result, ledger.config);
    }),
};

/** How a mail sent by hand ended; one that was not taken is a failed command. */
function report(
  terminal: Terminal,
  result: SendResult,
  { smtpUrl, dataDir }: { smtpUrl?: string | undefined; dataDir: string },
): void {
  if (result.outcome === "unknown")
    throw new Error(`handed over, and the answer was lost: it may have arrived (${result.reason})`);
  if (result.outcome !== "sent") throw new Error(`not sent: ${result.reason}`);
  note(terminal, smtpUrl ? "sent" : `written to ${dataDir}/mail`);
}

export const digestReleaseCommand: Command = {
  name: "digest release",
  summary: "send digests again after the ledger was restored from a backup or moved",
  options: {
    tell: {
      type: "boolean",
      meaning:
        "tell readers everything since the backup, though they may have had it; without it they start from now",
    },
    ...ledgerOptions,
  },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, log }) => {
      const tell = args.options.tell === true;
      const { dropped } = await releaseMail(db, { tell, position: await log.safePosition() });
      note(
        terminal,
        tell
          ? "digests are sent again, with everything since the backup"
          : `digests are sent again, with what is new from now on; ${dropped} that waited were dropped`,
      );
    }),
};

export const digestDkimCommand: Command = {
  name: "digest dkim",
  summary: "the DNS record that lets receivers check the signature of mails",
  run: async (_args, terminal) => {
    const { dkimKey, dkimSelector, dkimDomain, mailFrom } = loadConfig({
      env: terminal.env,
      cwd: terminal.cwd,
    });
    if (dkimKey === undefined)
      throw new UsageError(
        "mails are not signed: make a key with openssl genrsa -out dkim.pem 2048, and set DKIM_KEY_FILE=dkim.pem",
      );
    const { name, value } = dnsRecord({
      key: dkimKey,
      selector: dkimSelector,
      domain: dkimDomain,
      mailFrom,
    });
    print(terminal, `${name}  TXT  "${value}"`);
  },
};
