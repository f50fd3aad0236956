import { parseNdjsonLine } from "@newsledger/feeds";
import type { Command } from "../command.ts";
import { answerLines, ndjsonOption } from "./lines.ts";

export const feedsParseCommand: Command = {
  name: "feeds parse",
  summary: "parse feed documents from stdin, a line of JSON each",
  options: ndjsonOption,
  run: (args, terminal) => answerLines(args, terminal, parseNdjsonLine),
};
