export type { Outcome, Post } from "./attempt.ts";
export {
  type Delivery,
  type DeliveryAttempt,
  DeliveryNotFound,
  type DeliveryState,
  deliveryLog,
  type Resend,
  resend,
} from "./deliveries.ts";
export { dryRun, type WouldAlert } from "./dry-run.ts";
export { type EvaluateOptions, evaluate, type Facts, type Finding, type Rule } from "./evaluate.ts";
export { migrations } from "./migrations.ts";
export { type AlertMessage, alertMessage } from "./payload.ts";
export {
  addRule,
  defaultRuleId,
  listRules,
  type NewRule,
  newRule,
  RuleExists,
  RuleNotFound,
  removeRule,
  type StoredRule,
  seedRules,
} from "./rules.ts";
export { type AlertsOptions, createService } from "./service.ts";
export { testWebhook } from "./test-webhook.ts";
export {
  addWebhook,
  type CheckUrl,
  enableWebhook,
  listWebhooks,
  removeWebhook,
  rotateSecret,
  type Webhook,
  WebhookExists,
  WebhookNotFound,
  WebhookRefused,
} from "./webhooks.ts";
