import type { Clock } from "./types.ts";

/** The time of this machine. */
export const systemClock: Clock = { now: () => new Date() };
