import type { TopicMatch } from "@newsledger/core";
import {
  articleText,
  type Knowledge,
  matchTopics,
  readable,
  type Topic,
  understand,
} from "@newsledger/extraction";
import type { PageOutcome } from "@newsledger/feeds";
import type { ItemFacts } from "./item.ts";
import { type ArticleText, chooseText, readPage } from "./text.ts";

/** All that an article is read from. */
export interface Question {
  readonly item: ItemFacts;
  /** Null: the feed gives no address of a page. */
  readonly page: PageOutcome | null;
  /** The words that the feed itself carried. */
  readonly feedText: string | null;
  /** Passing trouble with the page is no reason to wait any more. */
  readonly lastStart: boolean;
}

export type Reading =
  | {
      readonly kind: "again";
      readonly reason: string;
      readonly afterSeconds: number;
      /** It says nothing of this page, and waits as long as it takes. */
      readonly blameless?: boolean;
    }
  | { readonly kind: "nothing"; readonly reason: string }
  | {
      readonly kind: "read";
      readonly article: Exclude<ArticleText, { from: "nothing" }>;
      readonly understanding: ReturnType<typeof understand>;
      /** The topics that the whole text shows. */
      readonly matches: readonly TopicMatch[];
    };

export interface Means {
  readonly knowledge: Knowledge;
  readonly topics: readonly Topic[];
}

const usualPauseSeconds = 30;
const closedPauseSeconds = 120;

/** What there is to read, and what it says. Passing trouble asks for another try. */
export function readArticle(
  { item, page, feedText, lastStart }: Question,
  { knowledge, topics }: Means,
): Reading {
  const reading =
    page === null
      ? ({
          outcome: "unread",
          reason: "The feed gives no address of a page.",
          again: false,
        } as const)
      : readPage(page, readable);
  if (reading.outcome === "unread" && reading.closedRoad)
    return {
      ...{ kind: "again", reason: reading.reason },
      ...{ afterSeconds: closedPauseSeconds, blameless: true },
    };
  if (reading.outcome === "unread" && reading.again && !lastStart) {
    const { reason, afterSeconds = usualPauseSeconds } = reading;
    return { kind: "again", reason, afterSeconds };
  }
  const chosen = chooseText(item, feedText, reading);
  if (chosen.from === "nothing") return { kind: "nothing", reason: chosen.reason };
  const { title, language, publishedAt, url } = chosen;
  const text = articleText(title, chosen.text); // the headline names people too
  const { source, summary } = item;
  const understanding = understand({ title, text, language, publishedAt, url, source }, knowledge);
  const { entities, occurrences } = understanding;
  const said = { title, summary, text, language, entities, occurrences };
  const { matches } = matchTopics(topics, said);
  return { kind: "read", article: { ...chosen, text }, understanding, matches };
}
