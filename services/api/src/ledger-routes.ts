import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { listEvents, search } from "@newsledger/readmodels";
import { ok, okOrMissing } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { eventAt } from "./event-at.ts";
import { eventPath, eventsQuery, narrowingOf, nothing, pastOf, searchQuery } from "./parameters.ts";
import * as schemas from "./schemas.ts";

/** The whole ledger: its lines, and its words. */
export function ledgerRoutes(app: OpenAPIHono, context: ApiContext): void {
  const { db } = context;

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/events",
      summary: "The ledger, line by line",
      request: { query: eventsQuery },
      responses: ok(schemas.eventPage, "Lines of the ledger, newest first."),
    }),
    async (c) => {
      const { type, direction, limit, cursor, ...query } = c.req.valid("query");
      const question = { type, direction, limit, cursor, ...narrowingOf(query), ...pastOf(query) };
      return c.json(await listEvents(db, question), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/events/{position}",
      summary: "One event, whole",
      request: { params: eventPath, query: nothing },
      responses: okOrMissing(
        schemas.eventDetail,
        "The event as it was appended, and what it means.",
      ),
    }),
    async (c) => {
      const found = await eventAt(context, BigInt(c.req.valid("param").position));
      return c.json(found, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/search",
      summary: "Full text, English and Spanish",
      request: { query: searchQuery },
      responses: ok(schemas.searchPage, "What matches, best first."),
    }),
    async (c) => {
      const { q, topic, language, from, to, limit, cursor, ...past } = c.req.valid("query");
      const question = { q, topic, language, from, to, limit, cursor, ...pastOf(past) };
      return c.json(await search(db, question), 200);
    },
  );
}
