import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { evidence, storyView } from "@newsledger/readmodels";
import { problemContent, wrongQuestion } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { nothing, storyPath } from "./parameters.ts";
import { Problem } from "./problem.ts";
import { streamed } from "./streamed.ts";

/** What proves a story to whoever has no ledger, and the program that checks it. */
export function evidenceRoutes(app: OpenAPIHono, { db, pool, clock, version }: ApiContext): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/stories/{id}/evidence",
      summary: "All that proves a story: its events with their hashes, its texts, the last seal",
      description:
        "Lines to be checked on a machine that has only Node, by the program at /v1/verify-bundle.ts: node verify-bundle.ts evidence.ndjson. With the texts: where reading needs a key, one of scope export.",
      request: { params: storyPath, query: nothing },
      responses: {
        200: {
          description: "The bundle.",
          content: { "application/x-ndjson": { schema: z.string() } },
        },
        ...wrongQuestion,
        404: { description: "There is no such story.", content: problemContent },
      },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      if (!(await storyView(db, { storyId: id })))
        throw new Problem(404, `There is no story “${id}” in this ledger.`);
      const lines = evidence(pool, db, { id, now: clock.now(), version });
      const body = c.body(streamed(ended(lines)), 200, {
        "Content-Type": "application/x-ndjson",
        "Content-Disposition": 'attachment; filename="evidence.ndjson"',
        "Cache-Control": "no-store", // it says when it was made
      });
      return body as never; // Hono's types know answers that are JSON or text
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/verify-bundle.ts",
      summary: "The program that checks a bundle of evidence",
      request: { query: nothing },
      responses: {
        200: { description: "TypeScript.", content: { "text/plain": { schema: z.string() } } },
        ...wrongQuestion,
      },
    }),
    async (c) => {
      const file = import.meta.resolve("@newsledger/readmodels/verify-bundle.ts");
      return c.text(await readFile(fileURLToPath(file), "utf8"), 200, {
        "Content-Disposition": 'attachment; filename="verify-bundle.ts"',
      });
    },
  );
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
