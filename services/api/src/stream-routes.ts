import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { lastPosition } from "@newsledger/readmodels";
import { wrongQuestion } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { openLiveTail } from "./live-tail.ts";
import { streamQuery } from "./parameters.ts";
import { Problem } from "./problem.ts";
import { serverSent } from "./server-sent.ts";
import { streamed } from "./streamed.ts";

/** The ledger as it grows; `closing` ends every stream. */
export function streamRoutes(app: OpenAPIHono, context: ApiContext, closing: AbortSignal): void {
  const live = openLiveTail(context);
  let open = 0;
  async function* counted(texts: AsyncGenerator<string>): AsyncGenerator<string> {
    open += 1;
    try {
      yield* texts;
    } finally {
      open -= 1;
    }
  }

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/events/stream",
      summary: "The ledger as it grows, as server-sent events",
      description:
        "Each event's id is its ledger position. Send the last one back as Last-Event-ID (browsers do) or as `after`, and the stream goes on exactly there. Without either it begins with what is appended next; `after=0` begins with the first event.",
      request: { query: streamQuery },
      responses: {
        200: {
          description: "Lines of the ledger, oldest first; a comment every 15 seconds.",
          content: { "text/event-stream": { schema: z.string() } },
        },
        ...wrongQuestion,
      },
    }),
    async (c) => {
      const { after, topic, type, source } = c.req.valid("query");
      const resumed = c.req.header("Last-Event-ID") ?? after;
      const from = resumed === undefined ? await lastPosition(context.db) : position(resumed);
      if (open >= mostStreams)
        throw new Problem(503, `${mostStreams} streams are open already: try again later.`);
      const question = { after: from, topic, types: type?.split(","), source };
      const left = new AbortController();
      const signal = AbortSignal.any([closing, left.signal]);
      const body = streamed(counted(serverSent(live, question, signal)), () => left.abort());
      return c.body(body, 200, {
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no", // nginx would hold events back
      });
    },
  );
}

const mostStreams = 1_000;

function position(text: string): bigint {
  if (!/^\d{1,18}$/.test(text))
    throw new Problem(400, `Last-Event-ID: “${text.slice(0, 60)}” is not a ledger position.`);
  return BigInt(text);
}
