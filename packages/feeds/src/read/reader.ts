import { parseFeed } from "../parse/parse.ts";
import type { FeedInput, ParsedFeed } from "../parse/types.ts";
import { strictFeed } from "./strict-feed.ts";

/** Who reads a feed's documents: our own tolerant parser, or rss-parser. */
export type Reader = "own" | "rss-parser";

/** Bytes → feed. Throws NotAFeed, and where it is watched TooSlow. */
export type ReadFeed = (input: FeedInput, reader: Reader) => ParsedFeed | Promise<ParsedFeed>;

export const readFeed: ReadFeed = (input, reader) =>
  reader === "rss-parser" ? strictFeed(input) : parseFeed(input);
