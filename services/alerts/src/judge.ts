import { alertRaised, contentId, contentUuid, type NewsEvents, streams } from "@newsledger/core";
import type { AnyTransaction, EventLog } from "@newsledger/eventlog";
import { announce } from "./announce.ts";
import { evaluate, mayFire, openedKey } from "./evaluate.ts";
import type { Facts, Finding, History } from "./facts.ts";
import { dailyCounts, type EarlierReport, earlierReports, inTopic, type News } from "./memory.ts";
import { describeAlert, type Source } from "./payload.ts";
import { readAt } from "./read-report.ts";
import type { Reading, ReportOptions, StoryEvent } from "./report.ts";
import type { StoredRule } from "./rules.ts";
import type { ToldBook } from "./told.ts";

type Log = EventLog<NewsEvents>;

export interface JudgeOptions extends ReportOptions {
  readonly publicUrl: string;
}

export interface Setting {
  readonly log: Log;
  readonly trx: AnyTransaction;
  readonly options: JudgeOptions;
  readonly told: ToldBook;
}

/** Puts a report of a story, and what is new in it, to the rules. */
export async function judge(
  reading: Reading,
  news: News,
  rules: readonly StoredRule[],
  setting: Setting,
): Promise<void> {
  const { event, facts } = reading;
  // A rule speaks from its making, or its change, on; "rules test" shows what it would have said before.
  const concerned = rules.filter(
    (rule) => rule.enabled && rule.speaksFrom < event.recordedAt && mayFire(rule, facts),
  );
  if (concerned.length === 0) return;
  const story = await earlierReports(setting.trx, event);
  for (const rule of concerned) {
    const history = await historyOf(rule, reading, news, story, setting);
    const finding = evaluate(rule, facts, history, setting.options);
    if (finding) await raise(rule, finding, reading, story, setting);
  }
}

async function historyOf(
  rule: StoredRule,
  { event, facts }: Reading,
  news: News,
  story: readonly EarlierReport[],
  setting: Setting,
): Promise<History> {
  const { trx, options } = setting;
  const told = setting.told.developments(rule.ruleId, event.data.storyId, event.position);
  const reports = outlets(facts, story);
  const waited = rule.minReports > 1 && reports >= rule.minReports && told.size === 0;
  return {
    reports,
    told,
    codesBefore: new Set(story.flatMap(({ codes }) => codes)),
    earlier: waited ? await factsOfEarlier(story, setting) : [],
    firsts: new Set(
      [...news.firsts].flatMap((thing) =>
        thing.startsWith(inTopic(rule.topic, "")) ? thing.slice(rule.topic.length + 1) : [],
      ),
    ),
    changes: news.changes,
    counts:
      rule.when.kind === "burst" && facts.relation === null
        ? await dailyCounts(trx, rule, event, facts, options)
        : null,
  };
}

const outlets = (
  facts: Pick<Facts, "source">,
  story: readonly Pick<EarlierReport, "source">[],
): number =>
  new Set([facts.source.trim().toLowerCase(), ...story.map(({ source }) => source)]).size;

/** A story that waits for its third outlet has few reports; of one with very many the latest will do. */
const mostEarlier = 50;

async function factsOfEarlier(story: readonly EarlierReport[], setting: Setting): Promise<Facts[]> {
  const found: Facts[] = [];
  for (const { position } of story.slice(0, mostEarlier)) {
    const reading = await readAt(setting, position);
    if (reading) found.push(reading.facts);
  }
  return found;
}

async function raise(
  rule: StoredRule,
  finding: Finding,
  reading: Reading,
  story: readonly EarlierReport[],
  setting: Setting,
): Promise<void> {
  const { log, trx, options, told } = setting;
  const { event, article } = await reportThatMet(finding, reading, story, setting);
  const alert = alertRaised.create(alertOf(rule, finding, event, reading.facts.foundAt)).data;
  const appended = await log
    .within(trx)
    .append(streams.alert(alert.alertId), [alertRaised.create(alert)], {
      key: `alert:${alert.alertId}`,
      correlationId: contentUuid("item", article.data.itemId),
      causationId: reading.event.id,
    });
  const { itemId, textHash } = article.data;
  await told.keep({
    alert,
    itemId,
    textHash,
    position: reading.event.position,
    raisedAt: reading.event.recordedAt,
    kind: rule.when.kind,
    developments: finding.developments.map(({ key }) => key),
  });
  // It was told then, or this is a copy of a ledger that must not send again.
  if (appended.status !== "appended") return;
  const sources = await sourcesOf(log, reading.event);
  const { publicUrl } = options;
  const raisedAt = reading.event.recordedAt;
  await announce(trx, rule, {
    cause: alert.alertId,
    caseId: rule.topic,
    compose: (sequence) => describeAlert(alert, { sources, raisedAt, publicUrl, sequence }),
  });
}

/** Of a rule that waited for several reports, the one that says what it wants may be an earlier one. */
async function reportThatMet(
  { reportsBack }: Finding,
  reading: Reading,
  story: readonly EarlierReport[],
  setting: Setting,
): Promise<Pick<Reading, "event" | "article">> {
  const earlier = story[reportsBack - 1];
  return (earlier && (await readAt(setting, earlier.position))) ?? reading;
}

/** The first alert on a story has the story's id for its own; what develops later has ids of its own. */
const alertIdOf = (ruleId: string, storyId: string, [first]: Finding["developments"]): string =>
  first === undefined || first.key === openedKey
    ? contentId("alert", ruleId, storyId)
    : contentId("alert", ruleId, storyId, first.key);

function alertOf(
  rule: StoredRule,
  finding: Finding,
  { data }: StoryEvent,
  foundAt: Date,
): NewsEvents["alert.raised"] {
  const { ruleId, name: ruleName, topic: topicId, severity } = rule;
  const { storyId, documentId, title, source, url, publishedAt } = data;
  const { lateFind, why, occurrences, evidence } = finding;
  return {
    ...{ alertId: alertIdOf(ruleId, storyId, finding.developments), ruleId, ruleName, topicId },
    ...{ storyId, documentId, title, source, url, publishedAt, foundAt: foundAt.toISOString() },
    ...{ lateFind, why, occurrences, evidence, severity },
    entities: finding.entities.map(({ id, name, type }) => ({ id, name, type })),
    developments: finding.developments.map(({ words }) => words),
  };
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
