import { extractor, loadKnowledge, loadTopics } from "@newsledger/extraction";
import { reread } from "@newsledger/extractor/reread";
import type { Command } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { note, print } from "../terminal.ts";

export const rereadCommand: Command = {
  name: "reread",
  summary:
    "understand every kept article anew with this version's extractor, beside what was understood before",
  options: {
    "dry-run": { type: "boolean", meaning: "only say how many would be read, and say else" },
    ...ledgerOptions,
  },
  examples: ["newsledger reread --dry-run", "newsledger reread"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log, db }) => {
      const dryRun = args.options["dry-run"] === true;
      const done = await reread(log, db, {
        knowledge: loadKnowledge(),
        topics: loadTopics(),
        version: extractor,
        dryRun,
        onProgress: (articles, of) => note(terminal, `${articles} of ${of} articles`),
      });
      const { name, version, knowledgeVersion } = extractor;
      const by = `${name} ${version}, knowledge ${knowledgeVersion}`;
      print(
        terminal,
        `${done.reread} of ${done.articles} articles ${dryRun ? "would be" : "were"} read anew by ${by}; ${done.changed} of them say something else now.`,
      );
      if (done.redacted > 0)
        note(terminal, `${done.redacted} were left alone: their words were removed.`);
      note(
        terminal,
        dryRun
          ? "Nothing was written."
          : "Nothing was fetched or sent. What was understood before answers to --known-at.",
      );
    }),
};
