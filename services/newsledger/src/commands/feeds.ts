import { readFile } from "node:fs/promises";
import {
  findFeeds,
  localAddress,
  parseFeed,
  proxyFor,
  readLocal,
  secondOpinion,
} from "@newsledger/feeds";
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
import { type Args, type Command, type OptionSpecs, UsageError } from "../command.ts";
import { checkFeed, findings } from "../feed-check.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { openFetcher, roadsOf } from "../outbound.ts";
import { formatOf, formatOptions, printable, printRows } from "../output.ts";
import { note, print, type Terminal } from "../terminal.ts";

export const historyOption: OptionSpecs = {
  history: {
    type: "boolean",
    meaning: "what it holds now is history: kept and matched, but no alert",
  },
};

/** To the minute, in UTC. */
export const minute = (time: Date | null): string =>
  time?.toISOString().slice(0, 16).replace("T", " ") ?? "";

/** A followed feed as a person names it: by its id or address, or by its path on this machine. */
export async function named({ words }: Args, { cwd }: Terminal): Promise<string> {
  const [feed = ""] = words;
  return (await localAddress(feed, cwd)) ?? feed;
}

/** `gazette.example/feed` is meant as an address of the web. */
export const withScheme = (address: string): string =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?(\/\S*)?$/i.test(address)
    ? `https://${address}`
    : address;

const feedsRemoveCommand: Command = {
  name: "feeds remove",
  summary: "follow a feed no more; what it brought stays",
  words: "<feed or url>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, log }) => {
      const feed = await named(args, terminal);
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
      const feed = await named(args, terminal);
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
      const feed = await named(args, terminal);
      const found = await resumeFeed(place, feed);
      if (!found) throw new Error(`no feed ${feed}: see newsledger feeds list`);
      note(terminal, found.resumed ? "it is due now" : "it was being polled already");
    }),
};

/** Words for the table; the other forms carry the states as programs know them. */
const stateWords: Readonly<Record<string, string>> = {
  new: "not asked yet",
  degraded: "in trouble",
  dead: "no answer",
  retired: "gone",
  "never-read": "never read",
  old: "old news",
  "a-list": "a list",
  undated: "no dates",
  "other-content": "changed",
};

function stateOf({ state, concern, failures, closedRoad }: FeedView): string {
  if (closedRoad && state !== "off") return "no way out";
  if (state === "new" && failures > 0) return "failing";
  const named = state === "ok" ? (concern ?? "ok") : state;
  return stateWords[named] ?? named;
}

const widestTitle = 40;
const shortened = (title: string): string =>
  title.length > widestTitle ? `${title.slice(0, widestTitle - 1)}…` : title;

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
      printRows(terminal, formatOf(args.options), rows, [
        { title: "title", value: (row: FeedView) => shortened(row.title) },
        { title: "state", value: stateOf },
        { title: "items", value: (row) => String(row.items) },
        { title: "last good answer", value: (row) => minute(row.lastSuccessAt) },
        { title: "next (UTC)", value: (row) => minute(row.nextPollAt) },
        { title: "why", value: (row) => row.reason ?? "" },
        { title: "address", value: (row) => row.url },
      ]);
      note(terminal, summary(all, args.options.trouble === true));
    }),
};

/** "154 feeds: 140 ok, 12 in trouble, 2 gone", in the order of the list. */
function summary(feeds: readonly FeedView[], onlyTrouble: boolean): string {
  if (feeds.length === 0) return "no feeds yet: newsledger feeds add, or feeds import";
  const counts = [...Map.groupBy(feeds, stateOf)].map(
    ([state, { length }]) => `${length} ${state}`,
  );
  const all = `${feeds.length} ${feeds.length === 1 ? "feed" : "feeds"}: ${counts.join(", ")}`;
  const trouble = feeds.some(({ reason }) => reason !== null);
  if (!trouble) return onlyTrouble ? `all feeds are well (${all})` : all;
  return `${all}. More of one: newsledger feeds show <address>`;
}

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
        note(
          terminal,
          `${added} added, ${known} were there already. A running Newsledger asks them now; how they are: newsledger feeds list`,
        );
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
  words: "<url or path>",
  minWords: 1,
  options: formatOptions,
  async run(args, terminal) {
    const config = loadConfig({ env: terminal.env, cwd: terminal.cwd });
    await using fetcher = openFetcher(config);
    const [typed = ""] = args.words;
    const local = await localAddress(typed, terminal.cwd);
    const asked = withScheme(typed);
    const timeoutMs = config.poller.timeoutSeconds * 1000;
    // The look for a feed and the check of it ask the same address: its server is asked once.
    const answers = new Map<string, ReturnType<typeof fetcher.feed>>();
    const feed = (address: string) => {
      const answer =
        answers.get(address) ??
        (local === null ? fetcher.feed(address, { timeoutMs }) : readLocal(address));
      answers.set(address, answer);
      return answer;
    };
    const meant = await findFeeds({ feed }, local ?? asked);
    const url = meant.kind === "page" ? (meant.feeds[0] ?? asked) : (local ?? asked);
    if (meant.kind === "page") note(terminal, `${asked} is a page; its feed is ${url}`);
    const via = local === null ? proxyFor(url, roadsOf(config)) : null;
    const readers = { fetcher: { feed }, via, parseFeed, secondOpinion, impressionOf };
    const checked = await checkFeed(url, readers, new Date());
    if (formatOf(args.options) === "table")
      for (const line of findings(checked)) print(terminal, printable(line));
    else print(terminal, JSON.stringify(checked));
    if (checked.trouble)
      throw new Error(
        checked.trouble.passes
          ? "this address does not answer as a feed at the moment"
          : "this address cannot be followed as it is",
      );
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
