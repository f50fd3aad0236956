import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ApiContext } from "./context.ts";
import { presentedKey } from "./guard.ts";
import { allows, findKey, hasAdministrators } from "./keys.ts";
import { Problem } from "./problem.ts";
import { fromHere } from "./signed-in.ts";

/** Below /v1 one asks, and asks with GET; long questions are posted, and one thing can be done. */
const posted = /^\/v1\/(topics\/(test|replay)|rules\/dry-run|deliveries\/[^/]+\/resend)$/;

const mostBytes = 65_536;
const readable = /^application\/(json|yaml)\b|^text\/yaml\b/i;

export const askedOrPosted =
  (context: ApiContext): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const mayPost = posted.test(c.req.path);
    if (c.req.method !== "POST" || !mayPost) {
      c.header("Allow", mayPost ? "POST" : "GET, HEAD");
      const how = mayPost ? "POST it" : "ask with GET";
      throw new Problem(405, `${c.req.method} ${c.req.path}: ${how}.`);
    }
    // Where no key is asked for, a page elsewhere could otherwise post through its visitor's browser.
    if (!fromHere(c, context)) throw new Problem(403, "This was sent by a page of another site.");
    const type = c.req.header("Content-Type");
    if (type !== undefined && !readable.test(type))
      throw new Problem(415, `“${type.slice(0, 60)}” is not read here: send application/json.`);
    return small(c, next);
  };

const small = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new Problem(413, `At most ${mostBytes} bytes are read.`);
  },
});

/** Only with a key of scope `admin`; on this machine, while there is none, whoever is on it. */
export async function administratorsOnly(
  c: Context,
  { db, keyless }: Pick<ApiContext, "db" | "keyless">,
): Promise<void> {
  const presented = presentedKey(c.req.header("Authorization"));
  const key = presented === null ? null : await findKey(db, presented);
  if (key && allows(key.scopes, "admin")) return;
  if (key)
    throw new Problem(403, `The key ${key.keyId} is for ${key.scopes.join(", ")}: not admin.`);
  if (presented === null && keyless && !(await hasAdministrators(db))) return;
  c.header("WWW-Authenticate", 'Bearer realm="newsledger"');
  throw new Problem(
    401,
    "This needs a key of scope admin: newsledger keys add NAME --scope admin.",
  );
}
