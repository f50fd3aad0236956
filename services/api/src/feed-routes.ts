import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { storyFeed } from "@newsledger/readmodels";
import { problemContent, wrongQuestion } from "./answers.ts";
import { type ApiContext, caseOf } from "./context.ts";
import { atom, type FeedDocument, jsonFeed } from "./feed-document.ts";
import { feedQuery, narrowingOf } from "./parameters.ts";

const filePath = z.object({
  file: z
    .string()
    .regex(/^[\p{L}\p{N}._-]{1,100}\.(atom|json)$/u)
    .openapi({ param: { name: "file", in: "path" }, example: "citgo-6.atom" }),
});

/** Every question is a feed too: what is new about a topic, for any feed reader. */
export function feedRoutes(app: OpenAPIHono, context: ApiContext): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/feeds/{file}",
      summary: "A topic, or `all`, as Atom or JSON Feed",
      description:
        "The fifty stories that changed last. An entry keeps its id; its `updated` moves when a source reworded it or another outlet told it.",
      request: { params: filePath, query: feedQuery },
      responses: {
        200: {
          description: "The feed.",
          content: {
            "application/atom+xml": { schema: z.string() },
            "application/feed+json": { schema: z.string() },
          },
        },
        ...wrongQuestion,
        404: { description: "There is no such topic.", content: problemContent },
      },
    }),
    async (c) => {
      const { file } = c.req.valid("param");
      const [, topicId = "", format] = /^(.*)\.(atom|json)$/.exec(file) ?? [];
      const query = c.req.valid("query");
      const topic = topicId === "all" ? null : caseOf(context, topicId);
      const { pathname, search } = new URL(c.req.url);
      const asked = narrowingOf(query);
      const document: FeedDocument = {
        title: titleOf(topic?.title.en ?? "Newsledger", asked),
        self: context.publicUrl + pathname + search,
        home: `${context.publicUrl}${topic ? `/cases/${encodeURIComponent(topic.id)}` : "/"}`,
        storyPage: (storyId) => `${context.publicUrl}/stories/${encodeURIComponent(storyId)}`,
        stories: await storyFeed(context.db, { ...asked, topic: topic?.id }),
      };
      return format === "atom"
        ? c.body(atom(document), 200, { "Content-Type": "application/atom+xml; charset=utf-8" })
        : c.body(JSON.stringify(jsonFeed(document)), 200, {
            "Content-Type": "application/feed+json; charset=utf-8",
          });
    },
  );
}

/** “Citgo 6: Tomeu Vadell, es” */
function titleOf(topic: string, asked: object): string {
  const narrower = Object.values(asked).filter((value) => value !== undefined);
  return narrower.length === 0 ? topic : `${topic}: ${narrower.join(", ")}`;
}
