import type { OutletId } from "./outlets.ts";

export type TopicId = "citgo-6" | "us-venezuela";

/** What an article is to its story. Copies repeat another article's words; independent reports and updates do not. */
export type Kind =
  | "original"
  | "copy"
  | "cut"
  | "spun"
  | "independent"
  | "update"
  | "correction"
  | "distractor";

/** One article as a simulated outlet published it, and what a ledger should make of it. */
export interface Article {
  readonly id: string;
  readonly outlet: OutletId;
  readonly title: string;
  readonly publishedAt: string;
  readonly modifiedAt?: string;
  readonly author?: string;
  /** What the feed says of it. */
  readonly summary: string;
  /** The body; blank lines part the paragraphs. */
  readonly text: string;
  /** The page is gone, only the feed's own text is left. */
  readonly pageGone?: boolean;

  readonly kind: Kind;
  /** Articles about one occurrence share a name; null for what belongs to no story we follow. */
  readonly story: string | null;
  /** The article whose words these are. */
  readonly copyOf?: string;
  /** Topics it must match. */
  readonly topics: readonly TopicId[];
  /** Topics about which reasonable people differ: neither right nor wrong. */
  readonly mayTopics?: readonly TopicId[];
}

/** The paragraphs of a body, each on one line. */
export const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
    .filter((paragraph) => paragraph !== "");

/** Where the article stands on its outlet's site. */
export const articlePath = ({ id, outlet, publishedAt }: Article): string =>
  `/${outlet}/${publishedAt.slice(0, 4)}/${publishedAt.slice(5, 7)}/${id}.html`;
