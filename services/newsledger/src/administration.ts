import {
  addRule,
  type Delivery,
  DeliveryNotFound,
  deliveryLog,
  deliveryStates,
  dryRun,
  explain,
  listRules,
  listWebhooks,
  newRule,
  outletKinds,
  type Rule,
  RuleExists,
  RuleNotFound,
  removeRule,
  resend,
  snoozeRule,
  WebhookNotFound,
  WebhookRefused,
  wakeRule,
} from "@newsledger/alerts";
import {
  type Administration,
  type DeliveryQuestion,
  Refused,
  type RuleWish,
  type Trying,
} from "@newsledger/api";
import { listIssues, type pressOf, previewDigest } from "@newsledger/digest";
import type { Entities } from "@newsledger/extraction/knowledge";
import { loadTopics, parseTopic, type Topic, TopicInvalid } from "@newsledger/extraction/topics";
import { feedCatalogue } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { listFeeds, requestPoll } from "@newsledger/poller";
import { z } from "zod";
import { queueBoard } from "./queue-board.ts";
import { changesOf, topicHistory } from "./topic-history.ts";
import { groupsOf, peopleOf } from "./topics.ts";

const linesShown = 60;

/** What the pages of the administration do: the services' own functions, with refusals as sentences. */
export function administration(
  resources: Resources,
  { knowledge, press }: { knowledge: Entities; press: ReturnType<typeof pressOf> },
): Administration {
  const { db, log, queue } = resources;
  return {
    queueBoard: queue.kind === "memory" ? null : queueBoard(queue),
    rules: () => rules(resources, knowledge),
    addRule: (wish) => told(async () => void (await addRule(db, ruleOf(wish)))),
    tryRule: (which, trying) => told(() => tryRule(resources, knowledge, which, trying)),
    removeRule: (ruleId) => told(() => removeRule(db, ruleId)),
    snoozeRule: (ruleId, until) => told(async () => void (await snoozeRule(db, ruleId, { until }))),
    wakeRule: (ruleId) => told(() => wakeRule(db, ruleId)),
    tryTopic: (which, trying) => told(() => tryTopic({ db, log }, which, trying)),
    deliveryStates,
    deliveries: async (asked) => (await deliveryLog(db, filterOf(asked))).map(deliveryLine),
    delivery: async (deliveryId) => {
      const [found] = await deliveryLog(db, { deliveryId });
      return found ? { ...deliveryLine(found), tries: found.attempts } : null;
    },
    resend: (deliveryId) => told(() => sendAgain(db, deliveryId)),
    receivers: () => listWebhooks(db),
    digests: () => listIssues(db, { limit: linesShown }),
    previewDigest: async (topics, language) => {
      const rendered = await previewDigest(press, { topics, language });
      return rendered && (rendered.page() ?? rendered.html);
    },
    feeds: async () =>
      (await listFeeds(db)).map((feed) => ({ ...feed, followed: feed.nextPollAt !== null })),
    checkFeed: async (feedId) => {
      if ((await requestPoll(db, feedId === "all" ? "" : feedId)) === 0)
        throw new Refused(`No feed that is followed has the id ${feedId}.`, "missing");
    },
  };
}

const refusals = [
  [RuleNotFound, "missing"],
  [DeliveryNotFound, "missing"],
  [RuleExists, "conflict"],
  [WebhookNotFound, "conflict"],
  [WebhookRefused, "conflict"],
  [TopicInvalid, "wrong"],
] as const;

/** What a service refuses is a sentence for whoever asked; anything else is a fault. */
async function told<Answer>(deed: () => Promise<Answer>): Promise<Answer> {
  try {
    return await deed();
  } catch (error) {
    if (error instanceof z.ZodError)
      throw new Refused(z.prettifyError(error), "wrong", { cause: error });
    const known = refusals.find(([one]) => error instanceof one);
    if (error instanceof Error && known)
      throw new Refused(error.message, known[1], { cause: error });
    throw error;
  }
}

async function rules({ db }: Pick<Resources, "db">, { entities }: Entities) {
  return (await listRules(db)).map((rule) => {
    const {
      ruleId,
      name,
      snoozedUntil,
      spokeAt,
      version,
      enabled,
      createdAt,
      speaksFrom,
      ...more
    } = rule;
    const { snooze: _, ...definition } = more;
    const says = explain(rule, (id) => entities.get(id)?.name ?? id);
    return { ruleId, name, says, definition, snoozedUntil, spokeAt };
  });
}

function ruleOf(wish: RuleWish): z.output<typeof newRule> {
  const { name, topic, kind, entity, occurrence, minReports, days, severity, note } = wish;
  return newRule.parse({
    name,
    topic,
    when: kind === "silence" ? { kind, days } : { kind },
    entities: entity === null ? [] : [entity],
    occurrences: occurrence === null ? [] : [occurrence],
    minReports,
    severity,
    note,
  });
}

async function tryRule(
  { config, db, log, clock }: Resources,
  knowledge: Entities,
  which: RuleWish | { ruleId: string } | { definition: object },
  { signal, limit }: Trying,
) {
  const rule = await ruleToTry(db, which);
  const latest = [];
  let alerts = 0;
  const options = {
    lateAfterHours: config.alerts.lateAfterHours,
    groups: groupsOf(knowledge),
    people: peopleOf(knowledge),
    kindOf: outletKinds(feedCatalogue()),
    now: clock.now(),
    signal,
  };
  for await (const alert of dryRun({ log, db }, rule, options)) {
    alerts += 1;
    latest.push(alert);
    if (latest.length > limit) latest.shift();
  }
  const says = explain(rule, (id) => knowledge.entities.get(id)?.name ?? id);
  return { says, alerts, latest: latest.toReversed() };
}

async function ruleToTry(
  db: Resources["db"],
  which: RuleWish | { ruleId: string } | { definition: object },
): Promise<Rule> {
  if ("definition" in which)
    return { ...newRule.parse({ name: "Trial", ...which.definition }), ruleId: "trial" };
  if (!("ruleId" in which)) return { ...ruleOf(which), ruleId: "trial" };
  const rule = (await listRules(db)).find(({ ruleId }) => ruleId === which.ruleId);
  if (!rule) throw new RuleNotFound(which.ruleId);
  return rule;
}

async function tryTopic(
  { db, log }: Pick<Resources, "db" | "log">,
  which: { topicId: string } | { definition: string },
  { signal, limit }: Trying,
) {
  const topic = topicToTry(which);
  const history = await topicHistory(log, db, topic, { signal });
  const newest = <T>(lines: readonly T[]) => lines.slice(-limit).toReversed();
  return {
    items: history.items,
    pages: history.pages,
    recorded: history.recorded.size,
    matches: history.matches.size,
    found: newest([...history.matches.values()]),
    changes: newest(changesOf(history)),
  };
}

function topicToTry(which: { topicId: string } | { definition: string }): Topic {
  if ("definition" in which) return parseTopic(which.definition, "as sent"); // YAML, which JSON is too
  const topic = loadTopics().find(({ id }) => id === which.topicId);
  if (!topic) throw new Refused(`No topic is called ${which.topicId}.`, "missing");
  return topic;
}

function filterOf({ state, receiver, ...asked }: DeliveryQuestion) {
  const states = deliveryStates.filter((one) => one === state);
  return { ...asked, webhookId: receiver, states: states.length > 0 ? states : undefined };
}

/** Only when nothing of it is on its way: whoever asks twice does not send it twice. */
async function sendAgain(db: Resources["db"], deliveryId: string): Promise<string> {
  const [asked] = await deliveryLog(db, { deliveryId });
  const waiting =
    asked && (await deliveryLog(db, { messageId: asked.messageId, states: ["planned", "held"] }));
  if (waiting?.[0])
    throw new Refused(
      `Delivery ${waiting[0].deliveryId} of the same message is on its way: wait for its end.`,
      "conflict",
    );
  const [again = ""] = await resend(db, { deliveryId });
  return again;
}

function deliveryLine({ attempts, note, sequence: _, ...delivery }: Delivery) {
  const last = attempts.at(-1);
  const { status = null, error = null } = last ?? {};
  return { ...delivery, attempts: attempts.length, status, error: error ?? note };
}
