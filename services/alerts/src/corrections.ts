import { alertCorrected, contentId, type NewsEvents, streams } from "@newsledger/core";
import type { RecordedEvent } from "@newsledger/eventlog";
import { sql } from "kysely";
import { holdNow } from "./announce.ts";
import {
  contradiction,
  isPublishedCorrection,
  type OtherReport,
  revisedFacts,
  revisedWords,
  saidToo,
} from "./correct.ts";
import type { JudgeOptions, Setting } from "./judge.ts";
import { describeCorrection } from "./payload.ts";
import { planDeliveries } from "./plan.ts";
import { articleBefore } from "./read-report.ts";
import type { Reading, StoryEvent } from "./report.ts";
import type { StoredRule } from "./rules.ts";
import { type Concern, holdBack, type Told } from "./told.ts";

/** What may take back an alert, apart from another report. */
export type ChangeEvent = Extract<
  RecordedEvent<NewsEvents>,
  { type: "article.understood" | "item.revised" | "item.withdrawn" | "text.redacted" }
>;

type Corrected = NewsEvents["alert.corrected"];

/** One decision about one alert; `cause` makes it the same decision whenever the event is read again. */
interface Correction {
  readonly reason: Corrected["reason"];
  readonly what: string;
  readonly by: Corrected["by"];
  readonly cause: string;
}

/** Tells whoever was alerted to an article what became of it. */
export async function correctBy(
  event: ChangeEvent,
  rules: readonly StoredRule[],
  setting: Setting,
): Promise<void> {
  for (const told of setting.told.of(concernedBy(event), event.position)) {
    const correction = await correctionBy(event, told, setting);
    if (correction) await correct(told, correction, event, rules, setting);
  }
  if (event.type === "article.understood") await correctBeside(event, rules, setting);
}

/** An article was edited that told the same story as the one that was alerted on, perhaps word for word. */
async function correctBeside(
  event: Extract<ChangeEvent, { type: "article.understood" }>,
  rules: readonly StoredRule[],
  setting: Setting,
): Promise<void> {
  const { documentId, source, title, url, textHash } = event.data;
  const alerts = setting.told.of({ besideDocument: documentId }, event.position);
  if (alerts.length === 0) return;
  const before = await articleBefore(setting.log, documentId, event.position);
  if (before === null || (before.data.textHash === textHash && before.data.title === title)) return;
  for (const told of alerts) {
    const said = saidToo(told.alert, before.data);
    const changes = said && revisedFacts(said, event.data, before.data);
    if (!changes) continue;
    const what = `${source}, which told the same story: ${changes}`;
    const cause = `${documentId} ${textHash} ${title}`;
    const correction: Correction = { reason: "revised", what, by: { source, title, url }, cause };
    await correct(told, correction, event, rules, setting);
  }
}

const concernedBy = (event: ChangeEvent) =>
  event.type === "article.understood"
    ? { documentId: event.data.documentId }
    : event.type === "text.redacted"
      ? { textHash: event.data.textHash }
      : { itemId: event.data.itemId };

async function correctionBy(
  event: ChangeEvent,
  { alert, textHash, position }: Told,
  { log }: Pick<Setting, "log">,
): Promise<Correction | null> {
  switch (event.type) {
    case "article.understood": {
      // The same words, read by a newer extractor, are no change of the article.
      const last = await articleBefore(log, alert.documentId, event.position);
      const isSame = ({ textHash: hash, title }: { textHash: string; title: string }) =>
        event.data.textHash === hash && event.data.title === title;
      if (isSame({ textHash, title: alert.title }) || (last && isSame(last.data))) return null;
      const before = await articleBefore(log, alert.documentId, position);
      const what = revisedFacts(alert, event.data, before?.data ?? null);
      const cause = `${event.data.textHash} ${event.data.title}`;
      return what === null ? null : { reason: "revised", what, by: null, cause };
    }
    case "item.revised": {
      const what = revisedWords(alert, event.data);
      const cause = event.data.contentHash;
      return what === null ? null : { reason: "revised", what, by: null, cause };
    }
    case "item.withdrawn": {
      const what = `${alert.source} withdrew it: ${event.data.reason}`;
      return { reason: "withdrawn", what, by: null, cause: event.data.missingSince };
    }
    case "text.redacted": {
      const what = `The words of the article were removed from the ledger: ${event.data.reason}`;
      return { reason: "redacted", what, by: null, cause: event.data.textHash };
    }
  }
}

const contradictedWithinDays = 7;

const contradictedSince = ({ recordedAt }: Pick<StoryEvent, "recordedAt">): Date =>
  new Date(recordedAt.getTime() - contradictedWithinDays * 86_400_000);

/** Which alerts these events may take back, or tell again. */
export function concernOf(events: readonly (ChangeEvent | StoryEvent)[]): Concern {
  const reports = events.filter(
    (event): event is StoryEvent => event.type === "story.opened" || event.type === "story.joined",
  );
  const times = reports.map((event) => contradictedSince(event).getTime());
  const of = <T extends ChangeEvent["type"]>(...types: T[]) =>
    events.filter((event): event is Extract<ChangeEvent, { type: T }> =>
      types.some((type) => type === event.type),
    );
  return {
    documentIds: of("article.understood").map(({ data }) => data.documentId),
    itemIds: of("item.revised", "item.withdrawn").map(({ data }) => data.itemId),
    textHashes: of("text.redacted").map(({ data }) => data.textHash),
    storyIds: reports.map(({ data }) => data.storyId),
    topics: [...new Set(reports.flatMap(({ data }) => data.topics.map((one) => one.topicId)))],
    raisedSince: times.length > 0 ? new Date(Math.min(...times)) : null,
  };
}

/** Tells whoever was alerted to something that a later report says the opposite. */
export async function correctByReport(
  { event, facts }: Reading,
  rules: readonly StoredRule[],
  setting: Setting,
): Promise<void> {
  if (facts.relation === "copy" || facts.topics.length === 0) return;
  const raisedSince = contradictedSince(event);
  const topics = facts.topics.map(({ topicId }) => topicId);
  const { groups } = setting.options;
  for (const told of setting.told.of({ topics, raisedSince }, event.position)) {
    const { storyId, documentId, title, source, url } = event.data;
    const other = { facts, title, documentId, sameStory: storyId === told.alert.storyId };
    const correction = correctionOf(told, other, groups);
    if (correction === null) continue;
    const by = { source, title, url };
    await correct(told, { ...correction, by, cause: documentId }, event, rules, setting);
  }
}

function correctionOf(
  { alert }: Told,
  other: OtherReport,
  groups: JudgeOptions["groups"],
): Pick<Correction, "reason" | "what"> | null {
  const { source } = other.facts;
  const words = contradiction(alert, other, groups);
  if (words !== null)
    return { reason: "contradicted", what: `${source} says otherwise: “${words}”` };
  if (isPublishedCorrection(alert, other))
    return { reason: "revised", what: `${source} has published a correction: “${other.title}”` };
  return null;
}

async function correct(
  { alert }: Told,
  { reason, what, by, cause }: Correction,
  event: Pick<RecordedEvent<NewsEvents>, "id" | "recordedAt" | "correlationId">,
  rules: readonly StoredRule[],
  { log, trx, options }: Setting,
): Promise<void> {
  const { alertId, ruleId, ruleName, topicId, storyId, documentId, title, source, url } = alert;
  const correctionId = contentId("correction", alertId, reason, cause);
  const corrected = alertCorrected.create({
    ...{ correctionId, alertId, ruleId, ruleName, topicId, storyId, documentId },
    ...{ title, source, url, reason, what, by },
  });
  const appended = await log.within(trx).append(streams.alert(alertId), [corrected], {
    key: `correction:${correctionId}`,
    causationId: event.id,
    ...(event.correlationId === null ? {} : { correlationId: event.correlationId }),
  });
  if (appended.status !== "appended") return;
  await sql`
    update newsledger.alerts_told set corrections = corrections + 1 where alert_id = ${alertId}`.execute(
    trx,
  );
  const { publicUrl } = options;
  const at = event.recordedAt;
  await planDeliveries(trx, {
    cause: correctionId,
    ruleIds: [],
    caseId: topicId,
    onlyTo: await receiversOf(alertId, trx),
    compose: (sequence) => describeCorrection(corrected.data, { at, publicUrl, sequence }),
  });
  await holdCorrection(
    correctionId,
    alertId,
    rules.find((rule) => rule.ruleId === ruleId),
    trx,
  );
}

/** Whoever was sent the alert, whether it has arrived or not. */
async function receiversOf(alertId: string, trx: Setting["trx"]): Promise<string[]> {
  const { rows } = await sql<{ target: string }>`
    select distinct target from newsledger.deliveries where cause = ${alertId} order by target`.execute(
    trx,
  );
  return rows.map(({ target }) => target);
}

/** A correction keeps the quiet hours too; while its alert is held, it waits beside it. It follows no throttle. */
async function holdCorrection(
  correctionId: string,
  alertId: string,
  rule: StoredRule | undefined,
  trx: Setting["trx"],
): Promise<void> {
  await sql`
    update newsledger.deliveries c
    set state = 'held', next_attempt_at = a.next_attempt_at, hold_reason = a.hold_reason
    from newsledger.deliveries a
    where c.cause = ${correctionId} and c.state = 'planned'
      and a.cause = ${alertId} and a.target = c.target and a.state = 'held'`.execute(trx);
  const hold = rule && (await holdNow(trx, { ...rule, throttleMinutes: 0 }));
  if (!hold) return;
  const { rows } = await sql<{ delivery_id: string }>`
    select delivery_id from newsledger.deliveries
    where cause = ${correctionId} and state = 'planned'`.execute(trx);
  await holdBack(
    trx,
    rows.map((row) => row.delivery_id),
    hold,
  );
}
