import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadTopics, parseTopic, type Topic } from "@newsledger/extraction/topics";
import type { Command } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { startProgress } from "../progress.ts";
import { note, type Terminal } from "../terminal.ts";
import { changesOf, type TopicHistory, topicHistory } from "../topic-history.ts";

export const topicsListCommand: Command = {
  name: "topics list",
  summary: "the topics that are followed",
  options: formatOptions,
  async run(args, terminal) {
    const rows = loadTopics().map(({ id, version, title, subjects }) => ({
      id,
      version,
      title,
      subjects,
    }));
    printRows(terminal, formatOf(args.options), rows, [
      { title: "topic", value: ({ id }) => id },
      { title: "version", value: ({ version }) => String(version) },
      { title: "english", value: ({ title }) => title.en },
      { title: "spanish", value: ({ title }) => title.es },
    ]);
  },
};

/** A shipped topic by its id, or one that is still in a file. */
function topicOf(word: string | undefined, terminal: Terminal): Topic {
  if (word && /\.ya?ml$/.test(word))
    return parseTopic(readFileSync(resolve(terminal.cwd, word), "utf8"), word);
  const all = loadTopics();
  const topic = all.find(({ id }) => id === word);
  if (topic) return topic;
  const ids = all.map(({ id }) => id).join(", ");
  throw new Error(`no topic ${word}. There are: ${ids}; a file that ends in .yaml is read as one`);
}

async function readAll(
  { log, db }: Pick<Ledger, "log" | "db">,
  topic: Topic,
  terminal: Terminal,
): Promise<TopicHistory> {
  const progress = startProgress(terminal, "events read");
  try {
    const { signal } = terminal;
    return await topicHistory(log, db, topic, { signal, read: () => progress.advance() });
  } finally {
    progress.end();
  }
}

export const topicsTestCommand: Command = {
  name: "topics test",
  summary:
    "what a topic, shipped or in a file, matches in everything ever seen, and on which words",
  words: "<topic|file.yaml>",
  minWords: 1,
  options: { ...formatOptions, ...ledgerOptions },
  examples: ["newsledger topics test citgo-6", "newsledger topics test my-topic.yaml"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log, db }) => {
      const topic = topicOf(args.words[0], terminal);
      const { items, pages, matches } = await readAll({ log, db }, topic, terminal);
      printRows(
        terminal,
        formatOf(args.options),
        [...matches.values()],
        [
          { title: "published", value: (hit) => hit.published },
          { title: "found", value: (hit) => hit.found },
          { title: "tier", value: (hit) => hit.tier },
          { title: "source", value: (hit) => hit.source },
          { title: "title", value: (hit) => hit.title },
          { title: "why", value: (hit) => hit.why },
          { title: "address", value: (hit) => hit.url ?? "" },
        ],
      );
      note(
        terminal,
        `${matches.size} of ${items} items match; ${pages} of them were read with their page, the others as their feeds tell them`,
      );
    }),
};

export const topicsReplayCommand: Command = {
  name: "topics replay",
  summary:
    "what would be different had a new or changed topic always been followed; nothing is written or sent",
  words: "<topic|file.yaml>",
  minWords: 1,
  options: { ...formatOptions, ...ledgerOptions },
  examples: ["newsledger topics replay my-topic.yaml"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log, db }) => {
      const history = await readAll({ log, db }, topicOf(args.words[0], terminal), terminal);
      const changes = changesOf(history);
      printRows(terminal, formatOf(args.options), changes, [
        { title: "change", value: ({ change }) => change },
        { title: "before", value: ({ before }) => before ?? "-" },
        { title: "now", value: ({ now }) => now ?? "-" },
        { title: "published", value: ({ published }) => published },
        { title: "source", value: ({ source }) => source },
        { title: "title", value: ({ title }) => title },
        { title: "why", value: ({ why }) => why },
      ]);
      const count = (kind: string) => changes.filter(({ change }) => change === kind).length;
      note(
        terminal,
        `${history.recorded.size} matches before, ${history.matches.size} now: ${count("new")} new, ${count("gone")} gone, ${count("tier")} with another tier. Nothing was written or sent.`,
      );
    }),
};
