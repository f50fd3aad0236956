import { createHash } from "node:crypto";

/** One step of what happens to an item, told when it has ended. */
export interface Step {
  readonly name: string;
  /** The correlation that the item's events carry in the ledger: all steps of one item are one trace, in whatever process. */
  readonly correlationId: string;
  /** Tells the step from the others of its trace: the id of the event that it ended with, or a name that is always the same. */
  readonly id: string;
  /** The step that brought it about, by its id; null for the first. */
  readonly causedBy: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** What went wrong. */
  readonly problem?: string | undefined;
}

/** Where steps are told; there is none unless somebody wants to see traces. */
export interface Tracer extends AsyncDisposable {
  note(step: Step): void;
}

/** 32 hexadecimal digits: the correlation is a UUID. */
export const traceIdOf = (correlationId: string): string => correlationId.replaceAll("-", "");

/** 16 hexadecimal digits, the same for the same step whoever tells of it: a step told twice is one. */
export const spanIdOf = (id: string): string =>
  createHash("sha256").update(id).digest("hex").slice(0, 16);
