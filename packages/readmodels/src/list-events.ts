import type { Reader } from "./ask.ts";
import type { AsOf, EventLine, Page } from "./view.ts";

/** The ledger, line by line; newest first unless `direction` is forward. */
export async function listEvents(
  _db: Reader,
  _question: AsOf & {
    topic?: string | undefined;
    type?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
    direction?: "forward" | "backward" | undefined;
  },
): Promise<Page<EventLine>> {
  throw new Error("listEvents: not built yet");
}
