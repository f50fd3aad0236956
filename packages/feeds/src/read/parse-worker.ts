import { parentPort } from "node:worker_threads";
import { NotAFeed } from "../parse/not-a-feed.ts";
import type { Answer, Question } from "./parser.ts";
import { readFeed } from "./reader.ts";

async function answer({ input, reader }: Question): Promise<Answer> {
  try {
    return { feed: await readFeed(input, reader) };
  } catch (error) {
    if (error instanceof NotAFeed) {
      const { looksLike, feeds, message } = error;
      return { looksLike, feeds, message };
    }
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (question: Question) => {
  void answer(question).then((found) => parentPort?.postMessage(found));
});
