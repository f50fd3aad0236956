export {
  type Administration,
  type DeliveryQuestion,
  Refused,
  type RuleWish,
  type Trying,
} from "./administration.ts";
export { addKey, type Key, KeyRefused, listKeys, removeKey } from "./keys.ts";
export { migrations } from "./migrations.ts";
export type { ApiOptions, FeedDetail, FeedSummary, Mount } from "./options.ts";
export { createService } from "./service.ts";
