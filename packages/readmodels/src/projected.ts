import type { EventLog } from "@newsledger/eventlog";
import { projections } from "./projections.ts";

/** The position up to which every read model is complete; read nothing above it. */
export async function projectedUpTo(log: Pick<EventLog, "lag">): Promise<bigint> {
  const lags = await log.lag();
  const positions = projections.map(
    ({ name, version }) =>
      lags.find((lag) => lag.name === `projection:${name}@${version}`)?.position ?? 0n,
  );
  return positions.reduce((lowest, position) => (position < lowest ? position : lowest));
}
