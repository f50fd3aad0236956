import type { OpenAPIHono } from "@hono/zod-openapi";
import { ledgerSummary, search, timeline } from "@newsledger/readmodels";
import type { Context } from "hono";
import { type ApiContext, caseOf, statusOf } from "../context.ts";
import { casePage } from "./case-page.ts";
import { homePage } from "./home-page.ts";
import { searchPage } from "./search-page.ts";
import { icon, style } from "./style.ts";
import { dayOf } from "./words.ts";

/** Keeps a page with its evidence below 50 KB. */
const storiesShown = 14;

/** The pages for people; they work without a script. */
export function pageRoutes(app: OpenAPIHono, context: ApiContext): void {
  const { db, clock, topics } = context;
  const feeds = async () => (await context.feeds?.()) ?? [];

  app.get("/", async (c) => {
    const cases = await Promise.all(topics.map((topic) => statusOf(context, topic)));
    return c.html(homePage({ cases, ledger: await ledgerSummary(db), feeds: await feeds() }));
  });

  app.get("/cases/:id", async (c) => {
    const topic = caseOf(context, c.req.param("id"));
    const asOf = given(c, "as_of");
    const cursor = given(c, "before");
    return c.html(
      casePage({
        status: await statusOf(context, topic, { asOf }),
        timeline: await timeline(db, { topic: topic.id, asOf, cursor, limit: storiesShown }),
        ledger: await ledgerSummary(db),
        feeds: await feeds(),
        asOf,
        today: dayOf(clock.now()),
        further: cursor !== undefined,
      }),
    );
  });

  app.get("/search", async (c) => {
    const q = given(c, "q") ?? "";
    const topic = given(c, "topic");
    const cursor = given(c, "cursor");
    const result = q === "" ? null : await search(db, { q, topic, cursor, limit: storiesShown });
    return c.html(searchPage({ q, topic, topics, result }));
  });

  app.get("/style.css", (c) => c.body(style, 200, { "Content-Type": "text/css; charset=utf-8" }));
  app.get("/icon.svg", (c) => c.body(icon, 200, { "Content-Type": "image/svg+xml" }));
}

/** A field left empty in a form is a field not given. Pages ignore what links from elsewhere append. */
const given = (c: Context, name: string): string | undefined =>
  c.req.query(name)?.replaceAll("\u0000", "").toWellFormed() || undefined;
