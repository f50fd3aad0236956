/** A receiver's state before some attempts. */
export interface Health {
  /** For how long every attempt has failed; null when the last one did not. */
  readonly failingSeconds: number | null;
  /** What the owner was told last, and how long ago. */
  readonly toldStage: Stage | null;
  readonly toldSeconds: number | null;
}

export type Stage = "failing" | "half-way" | "disabled";

/** What some attempts, made one after another, came to. */
export interface Seen {
  readonly accepted: boolean;
  readonly failed: boolean;
  /** The receiver said that it wants no more (410). */
  readonly gone: boolean;
}

export interface Judgement {
  readonly failing: "begins" | "ends" | "as before";
  readonly tell: Stage | "recovered" | null;
  /** Why it is switched off; null: it is not. */
  readonly disable: string | null;
}

const day = 86_400;
const patienceSeconds = 5 * day;

/**
 * What follows for the receiver. It is switched off at once when it asks for that, else only after five days of nothing
 * but failures. The owner is told at the first failure (not more than once a day), half-way, and at the end.
 */
export function judge(health: Health, seen: Seen): Judgement {
  if (seen.gone)
    return {
      failing: "as before",
      tell: "disabled",
      disable: "the receiver answered 410 Gone: it wants no more",
    };
  if (seen.accepted) return recovered(health);
  if (!seen.failed) return { failing: "as before", tell: null, disable: null };
  return failed(health);
}

function recovered({ failingSeconds, toldStage }: Health): Judgement {
  if (failingSeconds === null) return { failing: "as before", tell: null, disable: null };
  // Who was told only that something failed once need not hear that it works, as most things do.
  return { failing: "ends", tell: toldStage === "half-way" ? "recovered" : null, disable: null };
}

function failed({ failingSeconds, toldStage, toldSeconds }: Health): Judgement {
  if (failingSeconds === null) {
    const lately = toldSeconds !== null && toldSeconds < day;
    return { failing: "begins", tell: lately ? null : "failing", disable: null };
  }
  if (failingSeconds > patienceSeconds)
    return {
      failing: "as before",
      tell: "disabled",
      disable: "every attempt failed for five days",
    };
  const halfWay = failingSeconds > patienceSeconds / 2 && toldStage !== "half-way";
  return { failing: "as before", tell: halfWay ? "half-way" : null, disable: null };
}
