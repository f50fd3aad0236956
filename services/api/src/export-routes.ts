import { createHash } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { lastPosition } from "@newsledger/readmodels";
import { wrongQuestion } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { type Exported, exported, exportTexts, type Format, formats } from "./exports.ts";
import { exportQuery, narrowingOf, pastOf } from "./parameters.ts";
import { Problem } from "./problem.ts";
import { streamed } from "./streamed.ts";

const files = exported.flatMap((what) => formats.map((format) => `${what}.${format}` as const));
const filePath = z.object({
  file: z.enum(files).openapi({ param: { name: "file", in: "path" }, example: "stories.csv" }),
});
const contentTypes: Readonly<Record<Format, string>> = {
  ndjson: "application/x-ndjson",
  csv: "text/csv; charset=utf-8",
  json: "application/json",
};

/** All that answers a question, in one file, however much it is. */
export function exportRoutes(app: OpenAPIHono, { db, version }: ApiContext): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/export/{file}",
      summary: "All of it in one file: NDJSON, CSV or JSON",
      description:
        "The file holds what the ledger knew at `known_at`, else at the moment of asking; the header Newsledger-Position says which. Cells that a spreadsheet would run as formulas begin with a quotation mark.",
      request: { params: filePath, query: exportQuery },
      responses: {
        200: {
          description: "The file; its ETag changes only when the answer may have.",
          content: {
            "application/x-ndjson": { schema: z.string() },
            "text/csv": { schema: z.string() },
          },
        },
        ...wrongQuestion,
      },
    }),
    async (c) => {
      const query = c.req.valid("query");
      const [what, format] = c.req.valid("param").file.split(".") as [Exported, Format];
      refuseMisplaced(what, query);
      const position = await lastPosition(db);
      const { type } = query;
      const past = pastOf(query);
      const question = {
        ...narrowingOf(query),
        ...past,
        knownAt: past.knownAt ?? position, // what is appended meanwhile is not half in it
        type,
      };
      const headers = {
        "Content-Type": contentTypes[format],
        "Content-Disposition": `attachment; filename="newsledger-${what}.${format}"`,
        ETag: tag(version, c.req.url, position),
        "Newsledger-Position": String(position),
      };
      return c.body(streamed(exportTexts(db, what, format, question)), 200, headers);
    },
  );
}

function refuseMisplaced(what: Exported, query: z.output<typeof exportQuery>): void {
  if (query.type !== undefined && what !== "events")
    throw new Problem(400, `type: only events have one, ${what} do not.`);
}

const tag = (...parts: readonly unknown[]): string =>
  `"${createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32)}"`;
