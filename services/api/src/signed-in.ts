import { randomBytes } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { ApiContext } from "./context.ts";
import { Problem } from "./problem.ts";
import { findSession, formToken, isFormToken, type Session, sessionSeconds } from "./sessions.ts";

/** Who is signed in by a cookie, and whether a form is one of ours. */

type Site = Pick<ApiContext, "db" | "publicUrl">;

const secure = ({ publicUrl }: Pick<Site, "publicUrl">): boolean => publicUrl.startsWith("https:");

/** `__Host-` makes browsers refuse the cookie from other hosts of the domain, and without TLS. */
const nameOf = (site: Pick<Site, "publicUrl">, what: "session" | "form"): string =>
  `${secure(site) ? "__Host-" : ""}newsledger-${what}`;

export async function sessionOf(c: Context, site: Site): Promise<Session | null> {
  const token = getCookie(c, nameOf(site, "session"));
  return token === undefined ? null : findSession(site.db, token);
}

const cookie = (site: Pick<Site, "publicUrl">, maxAge: number) =>
  ({ path: "/", httpOnly: true, sameSite: "Strict", secure: secure(site), maxAge }) as const;

export const keepSession = (c: Context, site: Site, token: string): void =>
  setCookie(c, nameOf(site, "session"), token, cookie(site, sessionSeconds));

export const dropSession = (c: Context, site: Site): void =>
  setCookie(c, nameOf(site, "session"), "", cookie(site, 0));

/** What a form of ours carries: made from the session, or where nobody is signed in from a cookie of its own. */
export function formTokenFor(c: Context, site: Site, session: Session | null): string {
  if (session) return formToken(session.token);
  const name = nameOf(site, "form");
  const held = getCookie(c, name);
  if (held && /^[\w-]{22}$/.test(held)) return formToken(held);
  const fresh = randomBytes(16).toString("base64url");
  setCookie(c, name, fresh, cookie(site, sessionSeconds));
  return formToken(fresh);
}

/** Refuses what another site lets a visitor's browser send. */
export function checkForm(c: Context, site: Site, session: Session | null, given: unknown): void {
  const secret = session?.token ?? getCookie(c, nameOf(site, "form"));
  const ours =
    fromHere(c, site) &&
    secret !== undefined &&
    typeof given === "string" &&
    isFormToken(secret, given);
  if (!ours)
    throw new Problem(
      403,
      "This form is too old, or did not come from a page of this ledger. Go back, reload the page, and send it again.",
    );
}

/** Not sent by a page of another site, as far as the browser tells. */
export function fromHere(c: Context, { publicUrl }: Pick<Site, "publicUrl">): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = c.req.header("Origin");
  if (origin === undefined) return true;
  const host = URL.parse(origin)?.host;
  return host === new URL(c.req.url).host || host === new URL(publicUrl).host;
}
