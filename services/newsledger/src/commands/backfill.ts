import { backfillFeed } from "@newsledger/poller";
import { type Command, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { openFetcher } from "../outbound.ts";
import { note } from "../terminal.ts";

const mostPages = 1_000;

export const feedsBackfillCommand: Command = {
  name: "feeds backfill",
  summary: "read what a feed's publisher still has of its past; it is history, and raises no alert",
  words: "<feed or url>",
  minWords: 1,
  options: {
    pages: { type: "string", value: "N", meaning: "how many pages at most (default 10)" },
    from: {
      type: "string",
      value: "URL",
      meaning: "begin with this document instead, e.g. a news sitemap",
    },
    ...ledgerOptions,
  },
  examples: ["newsledger feeds backfill https://example.org/feed/ --pages 50"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ config, db, log }) => {
      const [feed = ""] = args.words;
      const { pages, from } = args.options;
      await using fetcher = openFetcher(config);
      const done = await backfillFeed({ db, log, config, fetcher }, feed, {
        pages: pagesOf(pages),
        from: typeof from === "string" ? from : undefined,
      });
      note(terminal, `${done.added} items added; pages read: ${done.pages}. ${done.ended}`);
    }),
};

function pagesOf(value: unknown): number {
  const pages = Number(value ?? 10);
  if (!Number.isInteger(pages) || pages < 1 || pages > mostPages)
    throw new UsageError(`--pages takes a whole number from 1 to ${mostPages}`);
  return pages;
}
