import type { OpenAPIHono } from "@hono/zod-openapi";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});

/** What any question may be answered where reading needs a key, or when it asks for too much. */
const anywhere = {
  401: problem("A key is needed, or the one given is not valid."),
  403: problem("The key is for something else."),
  429: problem("Too many requests; Retry-After says when to come again."),
  503: problem("It took too long, or cannot be answered now."),
};

/** OpenAPI 3.1 of every route. */
export function describe(app: OpenAPIHono, version: string): object {
  app.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    description: "A key from: newsledger keys add. Not needed on the machine that runs it.",
  });
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Newsledger",
      version,
      description:
        "Questions to a ledger of news. Every line carries its source, its address, when it was published, when it was found, and why it is shown.",
    },
    security: [{ key: [] }, {}],
  });
  for (const [path, { get, post }] of Object.entries(document.paths ?? {}))
    if (/^\/(v1|feeds)\//.test(path))
      for (const operation of [get, post])
        if (operation) operation.responses = { ...anywhere, ...operation.responses };
  return document;
}
