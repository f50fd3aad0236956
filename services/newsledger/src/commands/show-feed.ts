import { type FeedMoment, type FeedStory, feedStory } from "@newsledger/poller";
import type { Command } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, jsonValue, printable, printRows } from "../output.ts";
import { bold, print, type Terminal } from "../terminal.ts";
import { minute, named } from "./feeds.ts";

export const feedsShowCommand: Command = {
  name: "feeds show",
  summary: "one feed: how it is, how it is asked, and what became of it since it was followed",
  words: "<feed or url>",
  minWords: 1,
  options: { ...formatOptions, ...ledgerOptions },
  examples: ["newsledger feeds show https://example.org/feed.xml"],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const asked = await named(args, terminal);
      const story = await feedStory(ledger, asked);
      if (!story) throw new Error(`no feed ${asked}: see newsledger feeds list`);
      const format = formatOf(args.options);
      if (format === "json") print(terminal, JSON.stringify(story, jsonValue, 2));
      else if (format !== "table") printRows(terminal, format, story.history, []);
      else printStory(terminal, story);
    }),
};

function printStory(terminal: Terminal, story: FeedStory): void {
  print(terminal, bold(terminal, printable(story.title)));
  for (const [what, said] of factsOf(story))
    print(terminal, `  ${what.padEnd(10)} ${printable(said)}`);
  print(terminal, "\nWhat became of it (times in UTC)");
  printRows(terminal, "table", story.history, [
    { title: "when", value: ({ at }: FeedMoment) => minute(at) },
    { title: "what", value: ({ told }) => told },
  ]);
}

function factsOf(story: FeedStory): [string, string][] {
  const { url, feedId, reason, items, polls, lastPolledAt, lastSuccessAt, lastNewItemAt } = story;
  return [
    ["address", url],
    ["id", feedId],
    ["state", `${stateInWords(story)}${reason === null ? "" : `: ${reason}`}`],
    ["items", `${items} kept${lastNewItemAt ? `, the last found ${minute(lastNewItemAt)}` : ""}`],
    [
      "asked",
      lastPolledAt === null
        ? "not yet"
        : `${polls} ${polls === 1 ? "time" : "times"}, last ${minute(lastPolledAt)}; last good answer ${lastSuccessAt ? minute(lastSuccessAt) : "never"}`,
    ],
    ["next", nextOf(story)],
    ["why then", paces[story.pace]],
    ...(story.redirect === null
      ? []
      : [
          [
            "forwards",
            `for good to ${story.redirect.to}, ${story.redirect.times} times in a row; after the third it is asked there`,
          ] as [string, string],
        ]),
    [
      "unchanged",
      story.validators
        ? "its server says when nothing changed: asking costs little"
        : "its server cannot say that nothing changed: each time all of it is fetched",
    ],
    ...(story.hubUntil === null
      ? []
      : [
          ["hub", `promised until ${minute(story.hubUntil)} to call when it changes`] as [
            string,
            string,
          ],
        ]),
    ...story.warnings.map((warning): [string, string] => ["repaired", warning]),
    ...(story.reader === "own" ? [] : [["reader", story.reader] as [string, string]]),
  ];
}

const paces: Readonly<Record<FeedStory["pace"], string>> = {
  off: "it is not asked",
  new: "it is new here",
  "no-road": "the proxy let nobody out; it is tried again soon",
  dead: "once a day, for it has not answered for long",
  failing: "it fails, so it is asked more and more seldom",
  asked: "its server asks for that much patience, or cannot say that nothing changed",
  called: "somebody, or its hub, asked for it",
  quiet: "more seldom than its items come: the last answers brought little",
  busy: "more often than its items come: the last answers brought much",
  rhythm: "twice in the usual time between two of its items",
};

const stateWords: Readonly<Record<FeedStory["state"], string>> = {
  new: "not asked yet",
  ok: "answers",
  degraded: "in trouble",
  dead: "has not answered for long",
  retired: "gone for good",
  off: "not followed",
};

function stateInWords({ state, failingSince, failures, closedRoad }: FeedStory): string {
  if (closedRoad && state !== "off") return "could not be asked";
  if (failingSince === null || state === "retired" || state === "off") return stateWords[state];
  const since = `failing since ${minute(failingSince)}`;
  if (state === "degraded" || state === "dead") return `${stateWords[state]}, ${since}`;
  return `${since}, ${failures} ${failures === 1 ? "time" : "times"}`;
}

function nextOf({ nextPollAt, intervalSeconds }: FeedStory): string {
  if (nextPollAt === null) return "never: see newsledger feeds resume";
  const pace =
    intervalSeconds === null
      ? ""
      : `, then about every ${Math.round(intervalSeconds / 60)} minutes`;
  return `${minute(nextPollAt)}${pace}`;
}
