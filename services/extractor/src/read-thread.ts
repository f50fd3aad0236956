import { parentPort } from "node:worker_threads";
import { loadKnowledge, loadTopics } from "@newsledger/extraction";
import { giveMemoryBack } from "@newsledger/host/give-back";
import { type Question, type Reading, readArticle } from "./read-article.ts";
import type { Sent } from "./thread.ts";

const means = { knowledge: loadKnowledge(), topics: loadTopics() };

function answer(question: Question): Sent<Reading> {
  try {
    return { answer: readArticle(question, means) };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on("message", (question: Question) => parentPort?.postMessage(answer(question)));

// For as long as the thread lives.
giveMemoryBack();
