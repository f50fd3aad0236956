import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { pageOf, readCursor, writeCursor } from "@newsledger/readmodels";
import type { Administration } from "./administration.ts";
import { ok, okOrMissing, problemContent, wrongQuestion } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import * as schemas from "./office-schemas.ts";
import { deliveriesQuery, deliveryPath, nothing } from "./parameters.ts";
import { Problem } from "./problem.ts";
import { administratorsOnly } from "./writing.ts";

const usual = 50;

/** What was sent to whom, and how it was answered; and sending it again. */
export function deliveryRoutes(
  app: OpenAPIHono,
  context: ApiContext,
  office: Administration,
): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/deliveries",
      summary: "What was sent to whom, newest first",
      request: { query: deliveriesQuery },
      responses: ok(schemas.deliveryPage, "Messages, each to one receiver, with how they went."),
    }),
    async (c) => {
      const { limit = usual, cursor, ...asked } = c.req.valid("query");
      if (asked.state !== undefined && !office.deliveryStates.includes(asked.state))
        throw new Problem(400, `state: one of ${office.deliveryStates.join(", ")}.`);
      const question = { ...asked, cursor };
      const [after] = readCursor("d", question, [/^[\w-]{1,100}$/]) ?? [];
      const lines = await office.deliveries({ ...asked, after, limit: limit + 1 });
      const next = (last: (typeof lines)[number]) => writeCursor("d", [last.deliveryId], question);
      return c.json(
        pageOf(lines, limit, (line) => line, next),
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/deliveries/{id}",
      summary: "One delivery, with every attempt",
      request: { params: deliveryPath, query: nothing },
      responses: okOrMissing(
        schemas.deliveryDetail,
        "The delivery, and how each try was answered.",
      ),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const found = await office.delivery(id);
      if (!found) throw new Problem(404, `There is no delivery “${id}”.`);
      return c.json({ ...found, tries: [...found.tries] }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/v1/deliveries/{id}/resend",
      summary: "Send it again: the same bytes under the same webhook-id",
      description: "Needs a key of scope admin. What is still on its way is not sent twice (409).",
      request: { params: deliveryPath, query: nothing },
      responses: {
        202: {
          description: "It is planned; a running Newsledger sends it.",
          content: { "application/json": { schema: schemas.resent } },
        },
        ...wrongQuestion,
        404: { description: "There is no such delivery.", content: problemContent },
        409: { description: "It is on its way, or its receiver is off.", content: problemContent },
      },
    }),
    async (c) => {
      await administratorsOnly(c, context);
      const deliveryId = await office.resend(c.req.valid("param").id);
      const path = `/v1/deliveries/${encodeURIComponent(deliveryId)}`;
      c.header("Location", path);
      return c.json({ deliveryId, links: { delivery: path } }, 202);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/webhooks",
      summary: "Whoever gets alerts, and how they are",
      request: { query: nothing },
      responses: ok(schemas.receiverList, "Receivers, without their secrets."),
    }),
    async (c) => c.json({ items: (await office.receivers()).map(plain) }, 200),
  );
}

const plain = ({ rules, ...one }: Awaited<ReturnType<Administration["receivers"]>>[number]) => ({
  ...one,
  rules: rules && [...rules],
});
