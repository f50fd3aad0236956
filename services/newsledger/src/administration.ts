import {
  addRule,
  type Delivery,
  DeliveryNotFound,
  deliveryLog,
  deliveryStates,
  dryRun,
  explain,
  listRules,
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
import { type Administration, Refused, type RuleWish } from "@newsledger/api";
import { listIssues, type pressOf, previewDigest } from "@newsledger/digest";
import { type Knowledge, loadTopics } from "@newsledger/extraction";
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
  { knowledge, press }: { knowledge: Knowledge; press: ReturnType<typeof pressOf> },
): Administration {
  const { db, log, queue } = resources;
  return {
    queueBoard: queueBoard(queue),
    rules: () => rules(resources, knowledge),
    addRule: (wish) => told(async () => void (await addRule(db, ruleOf(wish)))),
    tryRule: (which) => told(() => tryRule(resources, knowledge, which)),
    removeRule: (ruleId) => told(() => removeRule(db, ruleId)),
    snoozeRule: (ruleId, until) => told(async () => void (await snoozeRule(db, ruleId, { until }))),
    wakeRule: (ruleId) => told(() => wakeRule(db, ruleId)),
    tryTopic: (topicId) => tryTopic({ db, log }, topicId),
    deliveryStates,
    deliveries: async ({ state, limit }) => {
      const states = deliveryStates.filter((one) => one === state);
      const asked = states.length > 0 ? { states, limit } : { limit };
      return (await deliveryLog(db, asked)).map(deliveryLine);
    },
    resend: (deliveryId) => told(async () => void (await resend(db, { deliveryId }))),
    digests: () => listIssues(db, { limit: linesShown }),
    previewDigest: async (topics, language) => {
      const rendered = await previewDigest(press, { topics, language });
      return rendered && (rendered.page() ?? rendered.html);
    },
    feeds: async () =>
      (await listFeeds(db)).map((feed) => ({ ...feed, followed: feed.nextPollAt !== null })),
    checkFeed: async (feedId) => {
      if ((await requestPoll(db, feedId === "all" ? "" : feedId)) === 0)
        throw new Refused(`No feed that is followed has the id ${feedId}.`);
    },
  };
}

const refusals = [RuleExists, RuleNotFound, DeliveryNotFound, WebhookNotFound, WebhookRefused];

/** What a service refuses is a sentence for whoever asked; anything else is a fault. */
async function told<Answer>(deed: () => Promise<Answer>): Promise<Answer> {
  try {
    return await deed();
  } catch (error) {
    if (error instanceof z.ZodError) throw new Refused(z.prettifyError(error), { cause: error });
    if (error instanceof Error && refusals.some((known) => error instanceof known))
      throw new Refused(error.message, { cause: error });
    throw error;
  }
}

async function rules({ db }: Pick<Resources, "db">, { entities }: Pick<Knowledge, "entities">) {
  return (await listRules(db)).map((rule) => ({
    ...rule,
    says: explain(rule, (id) => entities.get(id)?.name ?? id),
  }));
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
  knowledge: Knowledge,
  which: RuleWish | { ruleId: string },
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
  };
  for await (const alert of dryRun({ log, db }, rule, options)) {
    alerts += 1;
    latest.push(alert);
    if (latest.length > linesShown) latest.shift();
  }
  const says = explain(rule, (id) => knowledge.entities.get(id)?.name ?? id);
  return { says, alerts, latest: latest.toReversed() };
}

async function ruleToTry(db: Resources["db"], which: RuleWish | { ruleId: string }): Promise<Rule> {
  if (!("ruleId" in which)) return { ...ruleOf(which), ruleId: "trial" };
  const rule = (await listRules(db)).find(({ ruleId }) => ruleId === which.ruleId);
  if (!rule) throw new RuleNotFound(which.ruleId);
  return rule;
}

async function tryTopic({ db, log }: Pick<Resources, "db" | "log">, topicId: string) {
  const topic = loadTopics().find(({ id }) => id === topicId);
  if (!topic) throw new Refused(`No topic is called ${topicId}.`);
  const history = await topicHistory(log, db, topic);
  return {
    items: history.items,
    recorded: history.recorded.size,
    matches: history.matches.size,
    changes: changesOf(history).slice(-linesShown).toReversed(),
  };
}

function deliveryLine({ attempts, note, ...delivery }: Delivery) {
  const last = attempts.at(-1);
  const { status = null, error = null } = last ?? {};
  return { ...delivery, attempts: attempts.length, status, error: error ?? note };
}
