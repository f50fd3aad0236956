import { randomBytes } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { openAllowance } from "../allowance.ts";
import type { ApiContext } from "../context.ts";
import { allows, findKey, hasAdministrators } from "../keys.ts";
import { Problem } from "../problem.ts";
import { beginSession, endSession, type Session } from "../sessions.ts";
import { checkForm, dropSession, formTokenFor, keepSession, sessionOf } from "../signed-in.ts";
import type { Desk } from "./admin-page.ts";
import { signInPage } from "./sign-in-page.ts";
import { voiceFor } from "./voice.ts";

const attemptsPerMinute = 10;
const mostBytes = 20_000;

/** A form is small, and what it asks for is not kept anywhere. */
export const smallForms: MiddlewareHandler = bodyLimit({
  maxSize: mostBytes,
  onError: () => {
    throw new Problem(400, "This form is larger than any of ours.");
  },
});

/** The way in, with a key, and the way out. */
export function signInRoutes(app: OpenAPIHono, context: ApiContext): void {
  const allowance = openAllowance(attemptsPerMinute, attemptsPerMinute);
  app.use("/sign-in", smallForms);
  app.use("/sign-out", smallForms);

  app.get("/sign-in", (c) => door(c, context, { next: localPath(c.req.query("next")) }));

  app.post("/sign-in", async (c) => {
    const form = await c.req.parseBody();
    checkForm(c, context, await sessionOf(c, context), form.token);
    const next = localPath(text(form.next));
    const client = getConnInfo(c).remote.address ?? "unknown";
    const { retryAfterSeconds } = allowance.take(client, context.clock.now().getTime());
    if (retryAfterSeconds > 0) {
      c.header("Retry-After", String(retryAfterSeconds));
      return door(c, context, { next, wrong: "slow" }, 429);
    }
    const key = await findKey(context.db, text(form.key).trim());
    if (!key) return door(c, context, { next, wrong: "wrongKey" }, 401);
    if (!allows(key.scopes, isAdministration(next) ? "admin" : "read"))
      return door(c, context, { next, wrong: "notAdmin" }, 403);
    keepSession(c, context, await beginSession(context.db, key.keyId, randomBytes(32)));
    return c.redirect(next, 303);
  });

  app.post("/sign-out", async (c) => {
    const session = await sessionOf(c, context);
    checkForm(c, context, session, (await c.req.parseBody()).token);
    if (session) await endSession(context.db, session.token);
    dropSession(c, context);
    return c.redirect("/", 303);
  });
}

/** The sign-in page, instead of what was asked for. */
export async function door(
  c: Context,
  context: ApiContext,
  at: { next: string; wrong?: "wrongKey" | "notAdmin" | "slow" },
  status: 200 | 401 | 403 | 429 = 200,
): Promise<Response> {
  privatePage(c);
  const formToken = formTokenFor(c, context, await sessionOf(c, context));
  const scope = isAdministration(at.next) ? "admin" : "read";
  return c.html(signInPage({ voice: voiceFor(c), formToken, scope, ...at }), status);
}

/** Whoever may administer; null: nobody yet, and the page to sign in was sent instead. */
export async function deskFor(c: Context, context: ApiContext): Promise<Desk | null> {
  const session = await sessionOf(c, context);
  if (!session && (await isOpen(context))) return deskOf(c, context, null);
  return session && allows(session.scopes, "admin") ? deskOf(c, context, session) : null;
}

function deskOf(c: Context, context: ApiContext, session: Session | null): Desk {
  return {
    voice: voiceFor(c),
    formToken: formTokenFor(c, context, session),
    signedInAs: session?.name ?? null,
    hasQueueBoard: typeof context.administration?.queueBoard === "function",
  };
}

/** While only this machine can reach us, and nobody has a key for it, the administration is open as the command line is. */
const isOpen = async ({ db, keyless }: ApiContext): Promise<boolean> =>
  keyless === true && !(await hasAdministrators(db));

/** Never kept by anybody; and forms say where they come from, which `no-referrer` would hide. */
export function privatePage(c: Context): void {
  c.header("Cache-Control", "no-store");
  c.header("Referrer-Policy", "same-origin");
}

const isAdministration = (path: string): boolean => /^\/admin(\/|\?|$)/.test(path);

/** A path of this site; anything else leads home. */
export const localPath = (path: string | undefined): string =>
  path !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(path) && path.length < 2_000 ? path : "/";

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
