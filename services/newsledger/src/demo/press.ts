import { type Article, articlePath, type Kind, type TopicId } from "./article.ts";
import { coverageToday } from "./articles/today.ts";
import { history } from "./corpus.ts";
import { type Outlet, type OutletId, outlet, outletIds } from "./outlets.ts";

/** The acts of the demo, in their order. */
export const stages = ["history", "today", "edit", "correction"] as const;
export type Stage = (typeof stages)[number];

interface PressFeed {
  readonly id: OutletId;
  readonly title: string;
  readonly path: string;
  readonly language: "en" | "es";
  /** What is wrong with it at this stage; null when it answers as a feed should. */
  readonly trouble: "down" | "not-a-feed" | null;
}

/** What a ledger that has polled everything should have made of one article. */
interface ExpectedArticle {
  readonly id: string;
  readonly feed: OutletId;
  readonly path: string;
  readonly language: "en" | "es";
  readonly title: string;
  readonly publishedAt: string;
  readonly kind: Kind;
  readonly copyOf: string | null;
  readonly story: string | null;
  readonly topics: readonly TopicId[];
  readonly mayTopics: readonly TopicId[];
  /** False when the page is gone and the feed's own text is all there is. */
  readonly page: boolean;
  /** True when title or text differ from what an earlier stage published. */
  readonly edited: boolean;
}

/** A press that exists only on this computer. What it publishes depends on the stage alone. */
export interface Press {
  readonly stage: Stage;
  feeds(): PressFeed[];
  advance(stage: Stage): void;
  /** Everything published so far, the newest first. */
  articles(): readonly Article[];
  /** The truth about everything that a feed of this stage can show. */
  expected(): ExpectedArticle[];
}

/** Opens the press at `history`; nothing in it is dated after `now`. */
export function createPress({ now }: { now: Date }): Press {
  const published = publishedBy(now);
  let stage: Stage = "history";
  return {
    get stage() {
      return stage;
    },
    feeds: () => outletIds.map((id) => pressFeed(outlet(id), stage)),
    advance(next) {
      if (stages.indexOf(next) < stages.indexOf(stage))
        throw new Error(`advance the press to ${next}: it is already at ${stage}`);
      stage = next;
    },
    articles: () => published[stage],
    expected: () =>
      published[stage].filter(({ outlet: id }) => !isDown(id, stage)).map(expectedArticle),
  };
}

function publishedBy(now: Date): Record<Stage, Article[]> {
  const { today, missed, edited, correction } = coverageToday(now);
  const past = history().filter(({ publishedAt }) => Date.parse(publishedAt) < now.getTime());
  const withToday = [...past, ...today, missed];
  const withEdit = withToday.map((article) => (article.id === edited.id ? edited : article));
  return {
    history: past.toReversed(),
    today: withToday.toReversed(),
    edit: withEdit.toReversed(),
    correction: [...withEdit, correction].toReversed(),
  };
}

/** One outlet is out of order on the day itself. */
export const isDown = (id: OutletId, stage: Stage): boolean =>
  id === "lucero-del-lago" && stage === "today";

/** Where the outlet's feed stands on the server. */
export const feedPath = ({ id, feed }: Outlet): string => `/${id}/${feed}`;

function pressFeed(of: Outlet, stage: Stage): PressFeed {
  const trouble = of.format === "page" ? "not-a-feed" : isDown(of.id, stage) ? "down" : null;
  return { id: of.id, title: of.title, path: feedPath(of), language: of.language, trouble };
}

const expectedArticle = (article: Article): ExpectedArticle => ({
  id: article.id,
  feed: article.outlet,
  path: articlePath(article),
  language: outlet(article.outlet).language,
  title: article.title,
  publishedAt: article.publishedAt,
  kind: article.kind,
  copyOf: article.copyOf ?? null,
  story: article.story,
  topics: article.topics,
  mayTopics: article.mayTopics ?? [],
  page: article.pageGone !== true,
  edited: article.modifiedAt !== undefined,
});
