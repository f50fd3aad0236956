import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ok, okOrMissing } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { feedPath, nothing } from "./parameters.ts";
import { Problem } from "./problem.ts";
import * as schemas from "./schemas.ts";

/** Where the news comes from, so that silence and breakage look different. */
export function sourceRoutes(app: OpenAPIHono, feeds: NonNullable<ApiContext["feeds"]>): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/feeds",
      summary: "The followed feeds, and how they are",
      request: { query: nothing },
      responses: ok(schemas.feedList, "Every feed, with its last good poll."),
    }),
    async (c) => c.json({ items: [...(await feeds())] }, 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/feeds/{id}",
      summary: "One feed, and how it is",
      request: { params: feedPath, query: nothing },
      responses: okOrMissing(schemas.feed, "The feed, with its last good poll."),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const found = (await feeds()).find(({ feedId }) => feedId === id);
      if (!found) throw new Problem(404, `There is no feed “${id}”.`);
      return c.json(found, 200);
    },
  );
}
