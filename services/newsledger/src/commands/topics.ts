import { loadTopics, matchTopics } from "@newsledger/extraction";
import type { Command } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note } from "../terminal.ts";

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

interface Hit {
  published: string;
  found: string;
  source: string;
  title: string;
  url: string | null;
  tier: string;
  why: string;
}

export const topicsTestCommand: Command = {
  name: "topics test",
  summary: "what a topic matches in everything ever seen, and on which words",
  words: "<topic>",
  minWords: 1,
  options: { ...formatOptions, ...ledgerOptions },
  examples: ["newsledger topics test citgo-6"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log }) => {
      const topics = loadTopics().filter(({ id }) => id === args.words[0]);
      if (topics.length === 0) {
        throw new Error(
          `no topic ${args.words[0]}. There are: ${loadTopics()
            .map(({ id }) => id)
            .join(", ")}`,
        );
      }
      const hits: Hit[] = [];
      let seen = 0;
      for await (const event of log.read({ types: ["item.seen", "item.revised"] })) {
        if (event.type !== "item.seen" && event.type !== "item.revised") continue;
        const { data, recordedAt } = event;
        seen += 1;
        for (const match of matchTopics(topics, data).matches) {
          hits.push({
            published: data.publishedAt?.slice(0, 10) ?? "",
            found: recordedAt.toISOString().slice(0, 10),
            source: data.source,
            title: data.title,
            url: data.url,
            tier: match.tier,
            why: match.reasons.map(({ rule, matched }) => `${rule}: ${matched}`).join("; "),
          });
        }
      }
      printRows(terminal, formatOf(args.options), hits, [
        { title: "published", value: (hit) => hit.published },
        { title: "found", value: (hit) => hit.found },
        { title: "tier", value: (hit) => hit.tier },
        { title: "source", value: (hit) => hit.source },
        { title: "title", value: (hit) => hit.title },
        { title: "why", value: (hit) => hit.why },
        { title: "address", value: (hit) => hit.url ?? "" },
      ]);
      note(
        terminal,
        `${hits.length} of ${seen} items match on what their feeds say (pages may show more)`,
      );
    }),
};
