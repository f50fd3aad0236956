import type { Logger } from "./types.ts";

/** Warns of the same thing once in a while only: what a server that is away makes fail, it makes fail many times a second. */
export function complainer(
  logger: Logger,
  options: { everyMs?: number; now?: () => number } = {},
): (fields: object, message: string) => void {
  const { everyMs = 30_000, now = () => performance.now() } = options;
  const said = new Map<string, number>();
  return (fields, message) => {
    const what = JSON.stringify([message, fields]);
    const last = said.get(what);
    if (last !== undefined && now() - last < everyMs) return;
    if (said.size >= 100) said.clear();
    said.set(what, now());
    logger.warn(fields, message);
  };
}
