import { mergeStories, splitStory } from "@newsledger/extractor";
import { type Args, type Command, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { note, print } from "../terminal.ts";

const options = {
  why: { type: "string", value: "REASON", meaning: "why, for whoever reads the ledger later" },
  ...ledgerOptions,
} as const;

export const storiesMergeCommand: Command = {
  name: "stories merge",
  summary: "two stories are one: the articles of the second belong to the first from now on",
  words: "<story> <other-story>",
  minWords: 2,
  maxWords: 2,
  options,
  examples: ['newsledger stories merge 4f1c… 9a02… --why "both tell of the visit of 7 December"'],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log, db }) => {
      const [into = "", from = ""] = args.words;
      const { moved } = await mergeStories(log, db, { into, from, why: reason(args) });
      const articles = moved === 1 ? "1 article belongs" : `${moved} articles belong`;
      note(terminal, `${articles} to ${into} now. Readers see it within seconds.`);
    }),
};

export const storiesSplitCommand: Command = {
  name: "stories split",
  summary: "some articles of a story tell another one: they become a story of their own",
  words: "<story> <article>…",
  minWords: 2,
  maxWords: 200,
  options,
  examples: ['newsledger stories split 4f1c… b77d… --why "this is about another Zambrano"'],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ log, db }) => {
      const [storyId = "", ...documentIds] = args.words;
      const { newStoryId } = await splitStory(log, db, { storyId, documentIds, why: reason(args) });
      print(terminal, newStoryId);
      const many = documentIds.length > 1;
      const now = many ? "They are a story of their own" : "It is a story of its own";
      note(terminal, `${now} now. Readers see it within seconds.`);
    }),
};

function reason({ options: given }: Args): string {
  const why = given.why;
  if (typeof why !== "string" || why.trim() === "")
    throw new UsageError('say why: --why "…". It is kept beside the correction');
  return why.trim();
}
