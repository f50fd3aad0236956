import { parentPort } from "node:worker_threads";
import { NotAFeed } from "../parse/not-a-feed.ts";
import { decodeFeed } from "../text/decode.ts";
import type { Answer, Question } from "./parser.ts";
import { readText } from "./reader.ts";

async function answer({
  input: { bytes, contentType, ...about },
  reader,
}: Question): Promise<Answer> {
  try {
    const decoded = decodeFeed(bytes, contentType ?? null);
    giveBack(bytes);
    return { feed: await readText(decoded, about, reader) };
  } catch (error) {
    if (error instanceof NotAFeed) {
      const { looksLike, feeds, message } = error;
      return { looksLike, feeds, message };
    }
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** The text takes their place in memory: they need not wait for the collector of garbage. */
function giveBack({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) buffer.transferToFixedLength(0);
}

parentPort?.on("message", (question: Question) => {
  void answer(question).then((found) => parentPort?.postMessage(found));
});
