import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { listEvents, search } from "@newsledger/readmodels";
import { ok } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { eventsQuery, pastOf, searchQuery } from "./parameters.ts";
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
      const { topic, type, direction, limit, cursor, ...past } = c.req.valid("query");
      const question = { topic, type, direction, limit, cursor, ...pastOf(past) };
      return c.json(await listEvents(db, question), 200);
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
