export { parseSender } from "./address.ts";
export { confirm, inviteSubscriber, signUp } from "./consent.ts";
export type { FeedState, Press } from "./database.ts";
export { type DkimSettings, dkimSigner, dnsRecord, signedHeaders } from "./dkim.ts";
export { composeDue, NothingToSend, sendNow } from "./due.ts";
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
export { checkOrigin, releaseMail } from "./origin.ts";
export { type PersonalData, personalData } from "./personal.ts";
export type { Rendered } from "./render.ts";
export { digestPaths, digestRoutes } from "./routes.ts";
export { type Schedule, ScheduleInvalid } from "./schedule.ts";
export { sendAgain, sendTest } from "./send-by-hand.ts";
export { configuredTransport, createService, type DigestOptions, pressOf } from "./service.ts";
export { smtpTransport } from "./smtp.ts";
export {
  addSubscriber,
  findSubscription,
  listSubscribers,
  localReader,
  type NewSubscriber,
  removeSubscriber,
  renewLinks,
  SubscriberExists,
  type Subscription,
  SubscriptionNotFound,
  seedLocalSubscription,
  subscriptionsOf,
} from "./subscribers.ts";
export { liftSuppression } from "./suppress.ts";
export { type Taken, takeReturn } from "./take-return.ts";
export type { SendResult, Transport } from "./transport.ts";
export type { Language } from "./words.ts";
