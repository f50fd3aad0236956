import {
  type AsOf,
  type Development,
  type EntityView,
  entity,
  listEvents,
  listOccurrences,
  type Narrowing,
  storyView,
  timeline,
  understoodAt,
} from "@newsledger/readmodels";
import { cite, eventUrl, untrusted } from "./cite.ts";
import { type ApiContext, caseOf, statusOf } from "./context.ts";
import { eventAt } from "./event-at.ts";
import { Problem } from "./problem.ts";

/** What assistants are answered: short, each claim with its citation, what outlets wrote marked as such. */

type Paging = { limit?: number | undefined };

export async function searchEvents(
  { db, publicUrl }: ApiContext,
  question: AsOf & Narrowing & Paging & { type?: string | undefined },
) {
  const { items, next } = await listEvents(db, { limit: 20, ...question });
  return {
    events: items.map((line) => ({
      type: line.type,
      title: untrusted(line.title),
      topics: line.topics,
      why_it_is_here: untrusted(line.why),
      ...(line.storyId && { story: line.storyId }),
      citation: cite(publicUrl, line, line.position),
    })),
    more: next !== null,
  };
}

export async function getTimeline(
  context: ApiContext,
  question: AsOf & Narrowing & Paging & { topic: string },
) {
  const { db, publicUrl } = context;
  caseOf(context, question.topic);
  const { items, next } = await timeline(db, { limit: 10, ...question });
  const stories = [];
  for (const { storyId } of items) {
    const story = await storyView(db, { ...question, storyId });
    if (!story) continue;
    stories.push({
      story: storyId,
      page: `${publicUrl}/stories/${storyId}`,
      title: untrusted(story.title),
      independent_reports: story.independent,
      copies: story.copies,
      found_late: story.lateFind,
      occurrences: story.occurrences.map(({ code, date, sentence }) => ({
        code,
        date,
        sentence: untrusted(sentence),
      })),
      citations: story.reports.map((report) => ({
        relation: report.relation,
        ...cite(publicUrl, report, report.position),
      })),
    });
  }
  return { stories, more: next !== null };
}

export async function getCaseStatusAsOf(context: ApiContext, question: AsOf & { topic: string }) {
  const { topic, ...past } = question;
  const status = await statusOf(context, caseOf(context, topic), past);
  const reports = status.persons.flatMap(({ last, lastConfirmed }) =>
    [last, lastConfirmed].flatMap((one) => one?.reports ?? []),
  );
  const documentIds = reports.map(({ documentId }) => documentId);
  const positions = await understoodAt(context.db, { ...past, documentIds });
  const told = (one: Development | null) =>
    one && {
      occurrence: one.code,
      date: one.date,
      date_is_assumed: one.dateAssumed,
      confirmation: one.confirmation,
      sentence: untrusted(one.sentence),
      citations: one.reports
        .slice(0, 5)
        .map((report) => cite(context.publicUrl, report, positions.get(report.documentId))),
    };
  return {
    case: status.topicId,
    on: status.on,
    persons: status.persons.map((person) => ({
      entity: person.id,
      name: person.name,
      status: person.status,
      since: person.since,
      days: person.days,
      last: told(person.last),
      last_confirmed: told(person.lastConfirmed),
      later_reports_that_do_not_fit: person.unsettled.length,
    })),
    stories: status.stories,
    page: `${context.publicUrl}/cases/${status.topicId}`,
  };
}

export async function getEntity(context: ApiContext, question: AsOf & { entity: string }) {
  const { db, topics, publicUrl } = context;
  const subjects = topics.flatMap((topic) => topic.subjects);
  const named = subjects.find(
    ({ name }) => name.toLowerCase() === question.entity.trim().toLowerCase(),
  );
  const id = named?.id ?? question.entity;
  const found = await entity(db, { ...question, id });
  if (!found) {
    const known = subjects.map((subject) => subject.id).join(", ");
    throw new Problem(404, `Nothing in this ledger names “${id}”; followed persons: ${known}.`);
  }
  const { items } = await listOccurrences(db, { ...question, entity: id, limit: 15 });
  return {
    ...shown(found),
    page: `${publicUrl}/entities/${id}`,
    occurrences: items.map((one) => ({
      code: one.code,
      date: one.date,
      actors: one.actors.map(({ name }) => untrusted(name)),
      targets: one.targets.map(({ name }) => untrusted(name)),
      sentence: untrusted(one.sentence),
      citation: cite(publicUrl, one, one.position),
    })),
  };
}

const shown = (found: EntityView) => ({
  entity: found.id,
  name: untrusted(found.name),
  type: found.type,
  articles: found.articles,
  outlets: found.sources,
  first_published: found.firstPublicAt.toISOString(),
  last_published: found.lastPublicAt.toISOString(),
  named_together_with: found.together
    .slice(0, 10)
    .map(({ id, name, articles }) => ({ entity: id, name: untrusted(name), articles })),
});

export async function listSources({ db, feeds, publicUrl }: ApiContext) {
  const [followed, { items }] = [
    (await feeds?.()) ?? [],
    await listEvents(db, { type: "feed.added", limit: 200 }),
  ];
  const added = new Map(items.map(({ feedId, position }) => [feedId, position]));
  return {
    sources: followed.map((feed) => ({
      title: untrusted(feed.title),
      url: feed.url,
      state: feed.state,
      last_good_poll_at: feed.lastGoodPollAt?.toISOString() ?? null,
      trouble: feed.reason,
      event_id: added.get(feed.feedId) ?? null,
      event_url: added.has(feed.feedId) ? eventUrl(publicUrl, added.get(feed.feedId) ?? "") : null,
    })),
  };
}

export async function explainEvent(context: ApiContext, { position }: { position: string }) {
  const event = await eventAt(context, BigInt(position));
  return {
    type: event.type,
    id: event.id,
    stream: event.stream,
    version: event.version,
    recorded_at: event.recordedAt.toISOString(),
    title: untrusted(event.title),
    why_it_is_here: untrusted(event.why),
    caused_by: event.causationId,
    belongs_to: event.correlationId,
    data: untrusted(JSON.stringify(event.data).slice(0, 8_000)),
    citation: cite(context.publicUrl, event, event.position),
  };
}
