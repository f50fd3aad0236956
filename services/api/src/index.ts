export { type Administration, Refused, type RuleWish } from "./administration.ts";
export { addKey, type Key, KeyRefused, listKeys, removeKey } from "./keys.ts";
export { migrations } from "./migrations.ts";
export type { ApiOptions, FeedSummary, Mount } from "./options.ts";
export { createService } from "./service.ts";
