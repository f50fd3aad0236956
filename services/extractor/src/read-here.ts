import { type Means, readArticle } from "./read-article.ts";
import type { Reader } from "./reader.ts";

/** Reads here, by other means. */
export const readHere = (means: Means): Reader => ({
  read: async (question) => readArticle(question, means),
  async [Symbol.asyncDispose]() {},
});
