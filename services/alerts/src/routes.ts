import { exampleOf, messageTypes, schemaOf } from "./schemas.ts";

/** Answers, or 404 for what is not here: the server then asks the next. */
export interface Routes {
  fetch(request: Request): Promise<Response>;
}

/** What receivers' programmers read: /schemas/alert.raised.json, /schemas/alert.raised.example.json. Open to everyone. */
export function schemaRoutes(): Routes {
  return { fetch: async (request) => schemaAt(new URL(request.url).pathname) };
}

function schemaAt(path: string): Response {
  if (path === "/schemas" || path === "/schemas/")
    return json(
      messageTypes.map((type) => ({
        type,
        schema: `/schemas/${type}.json`,
        example: `/schemas/${type}.example.json`,
      })),
    );
  const [, name = "", example] = /^\/schemas\/([a-z.]+?)(\.example)?\.json$/.exec(path) ?? [];
  const type = messageTypes.find((known) => known === name);
  if (type === undefined) return nothing();
  return example
    ? json(exampleOf(type))
    : json(schemaOf(type), { "content-type": "application/schema+json" });
}

const nothing = (): Response => new Response(null, { status: 404 });

const json = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value, null, 2), {
    headers: { "content-type": "application/json", ...headers },
  });
