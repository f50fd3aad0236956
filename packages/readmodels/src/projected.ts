import type { EventLog } from "@newsledger/eventlog";
import { coverageName } from "./coverage.ts";

/** The position up to which the read models are complete; read nothing above it. */
export async function projectedUpTo(log: Pick<EventLog, "lag">): Promise<bigint> {
  return (await readModelsLag(log))?.position ?? 0n;
}

const prefix = `read-model:${coverageName}@`;

/** How far the version in use is: the lowest there is, for older ones are dropped when it takes their place. */
export async function readModelsLag(
  log: Pick<EventLog, "lag">,
): Promise<{ version: number; position: bigint; behind: number } | null> {
  const versions = (await log.lag())
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, position, behind }) => ({
      version: Number(name.slice(prefix.length)),
      position,
      behind,
    }));
  return versions.toSorted((a, b) => a.version - b.version)[0] ?? null;
}
