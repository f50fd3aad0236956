import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  entity,
  itemsOf,
  lastPosition,
  ledgerSummary,
  listArticles,
  listOccurrences,
  search,
  storyFeed,
  storyView,
  timelineInShort,
  volume,
} from "@newsledger/readmodels";
import type { Context } from "hono";
import { type ApiContext, caseOf, statusOf } from "../context.ts";
import { livePages } from "../headers.ts";
import { Problem } from "../problem.ts";
import { casePage } from "./case-page.ts";
import { entityPage } from "./entity-page.ts";
import { feedsPage } from "./feed-health.ts";
import { feedPage } from "./feed-page.ts";
import { homePage } from "./home-page.ts";
import { liveScript } from "./live-script.ts";
import { casePath } from "./parts.ts";
import { quotesOf } from "./quotes.ts";
import { type SearchForm, searchPage } from "./search-page.ts";
import { isMoved, movedTo, stopsOf } from "./stops.ts";
import { storyPage } from "./story-page.ts";
import { icon, style } from "./style.ts";
import { filterOf, narrowingOf } from "./timeline-filter.ts";
import { turnsOf } from "./turns.ts";
import { voiceFor } from "./voice.ts";
import { dayOf } from "./words.ts";

/** Keeps a page with its evidence below 50 KB. */
const storiesShown = 12;

/** The page of a feed lies where topics are to be had as feeds: those have an ending, ids have none. */
export function feedPageRoute(app: OpenAPIHono, context: ApiContext): void {
  app.get("/feeds/:id{[^.]+}", async (c) => {
    const id = c.req.param("id");
    const feed = (await context.feed?.(id)) ?? null;
    if (!feed) throw new Problem(404, `There is no feed “${id}” here.`);
    return c.html(feedPage(voiceFor(c), feed, await itemsOf(context.db, feed.newest)));
  });
}

/** The pages for people; they work without a script. */
export function pageRoutes(app: OpenAPIHono, context: ApiContext): void {
  const { db, topics } = context;
  const feeds = async () => (await context.feeds?.()) ?? [];

  app.get("/", async (c) => {
    const cases = await Promise.all(topics.map((topic) => statusOf(context, topic)));
    const ledger = await ledgerSummary(db);
    return c.html(homePage({ voice: voiceFor(c), cases, ledger, feeds: await feeds() }));
  });

  app.get("/cases/:id", (c) => caseAnswer(c, context));

  app.get("/stories/:id", async (c) => {
    const story = await storyView(db, { storyId: c.req.param("id"), asOf: given(c, "as_of") });
    if (!story) throw new Problem(404, `There is no story “${c.req.param("id")}” in this ledger.`);
    const voice = voiceFor(c);
    const titleOf = (id: string) =>
      topics.find((topic) => topic.id === id)?.title[voice.language] ?? id;
    return c.html(storyPage(voice, story, await quotesOf(context, story), titleOf));
  });

  app.get("/entities/:id", async (c) => c.html(await entityOf(c, context, c.req.param("id"))));

  app.get("/search", async (c) => {
    const form = formOf(c);
    const cursor = given(c, "cursor");
    const knownAt = form.known_at === undefined ? undefined : endOf(form.known_at);
    const question = { ...form, asOf: form.as_of, knownAt, cursor, limit: storiesShown };
    const result = form.q === "" ? null : await search(db, question);
    return c.html(searchPage({ voice: voiceFor(c), form, topics, result }));
  });

  app.get("/feeds", async (c) => c.html(feedsPage(voiceFor(c), await feeds())));

  app.get("/style.css", (c) => c.body(style, 200, { "Content-Type": "text/css; charset=utf-8" }));
  // Mounted pages name no icon, and browsers then ask for this one.
  for (const path of ["/icon.svg", "/favicon.ico"])
    app.get(path, (c) => c.body(icon, 200, { "Content-Type": "image/svg+xml" }));
  app.get("/live.js", (c) =>
    c.body(liveScript, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
}

/** One case, on a day; or, once its slider was moved, the way to that day. */
async function caseAnswer(c: Context, context: ApiContext): Promise<Response> {
  const { db, clock } = context;
  const topic = caseOf(context, c.req.param("id") ?? "");
  const wholeVolume = await volume(db, { topic: topic.id });
  const stops = stopsOf(wholeVolume[0]?.month, dayOf(clock.now()));
  const { searchParams } = new URL(c.req.url);
  if (isMoved(searchParams)) {
    const query = String(movedTo(searchParams, stops));
    return c.redirect(query ? `${casePath(topic.id)}?${query}` : casePath(topic.id), 303);
  }
  const asOf = given(c, "as_of");
  const cursor = given(c, "before");
  const filter = filterOf((name) => given(c, name));
  const narrowed = { topic: topic.id, asOf, ...narrowingOf(filter) };
  const today = await statusOf(context, topic);
  c.header("Content-Security-Policy", livePages);
  return c.html(
    casePage({
      voice: voiceFor(c),
      // First: whatever is told while the page is made is new to its reader.
      position: await lastPosition(db),
      status: asOf === undefined ? today : await statusOf(context, topic, { asOf }),
      timeline: await timelineInShort(db, { ...narrowed, cursor, limit: storiesShown }),
      volume: asOf === undefined ? wholeVolume : await volume(db, { topic: topic.id, asOf }),
      wholeVolume,
      stops,
      besides: { lang: given(c, "lang"), since: given(c, "since") },
      ledger: await ledgerSummary(db),
      feeds: (await context.feeds?.()) ?? [],
      asOf,
      filter,
      news: cursor === undefined ? await newsOf(context, topic.id, given(c, "since")) : null,
      turns: turnsOf(today.persons),
      mailSignUp: context.mailSignUp === true,
      now: clock.now(),
      further: cursor !== undefined,
    }),
  );
}

const newsShown = 20;

/** What a case was told since a day (2021-12-31) or a moment. */
async function newsOf({ db }: ApiContext, topic: string, since: string | undefined) {
  if (since === undefined) return null;
  const from = new Date(since);
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(since) || Number.isNaN(from.getTime()))
    throw new Problem(400, `“${since}” is not a day: write it as 2021-12-31.`);
  const stories = await storyFeed(db, { topic, limit: newsShown });
  return { since, stories: stories.filter(({ updatedAt }) => updatedAt >= from) };
}

const linesShown = 20;

async function entityOf(c: Context, context: ApiContext, id: string) {
  const { db, topics } = context;
  const asOf = given(c, "as_of");
  const cases = topics.filter(({ subjects }) => subjects.some((subject) => subject.id === id));
  const found = await entity(db, { id, asOf });
  if (!found && cases.length === 0) throw new Problem(404, `Nothing in this ledger names “${id}”.`);
  const statuses = await Promise.all(cases.map((topic) => statusOf(context, topic, { asOf })));
  return entityPage({
    voice: voiceFor(c),
    id,
    asOf,
    today: dayOf(context.clock.now()),
    entity: found,
    subjectOf: statuses.flatMap((status) => {
      const person = status.persons.find((one) => one.id === id);
      return person ? [{ case: status, person }] : [];
    }),
    occurrences: (await listOccurrences(db, { entity: id, asOf, limit: linesShown })).items,
    articles: (await listArticles(db, { entity: id, asOf, limit: linesShown })).items,
  });
}

const formOf = (c: Context): SearchForm => ({
  q: given(c, "q") ?? "",
  topic: given(c, "topic"),
  language: given(c, "language"),
  from: given(c, "from"),
  to: given(c, "to"),
  as_of: given(c, "as_of"),
  known_at: given(c, "known_at"),
});

/** The last moment of a day (UTC). */
function endOf(day: string): Date {
  const end = new Date(`${day}T23:59:59.999Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(end.getTime()))
    throw new Problem(400, `“${day}” is not a day: write it as 2021-12-31.`);
  return end;
}

/** A field left empty in a form is a field not given. Pages ignore what links from elsewhere append. */
const given = (c: Context, name: string): string | undefined =>
  c.req.query(name)?.replaceAll("\u0000", "").toWellFormed() || undefined;
