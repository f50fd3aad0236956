import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { type Allowance, openAllowance } from "./allowance.ts";
import type { ApiContext } from "./context.ts";
import { allows, findKey, type Scope } from "./keys.ts";
import { Problem, readsPages } from "./problem.ts";
import { sessionOf } from "./signed-in.ts";

const openPaths = new Set([
  ...["/healthz", "/readyz", "/style.css", "/icon.svg", "/favicon.ico"],
  ...["/sign-in", "/sign-out"],
]);

/** Open to everyone: signs of life, the door and how it looks, and links out of mails, which carry their own token. */
const open = (context: ApiContext, path: string): boolean =>
  openPaths.has(path) ||
  (context.mounts ?? []).some((mount) => mount.path !== "/" && under(mount.path, path));

const under = (mount: string, path: string): boolean =>
  path === mount || path.startsWith(`${mount}/`);

function scopeOf(method: string, path: string): Scope {
  if (method === "POST" && path.startsWith("/v1/deliveries/")) return "admin";
  if (path.startsWith("/v1/export/") || path.endsWith("/evidence")) return "export";
  return under("/mcp", path) ? "mcp" : "read";
}

const defaultPerMinute = 600;

/** Where others than this machine can reach us: a key for everything, and a limit for everyone. */
export function guard(context: ApiContext) {
  const allowance = openAllowance(context.requestsPerMinute ?? defaultPerMinute);
  return createMiddleware(async (c, next) => {
    if (open(context, c.req.path)) return next();
    const presented = presentedKey(c.req.header("Authorization"));
    const key =
      presented === null ? await sessionOf(c, context) : await findKey(context.db, presented);
    const client = key?.keyId ?? getConnInfo(c).remote.address ?? "unknown";
    spend(c, allowance, client, context.clock.now().getTime());
    if (!key) {
      // Basic lets feed readers ask for it: any name, the key as password. Browsers are shown a page to sign in.
      const basic = readsPages(c) ? "" : ', Basic realm="newsledger"';
      c.header("WWW-Authenticate", `Bearer realm="newsledger"${basic}`);
      const given =
        presented === null ? "This ledger asks for a key" : "This key is not valid here";
      throw new Problem(401, `${given}; whoever runs it makes one with: newsledger keys add.`);
    }
    const scope = scopeOf(c.req.method, c.req.path);
    if (!allows(key.scopes, scope))
      throw new Problem(
        403,
        `The key ${key.keyId} is for ${key.scopes.join(", ")}, not for ${scope}.`,
      );
    await next();
  });
}

/** The fields of draft-ietf-httpapi-ratelimit-headers. */
function spend(c: Context, allowance: Allowance, client: string, nowMs: number): void {
  const { left, retryAfterSeconds } = allowance.take(client, nowMs);
  const { burst, perMinute } = allowance;
  const windowSeconds = Math.ceil((burst / perMinute) * 60);
  c.header("RateLimit-Policy", `"default";q=${burst};w=${windowSeconds}`);
  c.header("RateLimit", `"default";r=${left};t=${Math.max(retryAfterSeconds, windowSeconds)}`);
  if (retryAfterSeconds === 0) return;
  c.header("Retry-After", String(retryAfterSeconds));
  throw new Problem(429, `Too many requests: come again in ${retryAfterSeconds} s.`);
}

export function presentedKey(header: string | undefined): string | null {
  const [scheme = "", value = ""] = header?.split(" ") ?? [];
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return null;
  const credentials = Buffer.from(value, "base64").toString("utf8");
  return credentials.slice(credentials.indexOf(":") + 1);
}
