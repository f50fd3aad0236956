import type { IdentityScheme } from "@newsledger/feeds";
import type { Draft } from "./item.ts";

/** Items of the feed that the ledger knows, by the short hash of their link. */
export type ItemsByLink = ReadonlyMap<string, readonly string[]>;

const enough = 3;

/** Whether a look at the known links is worth a query: most of the items claim to be new. */
export const looksRenamed = (
  drafts: readonly Draft[],
  isKnown: (itemId: string) => boolean,
): boolean => {
  const strangers = drafts.filter(({ itemId }) => !isKnown(itemId)).length;
  return strangers >= enough && strangers * 2 >= drafts.length;
};

/**
 * Some feeds give an article a new guid at every poll. When most items come under links that each belonged to one
 * known item, the guids mean nothing: from then on the link names the item, and a known link keeps its item's id.
 * Feeds whose items share a link are left alone.
 */
export function settle(
  drafts: readonly Draft[],
  identity: IdentityScheme,
  byLink: ItemsByLink,
): { drafts: readonly Draft[]; identity: IdentityScheme } {
  const owner = ownersOf(drafts, byLink);
  const renamed = drafts.filter((draft) => owner(draft) !== null && owner(draft) !== draft.itemId);
  const unstable = renamed.length >= enough && renamed.length * 2 >= drafts.length;
  if (identity !== "link" && !unstable) return { drafts, identity };
  const named = new Map<string, Draft>();
  for (const draft of drafts) {
    const itemId = owner(draft) ?? draft.itemId;
    if (!named.has(itemId)) named.set(itemId, { ...draft, itemId });
  }
  return { drafts: [...named.values()], identity: "link" };
}

/** The one known item that had a draft's link; null when there is none, or when the link names more than one thing. */
function ownersOf(drafts: readonly Draft[], byLink: ItemsByLink): (draft: Draft) => string | null {
  const uses = Map.groupBy(drafts, ({ parts }) => parts.link);
  return ({ link, parts }) => {
    const owners = byLink.get(parts.link) ?? [];
    const [owner = null] = owners;
    return link !== null && owners.length === 1 && uses.get(parts.link)?.length === 1
      ? owner
      : null;
  };
}
