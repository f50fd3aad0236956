import type { EventLog } from "@newsledger/eventlog";

/** The position up to which every read model is complete; read nothing above it. */
export async function projectedUpTo(_log: Pick<EventLog, "lag">): Promise<bigint> {
  throw new Error("projectedUpTo: not built yet");
}
