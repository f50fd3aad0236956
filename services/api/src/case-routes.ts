import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { timeline, volume } from "@newsledger/readmodels";
import { ok, okOrMissing } from "./answers.ts";
import { type ApiContext, caseOf, statusOf } from "./context.ts";
import {
  casePath,
  narrowingOf,
  nothing,
  pastOf,
  statusQuery,
  timelineQuery,
} from "./parameters.ts";
import * as schemas from "./schemas.ts";

/** A case is a followed topic: its subjects, where they stand, and what was told of them. */
export function caseRoutes(app: OpenAPIHono, context: ApiContext): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/cases",
      summary: "The followed cases",
      request: { query: nothing },
      responses: ok(schemas.caseList, "Each case, with where its subjects stand."),
    }),
    async (c) =>
      c.json(
        { items: await Promise.all(context.topics.map((one) => summary(context, one.id))) },
        200,
      ),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/cases/{id}",
      summary: "One case",
      request: { params: casePath, query: nothing },
      responses: okOrMissing(schemas.caseSummary, "The case, with where its subjects stand."),
    }),
    async (c) => c.json(await summary(context, c.req.valid("param").id), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/cases/{id}/timeline",
      summary: "One entry a story, newest published first",
      request: { params: casePath, query: timelineQuery },
      responses: okOrMissing(schemas.storyPage, "Stories with their reports; copies folded."),
    }),
    async (c) => {
      const { id } = caseOf(context, c.req.valid("param").id);
      const { limit, cursor, ...query } = c.req.valid("query");
      const question = { ...narrowingOf(query), topic: id, ...pastOf(query), limit, cursor };
      return c.json(await timeline(context.db, question), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/cases/{id}/volume",
      summary: "How much was told, month by month",
      request: { params: casePath, query: statusQuery },
      responses: okOrMissing(schemas.volumeList, "Months in which something was published."),
    }),
    async (c) => {
      const { id } = caseOf(context, c.req.valid("param").id);
      const past = pastOf(c.req.valid("query"));
      return c.json({ items: await volume(context.db, { topic: id, ...past }) }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/cases/{id}/status",
      summary: "Where each subject stands, and who says so",
      request: { params: casePath, query: statusQuery },
      responses: okOrMissing(schemas.caseStatus, "Status, since when, and every development."),
    }),
    async (c) => {
      const topic = caseOf(context, c.req.valid("param").id);
      return c.json(await statusOf(context, topic, pastOf(c.req.valid("query"))), 200);
    },
  );
}

async function summary(context: ApiContext, id: string) {
  const topic = caseOf(context, id);
  const { persons, on: _, topicId: __, ...status } = await statusOf(context, topic);
  const path = `/v1/cases/${encodeURIComponent(id)}`;
  return {
    id,
    ...status,
    subjects: persons.map(({ id, name, status, since }) => ({ id, name, status, since })),
    links: {
      status: `${path}/status`,
      timeline: `${path}/timeline`,
      page: `/cases/${encodeURIComponent(id)}`,
    },
  };
}
