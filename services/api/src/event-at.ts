import { type EventLine, tail } from "@newsledger/readmodels";
import type { ApiContext } from "./context.ts";
import { Problem } from "./problem.ts";

/** An event as it was appended, with the line that explains it. */
export interface EventDetail extends EventLine {
  id: string;
  stream: string;
  version: number;
  schemaVersion: number;
  correlationId: string | null;
  causationId: string | null;
  data: Record<string, unknown>;
}

/** The event at this position of the ledger. */
export async function eventAt(
  { db, log }: Pick<ApiContext, "db" | "log">,
  position: bigint,
): Promise<EventDetail> {
  const { items } = await tail(db, { after: position - 1n, limit: 1 });
  const line = items.find((one) => one.position === String(position));
  for await (const event of log.read({ after: position - 1n, upTo: position, limit: 1 }))
    if (line) {
      const { id, stream, version, schemaVersion, correlationId, causationId, data } = event;
      const whole = { id, stream, version, schemaVersion, correlationId, causationId };
      return { ...line, ...whole, data: { ...data } };
    }
  throw new Problem(404, `There is no event at position ${position}.`);
}
