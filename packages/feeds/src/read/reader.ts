import { parseText } from "../parse/parse.ts";
import type { About, FeedInput, ParsedFeed } from "../parse/types.ts";
import { type Decoded, decodeFeed } from "../text/decode.ts";
import { strictFeed } from "./strict-feed.ts";

/** Who reads a feed's documents: our own tolerant parser, or rss-parser. */
export type Reader = "own" | "rss-parser";

/** Bytes → feed. Throws NotAFeed, and where it is watched TooSlow. */
export type ReadFeed = (input: FeedInput, reader: Reader) => ParsedFeed | Promise<ParsedFeed>;

export const readFeed: ReadFeed = (input, reader) =>
  readText(decodeFeed(input.bytes, input.contentType ?? null), input, reader);

/** The same for bytes that were decoded already. */
export const readText = (
  decoded: Decoded,
  about: About,
  reader: Reader,
): ParsedFeed | Promise<ParsedFeed> =>
  reader === "rss-parser" ? strictFeed(decoded, about) : parseText(decoded, about);
