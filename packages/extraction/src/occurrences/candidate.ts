import type { OccurrenceCode } from "@newsledger/core";
import type { Mention } from "../entities/mention.ts";
import type { TriggerHit } from "./match.ts";

/** What the words around a trigger make of it, before it is decided whether that is enough. */
export interface Candidate {
  readonly code: OccurrenceCode;
  readonly hit: TriggerHit;
  readonly actors: readonly Mention[];
  readonly targets: readonly Mention[];
}
