export type { ApiOptions, FeedSummary, Mount } from "./options.ts";
export { createService } from "./service.ts";
