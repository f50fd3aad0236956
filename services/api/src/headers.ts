import { createMiddleware } from "hono/factory";
import { Problem } from "./problem.ts";

/** Our own pages need no script, no frame and nothing from elsewhere. */
const ownPages =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** The page of a case has one script, which listens to this server. */
export const livePages = `${ownPages}; script-src 'self'; connect-src 'self'`;
/** Pages of other services may carry their styles within, as mails do. */
export const mountedPages = ownPages.replace(
  "style-src 'self'",
  "style-src 'self' 'unsafe-inline'",
);
/** The queue's pages are another program's: its scripts and fonts come from here, and it may ask nobody else. */
export const queuePages =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'self'; frame-ancestors 'none'";

export const securityHeaders = createMiddleware(async (c, next) => {
  await next();
  const set = (name: string, value: string) => {
    if (!c.res.headers.has(name)) c.header(name, value);
  };
  // What a 304 says replaces what the browser kept (RFC 9111 § 4.3.4), and a page has its own policy.
  if (c.res.status !== 304) set("Content-Security-Policy", ownPages);
  set("X-Content-Type-Options", "nosniff");
  set("Referrer-Policy", "no-referrer");
  set("Cross-Origin-Opener-Policy", "same-origin");
  set("Cross-Origin-Resource-Policy", "same-origin");
  set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  set("Cache-Control", "no-cache"); // may be kept, must be asked about: that is what the ETag is for
});

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);
export const isLoopback = (host: string): boolean =>
  loopbackNames.has(host) || host === "::1" || host.startsWith("127.");

/**
 * Reads need no key while only this machine can reach us. A web page elsewhere could still reach us by letting its own name
 * resolve to 127.0.0.1 (DNS rebinding); its requests carry that name as Host, so other names than ours are refused.
 */
export const onlyOurNames = (publicUrl: string) => {
  const names = new Set([...loopbackNames, new URL(publicUrl).hostname]);
  return createMiddleware(async (c, next) => {
    const { hostname } = new URL(c.req.url);
    if (!names.has(hostname)) {
      const detail = `This server is not called “${hostname}”: use ${publicUrl}, or set PUBLIC_URL.`;
      throw new Problem(421, detail);
    }
    await next();
  });
};
