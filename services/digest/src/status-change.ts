import type { PersonStatus } from "@newsledger/readmodels";

type Standing = Pick<PersonStatus, "status" | "since">;

/**
 * What became of what a digest told of a person. `changed`: the world moved on, or nothing was known. `corrected`: what was
 * told turned out to be wrong, for what is now said began no later. A date that only became more exact is neither.
 */
export function statusChange(before: Standing, now: Standing): "same" | "changed" | "corrected" {
  if (before.status === now.status && sameDate(before.since, now.since)) return "same";
  if (before.status === "unknown") return "changed";
  if (before.status === now.status) return "corrected";
  if (now.since === null || before.since === null)
    return now.status === "unknown" ? "corrected" : "changed";
  return now.since > before.since || sameDate(before.since, now.since) ? "changed" : "corrected";
}

/** 2022-10 and 2022-10-01 do not contradict one another. */
const sameDate = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && (a.startsWith(b) || b.startsWith(a)));
