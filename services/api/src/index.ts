export type { ApiOptions, FeedSummary, Mount } from "./options.ts";
