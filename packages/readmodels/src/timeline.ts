import type { Reader } from "./ask.ts";
import type { AsOf, Page, StoryEntry } from "./view.ts";

/** One entry a story, newest published first. */
export async function timeline(
  _db: Reader,
  _question: AsOf & { topic: string; limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<StoryEntry>> {
  throw new Error("timeline: not built yet");
}
