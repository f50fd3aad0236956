import type { Command } from "../command.ts";
import { eventsCommand, searchCommand, statusCommand, timelineCommand } from "./ask.ts";
import { demoCommand } from "./demo.ts";
import {
  digestListCommand,
  digestPreviewCommand,
  digestSendCommand,
  digestShowCommand,
} from "./digest.ts";
import { doctorCommand } from "./doctor.ts";
import { exportCommand } from "./export.ts";
import { extractCommand } from "./extract.ts";
import * as feeds from "./feeds.ts";
import { rulesAddCommand, rulesListCommand, rulesRemoveCommand } from "./rules.ts";
import {
  subscribersAddCommand,
  subscribersListCommand,
  subscribersRemoveCommand,
} from "./subscribers.ts";
import { topicsListCommand, topicsTestCommand } from "./topics.ts";
import { upCommand } from "./up.ts";
import * as webhooks from "./webhooks.ts";

/** Every command there is, in the order of the help. */
export const commands: readonly Command[] = [
  upCommand,
  demoCommand,
  statusCommand,
  timelineCommand,
  searchCommand,
  eventsCommand,
  feeds.feedsListCommand,
  feeds.feedsAddCommand,
  feeds.feedsRemoveCommand,
  feeds.feedsImportCommand,
  feeds.feedsExportCommand,
  feeds.feedsCheckCommand,
  feeds.feedsPollCommand,
  feeds.feedsParseCommand,
  topicsListCommand,
  topicsTestCommand,
  rulesListCommand,
  rulesAddCommand,
  rulesRemoveCommand,
  webhooks.webhooksListCommand,
  webhooks.webhooksAddCommand,
  webhooks.webhooksTestCommand,
  webhooks.webhooksLogCommand,
  webhooks.webhooksResendCommand,
  webhooks.webhooksRotateCommand,
  webhooks.webhooksEnableCommand,
  webhooks.webhooksRemoveCommand,
  subscribersListCommand,
  subscribersAddCommand,
  subscribersRemoveCommand,
  digestListCommand,
  digestPreviewCommand,
  digestSendCommand,
  digestShowCommand,
  extractCommand,
  exportCommand,
  doctorCommand,
];
