import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Administration, TopicTrial } from "./administration.ts";
import { ok, okOrMissing, problemContent } from "./answers.ts";
import { type ApiContext, caseOf } from "./context.ts";
import * as office from "./office-schemas.ts";
import { casePath, nothing, trialQuery } from "./parameters.ts";
import { late } from "./rule-routes.ts";
import * as schemas from "./schemas.ts";
import type { Trials } from "./trials.ts";

/** The followed topics. */
export function topicRoutes(app: OpenAPIHono, context: ApiContext): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/topics",
      summary: "The followed topics",
      request: { query: nothing },
      responses: ok(schemas.topicList, "Each topic, whom it is about, and where to follow it."),
    }),
    (c) => c.json({ items: context.topics.map(topicOf) }, 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/topics/{id}",
      summary: "One topic",
      request: { params: casePath, query: nothing },
      responses: okOrMissing(schemas.topic, "The topic."),
    }),
    (c) => c.json(topicOf(caseOf(context, c.req.valid("param").id)), 200),
  );
}

const topicOf = ({ id, title, subjects }: ApiContext["topics"][number]) => {
  const at = encodeURIComponent(id);
  return {
    id,
    title,
    subjects: [...subjects],
    links: {
      timeline: `/v1/cases/${at}/timeline`,
      test: `/v1/topics/${at}/test`,
      replay: `/v1/topics/${at}/replay`,
      atom: `/feeds/${at}.atom`,
      json: `/feeds/${at}.json`,
    },
  };
};

const usual = 50;

const words = {
  test: {
    saved: "What a topic matches in everything ever seen",
    draft: "The same of a topic that is not followed",
    schema: office.topicTest,
    description: "How much it matches, and the newest.",
    answer: ({ items, pages, matches, found }: TopicTrial) => ({
      ...{ items, pages, matches },
      found: [...found],
    }),
  },
  replay: {
    saved: "What would be different had a topic always been as it is now",
    draft: "The same of a topic that is not followed",
    schema: office.topicReplay,
    description: "What it matched, what it would match, and the newest differences.",
    answer: ({ items, recorded, matches, changes }: TopicTrial) => ({
      ...{ items, recorded, matches },
      changes: [...changes],
    }),
  },
} as const;

/** Trying topics out on everything ever seen. Nothing is written or sent. */
export function topicTrialRoutes(
  app: OpenAPIHono,
  context: ApiContext,
  administration: Administration,
  trials: Trials,
): void {
  const tried = (c: Context, which: { topicId: string } | { definition: string }, limit = usual) =>
    trials.run(c, (signal) => administration.tryTopic(which, { signal, limit }));

  for (const kind of ["test", "replay"] as const) {
    const { saved, draft, schema, description, answer } = words[kind];
    const about = { 422: { description: "No such topic makes sense.", content: problemContent } };

    app.openapi(
      createRoute({
        method: "get",
        path: `/v1/topics/{id}/${kind}`,
        summary: saved,
        request: { params: casePath, query: trialQuery },
        responses: { ...okOrMissing(schema, description), ...late },
      }),
      async (c) => {
        const { id: topicId } = caseOf(context, c.req.valid("param").id);
        return c.json(answer(await tried(c, { topicId }, c.req.valid("query").limit)), 200);
      },
    );

    app.openapi(
      createRoute({
        method: "post",
        path: `/v1/topics/${kind}`,
        summary: draft,
        description: "The topic as a file of one describes it, in JSON or YAML.",
        request: {
          query: trialQuery,
          // Not “required”: then only JSON would be let through.
          body: {
            content: {
              "application/json": { schema: office.topicDraft },
              "application/yaml": { schema: office.topicText },
            },
          },
        },
        responses: { ...ok(schema, description), ...about, ...late },
      }),
      async (c) => {
        const definition = await c.req.text();
        return c.json(answer(await tried(c, { definition }, c.req.valid("query").limit)), 200);
      },
    );
  }
}
