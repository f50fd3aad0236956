import { type DeliveryState, deliveryLog, deliveryStates } from "./deliveries.ts";
import type { Database } from "./rules.ts";
import { exampleOf, messageTypes, schemaOf } from "./schemas.ts";
import { listWebhooks } from "./webhooks.ts";

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

/** How the receivers are, and what was sent to them: /v1/webhooks and /v1/deliveries. For whoever may read the ledger. */
export function webhookRoutes({ db }: { db: Database }): Routes {
  return {
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === "/v1/webhooks") return json({ webhooks: await listWebhooks(db) });
      if (pathname === "/v1/deliveries") return deliveries(db, searchParams);
      return nothing();
    },
  };
}

async function deliveries(db: Database, asked: URLSearchParams): Promise<Response> {
  const limit = Number(asked.get("limit") ?? 50);
  const state = asked.get("state");
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    return problem("limit: a whole number from 1 to 500");
  if (state !== null && !isState(state))
    return problem(`state: one of ${deliveryStates.join(", ")}`);
  const webhookId = asked.get("webhook") ?? undefined;
  const states = state === null ? undefined : [state];
  return json({ deliveries: await deliveryLog(db, { limit, webhookId, states }) });
}

const isState = (text: string): text is DeliveryState =>
  (deliveryStates as readonly string[]).includes(text);

const nothing = (): Response => new Response(null, { status: 404 });

const problem = (detail: string): Response =>
  new Response(JSON.stringify({ title: "Bad Request", status: 400, detail }), {
    status: 400,
    headers: { "content-type": "application/problem+json" },
  });

const json = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value, null, 2), {
    headers: { "content-type": "application/json", ...headers },
  });
