import type { Reader } from "./ask.ts";
import type { AsOf, SearchResult } from "./view.ts";

/** Full text, English and Spanish: words, "phrases", OR, -minus. `from` and `to` are days of publication. */
export async function search(
  _db: Reader,
  _question: AsOf & {
    q: string;
    topic?: string | undefined;
    language?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  },
): Promise<SearchResult> {
  throw new Error("search: not built yet");
}
