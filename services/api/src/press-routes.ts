import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { entity, listArticles, listOccurrences, storyView, timeline } from "@newsledger/readmodels";
import { ok, okOrMissing } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import {
  entityPath,
  narrowingOf,
  pastOf,
  pressQuery,
  statusQuery,
  storyPath,
} from "./parameters.ts";
import { Problem } from "./problem.ts";
import * as schemas from "./schemas.ts";

/** What the press told: its articles, what they say happened, the stories they make, and who is in them. */
export function pressRoutes(app: OpenAPIHono, context: ApiContext): void {
  const { db } = context;

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/articles",
      summary: "Every article that was read, newest published first",
      request: { query: pressQuery },
      responses: ok(schemas.articlePage, "Articles as they were last understood."),
    }),
    async (c) => {
      const { limit, cursor, ...query } = c.req.valid("query");
      const question = { ...narrowingOf(query), ...pastOf(query), limit, cursor };
      return c.json(await listArticles(db, question), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/occurrences",
      summary: "Who did what to whom, sentence by sentence, newest published first",
      request: { query: pressQuery },
      responses: ok(schemas.occurrencePage, "Sentences with their articles."),
    }),
    async (c) => {
      const { limit, cursor, ...query } = c.req.valid("query");
      const question = { ...narrowingOf(query), ...pastOf(query), limit, cursor };
      return c.json(await listOccurrences(db, question), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/stories",
      summary: "One entry a story, newest published first",
      request: { query: pressQuery },
      responses: ok(schemas.storyPage, "Stories with their reports; copies folded."),
    }),
    async (c) => {
      const { limit, cursor, ...query } = c.req.valid("query");
      const question = { ...narrowingOf(query), ...pastOf(query), limit, cursor };
      return c.json(await timeline(db, question), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/stories/{id}",
      summary: "One story: its reports beside each other, and what was changed later",
      request: { params: storyPath, query: statusQuery },
      responses: okOrMissing(schemas.storyView, "The story."),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const found = await storyView(db, { storyId: id, ...pastOf(c.req.valid("query")) });
      if (!found) throw new Problem(404, `There is no story “${id}” in this ledger at that time.`);
      return c.json(found, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/entities/{id}",
      summary: "A person, organisation or place as the press names it",
      request: { params: entityPath, query: statusQuery },
      responses: okOrMissing(schemas.entityView, "How often, since when, in what, with whom."),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const found = await entity(db, { id, ...pastOf(c.req.valid("query")) });
      if (!found) throw new Problem(404, `Nothing in this ledger names “${id}” at that time.`);
      const links = {
        articles: `/v1/articles?entity=${encodeURIComponent(id)}`,
        occurrences: `/v1/occurrences?entity=${encodeURIComponent(id)}`,
        graph: `/v1/entities/${encodeURIComponent(id)}/graph`,
        page: `/entities/${encodeURIComponent(id)}`,
      };
      return c.json({ ...found, links }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/entities/{id}/graph",
      summary: "In whose company it is named",
      request: { params: entityPath, query: statusQuery },
      responses: okOrMissing(schemas.graph, "Whom the same articles name, and in how many."),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const found = await entity(db, { id, ...pastOf(c.req.valid("query")) });
      if (!found) throw new Problem(404, `Nothing in this ledger names “${id}” at that time.`);
      const { name, type, together } = found;
      return c.json(
        {
          nodes: [{ id, name, type }, ...together.map(({ articles: _, ...one }) => one)],
          edges: together.map((other) => ({ from: id, to: other.id, articles: other.articles })),
        },
        200,
      );
    },
  );
}
