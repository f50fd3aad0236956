import { readFile } from "node:fs/promises";
import { createFetcher, findFeeds, parseFeed, secondOpinion } from "@newsledger/feeds";
import { loadConfig } from "@newsledger/host";
import {
  exportOpml,
  type FeedView,
  importOpml,
  impressionOf,
  listFeeds,
  pauseFeed,
  removeFeed,
  requestPoll,
  resumeFeed,
} from "@newsledger/poller";
import { type Command, type OptionSpecs, UsageError } from "../command.ts";
import { checkFeed, findings } from "../feed-check.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note, print } from "../terminal.ts";
import { userAgent } from "../user-agent.ts";

export const historyOption: OptionSpecs = {
  history: {
    type: "boolean",
    meaning: "what it holds now is history: kept and matched, but no alert",
  },
};

const feedsRemoveCommand: Command = {
  name: "feeds remove",
  summary: "follow a feed no more; what it brought stays",
  words: "<feed or url>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, log }) => {
      const [feed = ""] = args.words;
      if (!(await removeFeed(db, log, feed)))
        throw new Error(`no feed ${feed}: see newsledger feeds list`);
    }),
};

const feedsPauseCommand: Command = {
  name: "feeds pause",
  summary: "stop polling a feed and keep it in the list, as off",
  words: "<feed or url>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async (place) => {
      const [feed = ""] = args.words;
      if (!(await pauseFeed(place, feed)))
        throw new Error(`no feed ${feed} is being polled: see newsledger feeds list`);
    }),
};

const feedsResumeCommand: Command = {
  name: "feeds resume",
  summary: "poll a feed again that was paused, is off or has retired",
  words: "<feed or url>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async (place) => {
      const [feed = ""] = args.words;
      const found = await resumeFeed(place, feed);
      if (!found) throw new Error(`no feed ${feed}: see newsledger feeds list`);
      note(terminal, found.resumed ? "it is due now" : "it was being polled already");
    }),
};

const feedsListCommand: Command = {
  name: "feeds list",
  summary: "every feed, how it is, and when it is polled next",
  options: {
    trouble: { type: "boolean", meaning: "only those that are not well" },
    ...formatOptions,
    ...ledgerOptions,
  },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const all = await listFeeds(db);
      const rows = args.options.trouble ? all.filter(({ reason }) => reason !== null) : all;
      const time = (date: Date | null) => date?.toISOString().slice(0, 16).replace("T", " ") ?? "";
      printRows(terminal, formatOf(args.options), rows, [
        { title: "feed", value: (row: FeedView) => row.feedId },
        {
          title: "state",
          value: (row) => (row.state === "ok" ? (row.concern ?? "ok") : row.state),
        },
        { title: "items", value: (row) => String(row.items) },
        { title: "last good poll", value: (row) => time(row.lastSuccessAt) },
        { title: "next poll", value: (row) => time(row.nextPollAt) },
        { title: "title", value: (row) => row.title },
        { title: "reason", value: (row) => row.reason ?? "" },
        { title: "address", value: (row) => row.url },
      ]);
      if (rows.length === 0)
        note(terminal, args.options.trouble ? "all feeds are well" : "no feeds yet");
    }),
};

const feedsImportCommand: Command = {
  name: "feeds import",
  summary: "follow the feeds of an OPML list (a file, or - for stdin)",
  words: "<file>",
  minWords: 1,
  options: { ...historyOption, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db, log }) => {
        const [file = "-"] = args.words;
        const bytes = file === "-" ? await whole(terminal.stdin) : await readFile(file);
        const history = args.options.history === true;
        const { added, known, problems } = await importOpml(db, log, bytes, { history });
        for (const problem of problems) note(terminal, problem);
        note(terminal, `${added} added, ${known} were there already`);
      },
      { create: true },
    ),
};

const feedsExportCommand: Command = {
  name: "feeds export",
  summary: "write the feeds to stdout as an OPML list",
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, clock }) =>
      print(terminal, await exportOpml(db, clock.now())),
    ),
};

const feedsPollCommand: Command = {
  name: "feeds poll",
  summary: "poll a feed, or all of them, without waiting for their time",
  words: "[feed or url]",
  maxWords: 1,
  minWords: 0,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const [feed] = args.words;
      const due = await requestPoll(db, feed ?? "all");
      if (feed !== undefined && due === 0)
        throw new Error(`no feed ${feed}: see newsledger feeds list`);
      note(terminal, `${due} due now; a running Newsledger polls them`);
    }),
};

const feedsCheckCommand: Command = {
  name: "feeds check",
  summary: "explain a feed like a doctor: what comes, what is in it, what is wrong",
  words: "<url>",
  minWords: 1,
  options: formatOptions,
  async run(args, terminal) {
    const config = loadConfig({ env: terminal.env, cwd: terminal.cwd });
    await using fetcher = createFetcher({
      allowHosts: config.allowHosts,
      userAgent: userAgent(config),
    });
    const [asked = ""] = args.words;
    const meant = await findFeeds(fetcher, asked);
    const url = meant.kind === "page" ? (meant.feeds[0] ?? asked) : asked;
    if (url !== asked) note(terminal, `${asked} is a page; its feed is ${url}`);
    const readers = { fetcher, parseFeed, secondOpinion, impressionOf };
    const checked = await checkFeed(url, readers, new Date());
    if (formatOf(args.options) === "table")
      for (const line of findings(checked)) print(terminal, line);
    else print(terminal, JSON.stringify(checked));
    if (!checked.readable) throw new Error("this address cannot be followed as it is");
  },
};

/** What people do with the feeds they follow. */
export const feedCommands: readonly Command[] = [
  feedsRemoveCommand,
  feedsPauseCommand,
  feedsResumeCommand,
  feedsListCommand,
  feedsImportCommand,
  feedsExportCommand,
  feedsPollCommand,
  feedsCheckCommand,
];

async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > 16 << 20) throw new UsageError("the list is larger than 16 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
