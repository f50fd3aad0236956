import { createFetcher, findFeeds, type Reader } from "@newsledger/feeds";
import { addFeed } from "@newsledger/poller";
import { type Command, UsageError } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note, type Terminal } from "../terminal.ts";
import { userAgent } from "../user-agent.ts";
import { historyOption } from "./feeds.ts";

export const feedsAddCommand: Command = {
  name: "feeds add",
  summary: "follow a feed; for a site, the feed that it names",
  words: "<url>",
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
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db, log, config }) => {
        const { title, language, history, reader } = args.options;
        const [asked = ""] = args.words;
        const added = await addFeed(db, log, {
          url: args.options["as-is"] ? asked : await feedMeantBy(asked, config, terminal),
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
  await using fetcher = createFetcher({
    allowHosts: config.allowHosts,
    userAgent: userAgent(config),
  });
  const found = await findFeeds(fetcher, address);
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
