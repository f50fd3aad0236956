import type { Reader } from "./ask.ts";
import type { DigestContent } from "./view.ts";

/** What is new in the ledger positions (from, to] for these topics, by story. The same window gives the same content for ever. */
export async function digestContent(
  _db: Reader,
  _question: {
    topics: readonly string[];
    from: bigint;
    to: bigint;
    asOf?: string | undefined;
  },
): Promise<DigestContent> {
  throw new Error("digestContent: not built yet");
}
