export { type Backfilled, backfillFeed, UnknownFeed } from "./backfill.ts";
export { dueFeeds } from "./claim.ts";
export { type Desk, openDesk } from "./desk.ts";
export { exportOpml, type Imported, importOpml } from "./exchange.ts";
export { type FeedMoment, type FeedStory, feedDetail, feedStory } from "./history.ts";
export { hubCallback } from "./hub-callback.ts";
export { askHubs } from "./hubs.ts";
export { impressionOf } from "./impression.ts";
export {
  closedRoads,
  type FeedSummary,
  type FeedView,
  feedHealth,
  feedSummaries,
  listFeeds,
} from "./list.ts";
export {
  type AddedFeed,
  addFeed,
  BadFeedAddress,
  feedIdOf,
  type NewFeed,
  removeFeed,
  requestPoll,
  seedCatalogue,
} from "./manage.ts";
export { startMatcher } from "./matcher.ts";
export { migrations } from "./migrations.ts";
export { pauseFeed, resumeFeed } from "./pause.ts";
export { type Polled, pollFeed } from "./poll.ts";
export { createService, type PollerOptions, startPolling } from "./service.ts";
