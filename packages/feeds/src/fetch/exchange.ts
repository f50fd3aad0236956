import type { Dispatcher } from "undici";
import { clip } from "../text/clean.ts";
import { bareHost } from "./address.ts";
import { header } from "./headers.ts";
import type { Outbound } from "./outbound.ts";
import { FetchProblem, problemOf } from "./problem.ts";

export interface Request {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly redirects: number;
}

/** An answer whose body is still on the wire. */
export interface Response {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  readonly body: Dispatcher.ResponseData["body"];
  readonly url: URL;
  readonly host: string;
  readonly permanentRedirect?: string;
}

const redirectStatus = new Set([301, 302, 303, 307, 308]);

/** One request and its redirects, each hop checked; the connection's guard checks the addresses. */
export async function exchange(
  send: Outbound["send"],
  request: Request,
  signal: AbortSignal,
): Promise<Response> {
  let here = checkedUrl(request.url);
  let permanent: string | undefined;
  let onlyPermanentSoFar = true;
  for (let hops = 0; ; hops++) {
    const response = await send(here, {
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal,
    });
    const status = response.statusCode;
    const location = redirectStatus.has(status) ? header(response.headers, "location") : undefined;
    if (location === undefined || request.redirects === 0) {
      return {
        status,
        headers: response.headers,
        body: response.body,
        url: here,
        host: bareHost(here.hostname),
        ...(permanent !== undefined &&
          permanent !== request.url && { permanentRedirect: permanent }),
      };
    }
    discard(response.body);
    if (hops === request.redirects) {
      throw new FetchProblem(
        "redirect-loop",
        `${here.host} forwards again and again; gave up after ${request.redirects} times.`,
        { hard: true },
      );
    }
    here = checkedUrl(location, here);
    onlyPermanentSoFar &&= status === 301 || status === 308;
    if (onlyPermanentSoFar) permanent = here.href;
  }
}

/** An address that may be asked: http or https, without user name and password. */
export function checkedUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null || url.hostname === "") {
    throw new FetchProblem("bad-address", `“${clip(text, 100)}” is not a web address.`, {
      hard: true,
    });
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new FetchProblem(
      "bad-address",
      `“${clip(url.protocol, 100)}” addresses are not read; only http and https are.`,
      { hard: true },
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new FetchProblem(
      "bad-address",
      "Addresses that carry a user name or a password are not read.",
      { hard: true },
    );
  }
  return url;
}

/** Runs one exchange under one deadline; trouble becomes a FetchProblem, the caller's own abort is thrown as it is. */
export async function within<T>(
  url: string,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  options.signal?.throwIfAborted();
  // Not AbortSignal.any: it would tie every exchange to the caller's long-lived signal.
  const control = new AbortController();
  const stop = () => control.abort(options.signal?.reason);
  const late = () => control.abort(new DOMException("the exchange took too long", "TimeoutError"));
  const timer = setTimeout(late, options.timeoutMs);
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    return await work(control.signal);
  } catch (error) {
    options.signal?.throwIfAborted();
    const host = URL.canParse(url) ? bareHost(new URL(url).hostname) : clip(url, 100);
    // A body destroyed by the deadline reports only that it was destroyed.
    const cause = control.signal.aborted && !(error instanceof FetchProblem);
    throw problemOf(cause ? control.signal.reason : error, host);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
}

/** Drops a body that nobody reads, and with it the connection when the rest is long. */
export function discard(body: Response["body"]): void {
  body.on("error", () => {});
  body.dump({ limit: 64 * 1024 }).catch(() => {});
}
