export type { Press } from "./database.ts";
export { NothingToSend, sendNow } from "./due.ts";
export type { Composed } from "./issue.ts";
export {
  type Issue,
  type IssueLine,
  IssueNotFound,
  type IssueState,
  listIssues,
  previewDigest,
  showIssue,
} from "./issues.ts";
export { migrations } from "./migrations.ts";
export type { Rendered } from "./render.ts";
export { digestRoutes } from "./routes.ts";
export { type Schedule, ScheduleInvalid } from "./schedule.ts";
export { createService, type DigestOptions } from "./service.ts";
export { smtpTransport } from "./smtp.ts";
export {
  addSubscriber,
  findSubscription,
  listSubscribers,
  localReader,
  type NewSubscriber,
  removeSubscriber,
  SubscriberExists,
  type Subscription,
  SubscriptionNotFound,
  seedLocalSubscription,
} from "./subscribers.ts";
export type { SendResult, Transport } from "./transport.ts";
export type { Language } from "./words.ts";
