import type { NewsEvents } from "@newsledger/core";
import {
  type AlertMessage,
  type BatchMessage,
  bounded,
  type CorrectionMessage,
  clip,
  type NoticeMessage,
  safeLink,
} from "./messages.ts";

/** One report of the story, other than copies, up to this alert. */
export interface Source {
  readonly name: string;
  readonly title: string;
  readonly url: string | null;
  readonly publishedAt: string | null;
}

interface AlertContext {
  readonly sources: readonly Source[];
  readonly raisedAt: Date;
  readonly publicUrl: string;
  /** The number of this message in its case. */
  readonly sequence: number;
}

/** What is said of an alert: bounded, and the same for the same alert. */
export const describeAlert = (
  alert: NewsEvents["alert.raised"],
  context: AlertContext,
): AlertMessage => bounded((most) => compose(alert, context, most));

function compose(
  alert: NewsEvents["alert.raised"],
  { sources, raisedAt, publicUrl, sequence }: AlertContext,
  most: number,
): AlertMessage {
  const [occurrence] = alert.occurrences;
  return {
    type: "alert.raised",
    timestamp: raisedAt.toISOString(),
    data: {
      case: alert.topicId,
      event_id: alert.alertId,
      story_id: alert.storyId,
      sequence,
      reports: sources.length,
      occurrence: occurrence?.code ?? null,
      summary: summary(alert),
      status: new Set(sources.map(({ name }) => name)).size > 1 ? "confirmed" : "reported",
      severity: alert.severity ?? "important",
      developments: (alert.developments ?? []).slice(0, most).map((what) => clip(what, 200)),
      late_find: alert.lateFind,
      entities: alert.entities
        .slice(0, most)
        .map(({ id, name, type }) => ({ id, name: clip(name, 120), type })),
      first_seen: alert.foundAt,
      published_at: alert.publishedAt,
      sources: sources.slice(0, most).map((source) => ({
        name: clip(source.name, 120),
        title: clip(source.title, 300),
        url: safeLink(source.url),
        published_at: source.publishedAt,
      })),
      evidence: alert.evidence.slice(0, most).map(({ quote, start, end }) => ({
        quote: clip(quote, 500),
        url: safeLink(alert.url),
        start,
        end,
      })),
      rule: { id: alert.ruleId, name: clip(alert.ruleName, 120), why: clip(alert.why, 1_000) },
      links: linksTo(publicUrl, alert.storyId),
    },
  };
}

function summary({ lateFind, publishedAt, source, title }: NewsEvents["alert.raised"]): string {
  const late = lateFind
    ? `Found late (${clip(source, 120)}, ${publishedAt?.slice(0, 10) ?? "undated"}): `
    : "";
  return clip(late + title, 400);
}

interface Telling {
  readonly at: Date;
  readonly publicUrl: string;
  readonly sequence: number;
}

/** What is said when an alert no longer stands as it was. */
export function describeCorrection(
  correction: NewsEvents["alert.corrected"],
  { at, publicUrl, sequence }: Telling,
): CorrectionMessage {
  const { by } = correction;
  return {
    type: "alert.corrected",
    timestamp: at.toISOString(),
    data: {
      case: correction.topicId,
      event_id: correction.correctionId,
      corrects: correction.alertId,
      story_id: correction.storyId,
      sequence,
      reason: correction.reason,
      what: clip(correction.what, 1_000),
      summary: clip(correction.title, 400),
      source: { name: clip(correction.source, 120), url: safeLink(correction.url) },
      by: by && {
        name: clip(by.source, 120),
        title: clip(by.title, 300),
        url: safeLink(by.url),
      },
      rule: { id: correction.ruleId, name: clip(correction.ruleName, 120) },
      links: linksTo(publicUrl, correction.storyId),
    },
  };
}

/** What is said of an alert that no article raised. */
export function describeNotice(
  notice: NewsEvents["alert.noticed"],
  { at, publicUrl, sequence }: Telling,
): NoticeMessage {
  return {
    type: "alert.noticed",
    timestamp: at.toISOString(),
    data: {
      case: notice.topicId,
      event_id: notice.alertId,
      sequence,
      kind: notice.kind,
      feed_id: notice.feedId,
      summary: clip(notice.title, 400),
      severity: notice.severity,
      since: notice.since,
      rule: {
        id: notice.ruleId,
        name: clip(notice.ruleName, 120),
        why: clip(notice.why, 1_000),
      },
      links: { web: `${publicUrl}/` },
    },
  };
}

/** What is said when quiet hours end: the held alerts of one case in one message, as many in full as fit. */
export function describeBatch(
  batch: {
    readonly batchId: string;
    readonly caseId: string;
    readonly heldSince: Date;
    readonly alerts: readonly AlertMessage[];
    readonly notices: readonly NoticeMessage[];
    readonly superseded: readonly { event_id: string; what: string }[];
  },
  { at, sequence }: { at: Date; sequence: number },
): BatchMessage {
  return bounded((most) => ({
    type: "alert.batch",
    timestamp: at.toISOString(),
    data: {
      case: batch.caseId,
      event_id: batch.batchId,
      sequence,
      held_since: batch.heldSince.toISOString(),
      count: batch.alerts.length + batch.notices.length,
      alerts: batch.alerts.slice(0, most).map(({ data }) => data),
      notices: batch.notices.slice(0, most).map(({ data }) => data),
      superseded: batch.superseded
        .slice(0, most)
        .map(({ event_id, what }) => ({ event_id, what: clip(what, 500) })),
    },
  }));
}

const linksTo = (publicUrl: string, storyId: string) => ({
  web: `${publicUrl}/stories/${storyId}`,
  api: `${publicUrl}/v1/stories/${storyId}`,
});
