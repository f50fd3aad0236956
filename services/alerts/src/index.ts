export { type CheckUrl, guardedPost, receiverCheck, WebhookRefused } from "./address.ts";
export type { MailResult, Outcome, PlainMail, Post, SendMail } from "./attempt.ts";
export { type ChannelName, channelNames } from "./channels/channel.ts";
export { claim } from "./claim.ts";
export {
  type Delivery,
  type DeliveryAttempt,
  type DeliveryFilter,
  type DeliveryState,
  deliveryLog,
  deliveryStates,
} from "./deliveries.ts";
export { type DryRunOptions, dryRun, type Ledger, type WouldAlert } from "./dry-run.ts";
export { explain, explainState } from "./explain.ts";
export type { EvaluateOptions, Person } from "./facts.ts";
export { type AlertMessage, alertMessage, type Message, message } from "./messages.ts";
export { migrations } from "./migrations.ts";
export { outletKinds } from "./outlet.ts";
export { type Announcement, planDeliveries } from "./plan.ts";
export { releaseDue } from "./release.ts";
export { DeliveryNotFound, type Resend, resend } from "./resend.ts";
export { releaseSuspended } from "./restored.ts";
export { type Routes, schemaRoutes } from "./routes.ts";
export { type NewRule, newRule, type Rule, ruleDefinition } from "./rule.ts";
export {
  addRule,
  changeRule,
  defaultRuleId,
  listRules,
  RuleExists,
  RuleNotFound,
  removeRule,
  type StoredRule,
  seedRules,
  snoozeRule,
  wakeRule,
} from "./rules.ts";
export { exampleOf, messageTypes, schemaOf } from "./schemas.ts";
export { type AlertsOptions, createService } from "./service.ts";
export { settle } from "./settle.ts";
export { testWebhook } from "./test-webhook.ts";
export {
  addWebhook,
  enableWebhook,
  listWebhooks,
  removeWebhook,
  rotateSecret,
  sealSecrets,
  type Webhook,
  WebhookExists,
  WebhookNotFound,
} from "./webhooks.ts";
