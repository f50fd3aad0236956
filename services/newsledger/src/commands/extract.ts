import { extractNdjsonLine } from "@newsledger/extraction";
import type { Command } from "../command.ts";
import { answerLines, ndjsonOption } from "./lines.ts";

export const extractCommand: Command = {
  name: "extract",
  summary: "understand articles from stdin: topics, people, places, dates, quotes, occurrences",
  options: ndjsonOption,
  examples: ["newsledger extract --ndjson < articles.ndjson > understood.ndjson"],
  run: (args, terminal) => answerLines(args, terminal, extractNdjsonLine),
};
