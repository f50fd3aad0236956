import { type Draft, type PartName, type Parts, partNames } from "./item.ts";

/** What the ledger knows of an item. */
export interface Known {
  readonly contentHash: string;
  readonly parts: Parts;
}

export type Verdict =
  | { readonly kind: "new" }
  | { readonly kind: "known" }
  | {
      readonly kind: "revised";
      readonly previousHash: string;
      readonly changed: readonly PartName[];
    };

/** Whether an item is new, the same, or says something else than before. A date alone that moved says nothing new. */
export function compare(
  known: Known | undefined,
  draft: Pick<Draft, "contentHash" | "parts">,
): Verdict {
  if (!known) return { kind: "new" };
  if (known.contentHash === draft.contentHash) return { kind: "known" };
  const changed = partNames.filter((name) => known.parts[name] !== draft.parts[name]);
  // What changed lies beyond what is kept of it.
  if (changed.length === 0) return { kind: "known" };
  return { kind: "revised", previousHash: known.contentHash, changed };
}
