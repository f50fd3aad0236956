import type { Logger } from "pino";
import type { Config } from "./config.ts";
import type { Tracer } from "./step.ts";

/** Undefined where no traces are wanted: nothing of OpenTelemetry is loaded then. */
export async function openTracer(
  { tracesUrl }: Pick<Config, "tracesUrl">,
  logger: Pick<Logger, "warn">,
): Promise<Tracer | undefined> {
  if (tracesUrl === undefined) return undefined;
  const { openOtlp } = await import("./otlp.ts");
  return openOtlp(tracesUrl, logger);
}
