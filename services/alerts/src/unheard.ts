import { alertNoticed, contentId, type NewsEvents, streams } from "@newsledger/core";
import type { AnyTransaction, EventLog } from "@newsledger/eventlog";
import { announce } from "./announce.ts";
import { describeNotice } from "./payload.ts";
import type { StoredRule } from "./rules.ts";
import { noteOf, sentence } from "./why.ts";

/** Alerts that no article raises: silence, and feeds in trouble. */
export interface Unheard {
  /** What makes it the same alert whenever it is looked at. */
  readonly occasion: string;
  readonly kind: "silence" | "feed";
  readonly feedId: string | null;
  readonly title: string;
  readonly why: string;
  readonly since: Date | null;
  readonly at: Date;
}

/** Tells it once. False: it was told before. */
export async function notice(
  trx: AnyTransaction,
  { log, publicUrl }: { log: EventLog<NewsEvents>; publicUrl: string },
  rule: StoredRule,
  { occasion, kind, feedId, title, why, since, at }: Unheard,
  causationId?: string,
): Promise<boolean> {
  const { ruleId, name: ruleName, topic: topicId, severity } = rule;
  const alertId = contentId("alert", ruleId, occasion);
  const noticed = alertNoticed.create({
    ...{ alertId, ruleId, ruleName, topicId, severity, kind, feedId, title },
    why: sentence([why, noteOf(rule)]),
    since: since?.toISOString() ?? null,
  });
  const appended = await log.within(trx).append(streams.alert(alertId), [noticed], {
    key: `alert:${alertId}`,
    ...(causationId === undefined ? {} : { causationId }),
  });
  if (appended.status !== "appended") return false;
  await announce(trx, rule, {
    cause: alertId,
    caseId: topicId,
    compose: (sequence) => describeNotice(noticed.data, { at, publicUrl, sequence }),
  });
  return true;
}
