import { alertRaised, contentId, contentUuid, type NewsEvents, streams } from "@newsledger/core";
import {
  type AnyTransaction,
  type EventLog,
  getText,
  type RecordedEvent,
} from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { type EvaluateOptions, evaluate, type Facts, type Finding } from "./evaluate.ts";
import { describeAlert, type Source } from "./payload.ts";
import { planDeliveries } from "./plan.ts";
import { listRules, type StoredRule } from "./rules.ts";

type Log = EventLog<NewsEvents>;
export type StoryEvent = Extract<
  RecordedEvent<NewsEvents>,
  { type: "story.opened" | "story.joined" }
>;
type Understood = Extract<RecordedEvent<NewsEvents>, { type: "article.understood" }>;

export interface RaiseOptions extends EvaluateOptions {
  readonly publicUrl: string;
}

/** The log subscription of this service: each new report of a story is put to the rules. */
export function raiser({ log }: Pick<Resources, "log">, options: RaiseOptions) {
  return async (events: readonly StoryEvent[], trx: AnyTransaction) => {
    const rules = await listRules(trx);
    for (const event of events) await consider(event, rules, { log, trx, options });
    return undefined;
  };
}

interface Setting {
  readonly log: Log;
  readonly trx: AnyTransaction;
  readonly options: RaiseOptions;
}

async function consider(
  event: StoryEvent,
  rules: readonly StoredRule[],
  setting: Setting,
): Promise<void> {
  // A rule speaks from its creation on; "rules test" shows what it would have said before.
  const concerned = rules.filter(
    (rule) => rule.createdAt < event.recordedAt && mayConcern(rule, event),
  );
  if (concerned.length === 0) return;
  const known = await gather(event, setting);
  for (const rule of concerned) {
    const finding = evaluate(rule, known.facts, setting.options);
    if (finding) await raise(rule, finding, event, known, setting);
  }
}

/** What can be told without reading the article: most stories end here. */
export const mayConcern = ({ topic }: { topic: string }, { type, data }: StoryEvent): boolean =>
  !data.backfill &&
  !(type === "story.joined" && data.relation === "copy") &&
  data.topics.some(({ topicId, tier }) => topicId === topic && tier === "alert");

interface Known {
  readonly facts: Facts;
  readonly article: Understood;
  readonly foundAt: Date;
}

async function gather(
  event: StoryEvent,
  { log, trx }: Pick<Setting, "log" | "trx">,
): Promise<Known> {
  const article = await articleOf(log, event);
  const foundAt = await firstSeen(log, article);
  const text = await getText(trx, article.data.textHash);
  return { facts: factsOf(event, article, { foundAt, text }), article, foundAt };
}

export function factsOf(
  { type, data }: StoryEvent,
  article: Understood,
  { foundAt, text }: { foundAt: Date; text: string | null },
): Facts {
  return {
    topics: data.topics,
    matches: article.data.topics,
    entities: article.data.understanding.entities,
    occurrences: article.data.understanding.occurrences,
    text,
    publishedAt: data.publishedAt === null ? null : new Date(data.publishedAt),
    foundAt,
    backfill: data.backfill,
    relation: type === "story.joined" ? data.relation : null,
  };
}

/** What was understood of the document when the story event was written. */
async function articleOf(log: Log, event: StoryEvent): Promise<Understood> {
  const stream = streams.document(event.data.documentId);
  for await (const candidate of log.readStream(stream, { direction: "backward" })) {
    if (candidate.type === "article.understood" && candidate.position < event.position)
      return candidate;
  }
  throw new Error(
    `raise alerts for story ${event.data.storyId}: stream ${stream} holds no article.understood before position ${event.position}`,
  );
}

/** When the ledger first saw the item: reading and understanding it may have taken its time. */
async function firstSeen(log: Log, article: Understood): Promise<Date> {
  for await (const event of log.readStream(streams.item(article.data.itemId), { limit: 1 }))
    return event.recordedAt;
  return article.recordedAt;
}

async function raise(
  rule: StoredRule,
  finding: Finding,
  event: StoryEvent,
  { article, foundAt }: Known,
  { log, trx, options }: Setting,
): Promise<void> {
  const { data } = event;
  const alertId = contentId("alert", rule.ruleId, data.storyId);
  const alert = alertRaised.create({
    alertId,
    ruleId: rule.ruleId,
    ruleName: rule.name,
    topicId: rule.topic,
    storyId: data.storyId,
    documentId: data.documentId,
    title: data.title,
    source: data.source,
    url: data.url,
    publishedAt: data.publishedAt,
    foundAt: foundAt.toISOString(),
    lateFind: finding.lateFind,
    why: finding.why,
    entities: finding.entities.map(({ id, name, type }) => ({ id, name, type })),
    occurrences: finding.occurrences,
    evidence: finding.evidence,
  });
  const appended = await log.within(trx).append(streams.alert(alertId), [alert], {
    key: `alert:${alertId}`,
    correlationId: contentUuid("item", article.data.itemId),
    causationId: event.id,
  });
  // The story has been alerted on: it was planned then, or this is a copy of a ledger that must not send again.
  if (appended.status !== "appended") return;
  const sources = await sourcesOf(log, event);
  const { publicUrl } = options;
  await planDeliveries(trx, {
    cause: alertId,
    ruleIds: [rule.ruleId],
    caseId: rule.topic,
    compose: (sequence) =>
      describeAlert(alert.data, { sources, raisedAt: event.recordedAt, publicUrl, sequence }),
  });
}

/** Who had reported the story, in their own words, up to this event. */
async function sourcesOf(log: Log, event: StoryEvent): Promise<Source[]> {
  const sources: Source[] = [];
  const stream = streams.story(event.data.storyId);
  for await (const member of log.readStream(stream, { limit: event.version })) {
    if (member.type !== "story.opened" && member.type !== "story.joined") continue;
    if (member.type === "story.joined" && member.data.relation === "copy") continue;
    const { source: name, title, url, publishedAt } = member.data;
    sources.push({ name, title, url, publishedAt });
  }
  return sources;
}
