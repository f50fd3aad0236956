import { findFeeds, localAddress, type Reader } from "@newsledger/feeds";
import { addFeed } from "@newsledger/poller";
import { type Command, UsageError } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { openFetcher } from "../outbound.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note, type Terminal } from "../terminal.ts";
import { historyOption, withScheme } from "./feeds.ts";

export const feedsAddCommand: Command = {
  name: "feeds add",
  summary:
    "follow a feed; for a site, the feed that it names; a file or a mailbox of this machine, too",
  words: "<url or path>",
  minWords: 1,
  options: {
    title: { type: "string", value: "TEXT", meaning: "how to call it (default: its own title)" },
    language: {
      type: "string",
      value: "LANG",
      meaning: "its language, where it does not say (en, es)",
    },
    reader: {
      type: "string",
      value: "NAME",
      meaning: "who reads it: own (default, tolerant) or rss-parser",
    },
    "as-is": { type: "boolean", meaning: "take the address as it is, without a look at it" },
    ...historyOption,
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    "newsledger feeds add https://example.org/feed.xml --history",
    "newsledger feeds add https://example.org/",
    "newsledger feeds add ./cables.ndjson --title Cables",
    'newsledger feeds add /var/mail/agencies/ --title "Press offices"',
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db, log, config }) => {
        const { title, language, history, reader } = args.options;
        const [typed = ""] = args.words;
        const local = await localAddress(typed, terminal.cwd);
        const asked = withScheme(typed);
        const added = await addFeed(db, log, {
          url:
            local ?? (args.options["as-is"] ? asked : await feedMeantBy(asked, config, terminal)),
          local: local !== null,
          title: typeof title === "string" ? title : undefined,
          language: typeof language === "string" ? language : null,
          history: history === true,
          reader: readerOf(reader),
        });
        printRows(
          terminal,
          formatOf(args.options),
          [added],
          [
            { title: "feed", value: ({ feedId }) => feedId },
            {
              title: "",
              value: (row) =>
                row.added ? "added; a running Newsledger polls it now" : "was there already",
            },
          ],
        );
      },
      { create: true },
    ),
};

/** People know sites by heart, and feeds hardly ever. */
async function feedMeantBy(
  address: string,
  config: Ledger["config"],
  terminal: Terminal,
): Promise<string> {
  if (!/^https?:/i.test(address.trim())) return address;
  await using fetcher = openFetcher(config);
  const timeoutMs = config.poller.timeoutSeconds * 1000;
  const found = await findFeeds({ feed: (url) => fetcher.feed(url, { timeoutMs }) }, address);
  if (found.kind === "feed") return address;
  if (found.kind === "none") {
    if (found.answered)
      throw new Error(`${found.reason} To follow the address all the same: --as-is`);
    note(terminal, `${found.reason} It is followed all the same, and tried again.`);
    return address;
  }
  const [best = address, ...others] = found.feeds;
  note(terminal, `${address} is a page; its feed is ${best}`);
  for (const other of others) note(terminal, `it also names ${other}`);
  return best;
}

function readerOf(name: unknown): Reader | undefined {
  if (name === undefined || name === "own" || name === "rss-parser") return name;
  throw new UsageError("--reader takes own or rss-parser");
}
