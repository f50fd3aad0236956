import { createHash } from "node:crypto";
import { cleanText } from "../text/clean.ts";
import { decodeHtml } from "../text/decode.ts";
import { allowList } from "./address.ts";
import { giveBack, readBody, readStart } from "./body.ts";
import { discard, exchange, type Response, within } from "./exchange.ts";
import { portOf, type Resolve } from "./guard.ts";
import {
  conditional,
  header,
  maxAgeSeconds,
  pick,
  retryAfterSeconds,
  validatorsOf,
} from "./headers.ts";
import { type Outbound, openOutbound } from "./outbound.ts";
import { politely } from "./polite.ts";
import { FetchProblem } from "./problem.ts";
import type { ProxyOptions } from "./proxy.ts";
import type * as t from "./types.ts";

export interface FetcherOptions {
  /** Private targets that may be reached: "host" or "host:port". */
  readonly allowHosts?: readonly string[];
  /** Who we say we are, for example `Newsledger/0.1 (+https://…)`. */
  readonly userAgent: string;
  /** How names become addresses; the system's resolver by default. */
  readonly resolve?: Resolve;
  /** By which proxy others are asked; those in `allowHosts` are asked directly. */
  readonly proxy?: ProxyOptions | undefined;
  readonly now?: () => number;
}

const MiB = 1 << 20;
// A megabyte or two above what real feeds weigh; a reader that stops at 10 MB cannot be made to read on.
const feedLimits = { wireBytes: 10_000_000, decodedBytes: 32 * MiB, ratio: 100 };
const pageLimits = { wireBytes: 8 * MiB, decodedBytes: 8 * MiB, ratio: 100 };
const redirects = 5;
const replyKeptBytes = 4 * 1024;
const replyReadBytes = 64 * 1024;

const acceptFeed =
  "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";
const acceptPage = "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1";
const acceptEncoding = "gzip, br, zstd, deflate";

/** Outbound HTTP for feeds, article pages and webhooks, guarded at every dial. */
export function createFetcher(options: FetcherOptions): t.Fetcher {
  const { send, close } = openOutbound(options);
  const now = options.now ?? Date.now;
  const context: Context = { send, userAgent: options.userAgent, now };
  const opened = allowList(options.allowHosts ?? []);
  const page: t.Fetcher["page"] = (url, asked = {}) => outcome(() => getPage(context, url, asked));
  return {
    feed: (url, asked = {}) => outcome(() => getFeed(context, url, asked)),
    page: politely(page, {
      agent: options.userAgent.split(/[\s/]/)[0] ?? "",
      isExempt: (url) => opened(url.hostname, portOf(url)),
      now,
    }),
    post: (url, asked) => outcome(() => postTo(context, url, asked)),
    [Symbol.asyncDispose]: close,
  };
}

interface Context {
  readonly send: Outbound["send"];
  readonly userAgent: string;
  readonly now: () => number;
}

async function getFeed(
  context: Context,
  url: string,
  asked: t.Validators & t.ExchangeOptions,
): Promise<t.FeedOutcome> {
  const headers = {
    ...polite(context, acceptFeed),
    ...conditional(asked),
  };
  return within(url, { timeoutMs: 30_000, ...defined(asked) }, async (signal) => {
    const response = await exchange(
      context.send,
      { method: "GET", url, headers, redirects },
      signal,
    );
    const answered = { ...answeredBy(response), ...validatorsOf(response.headers) };
    const maxAge = maxAgeSeconds(response.headers, context.now());
    const fresh = maxAge === undefined ? {} : { maxAgeSeconds: maxAge };
    if (response.status === 304) {
      discard(response.body);
      return { outcome: "not-modified", status: 304, ...answered, ...fresh };
    }
    if (response.status !== 200) return refused(response, context.now());
    const coding = header(response.headers, "content-encoding");
    const bytes = await readBody(response.body, coding, feedLimits, response.host);
    const retryAfter = retryAfterSeconds(response.headers, context.now());
    return {
      outcome: "fetched",
      status: response.status,
      bytes,
      headers: pick(response.headers, [
        "content-type",
        "content-language",
        "content-location",
        "link",
      ]),
      ...answered,
      bodyHash: sha256(bytes),
      ...fresh,
      ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    };
  });
}

async function getPage(
  context: Context,
  url: string,
  asked: t.ExchangeOptions,
): Promise<t.PageOutcome> {
  const headers = polite(context, acceptPage);
  return within(url, { timeoutMs: 30_000, ...defined(asked) }, async (signal) => {
    const response = await exchange(
      context.send,
      { method: "GET", url, headers, redirects },
      signal,
    );
    if (response.status !== 200) return refused(response, context.now());
    const contentType = header(response.headers, "content-type") ?? "";
    if (!isPage(contentType)) {
      discard(response.body);
      throw new FetchProblem(
        "not-a-page",
        `The link leads to a file (${contentType.split(";")[0]}), not to a page that can be read.`,
        { hard: true },
      );
    }
    const coding = header(response.headers, "content-encoding");
    const bytes = await readBody(response.body, coding, pageLimits, response.host);
    const [html, bodyHash] = [cleanText(decodeHtml(bytes, contentType)), sha256(bytes)];
    giveBack(bytes);
    const { status } = response;
    return { outcome: "fetched", status, html, contentType, bodyHash, ...answeredBy(response) };
  });
}

async function postTo(
  context: Context,
  url: string,
  asked: Parameters<t.Fetcher["post"]>[1],
): Promise<t.PostOutcome> {
  const headers = {
    "content-type": "application/json",
    ...asked.headers,
    "accept-encoding": "identity",
    "user-agent": context.userAgent,
  };
  const request = { method: "POST", url, headers, body: asked.body, redirects: 0 } as const;
  return within(url, { timeoutMs: 15_000, ...defined(asked) }, async (signal) => {
    const response = await exchange(context.send, request, signal);
    const start = await readStart(response.body, replyKeptBytes, replyReadBytes);
    const reply = cleanText(new TextDecoder().decode(start));
    const { status, host } = response;
    if (status >= 200 && status < 300) return { outcome: "accepted", status, reply };
    const retryAfter = retryAfterSeconds(response.headers, context.now());
    return {
      outcome: "failed",
      code: `http-${status}`,
      reason: redirectedPost(status, host) ?? statusSentence(status, host),
      hard: status === 410 || redirectedPost(status, host) !== null,
      status,
      reply,
      ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    };
  });
}

const polite = (context: Context, accept: string): Record<string, string> => ({
  accept,
  "accept-encoding": acceptEncoding,
  "user-agent": context.userAgent,
});

const defined = ({ timeoutMs, signal }: t.ExchangeOptions) => ({
  ...(timeoutMs !== undefined && { timeoutMs }),
  ...(signal !== undefined && { signal }),
});

const answeredBy = (response: Response) => ({
  finalUrl: response.url.href,
  ...(response.permanentRedirect !== undefined && {
    permanentRedirect: response.permanentRedirect,
  }),
});

/** An answer other than 200 and 304, in words. */
function refused(response: Response, nowMs: number): t.Gone | t.Failed {
  const { status, host } = response;
  discard(response.body);
  if (status === 410) {
    const reason = `${host} says that this address is gone for good (410).`;
    return { outcome: "gone", status, reason, ...answeredBy(response) };
  }
  const challenged = header(response.headers, "cf-mitigated") !== undefined;
  const retryAfter = retryAfterSeconds(response.headers, nowMs);
  return {
    outcome: "failed",
    code: challenged ? "challenge" : `http-${status}`,
    reason: challenged
      ? `${host} asks its visitors to prove that they are human (Cloudflare), which a reader of feeds cannot do.`
      : statusSentence(status, host),
    // A 403 is often a rate limit, and feeds that give 404 do come back.
    hard: status >= 400 && status < 500 && ![403, 404, 408, 421, 425, 429].includes(status),
    status,
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
  };
}

function statusSentence(status: number, host: string): string {
  if (status === 401) return `${host} wants a password (401).`;
  if (status === 403) return `${host} refuses to answer us (403).`;
  if (status === 404) return `${host} knows no such address (404).`;
  if (status === 429) return `${host} asks for fewer requests (429).`;
  if (status === 503) return `${host} is out of service for the moment (503).`;
  if (status >= 500) return `${host} has a fault of its own (${status}).`;
  if (status >= 400) return `${host} does not accept the request (${status}).`;
  return `${host} answered in a way that brings nothing (${status}).`;
}

const redirectedPost = (status: number, host: string): string | null =>
  status >= 300 && status < 400
    ? `${host} forwards to another address (${status}); deliveries are not forwarded: enter the final address.`
    : null;

const isPage = (contentType: string): boolean =>
  contentType === "" ||
  /^\s*(text\/(html|plain|xml)|application\/(xhtml\+xml|xml))\s*(;|$)/i.test(contentType);

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Trouble that belongs to the network becomes a value; anything else is a fault of ours and is thrown. */
async function outcome<T>(work: () => Promise<T>): Promise<T | t.Failed> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FetchProblem)) throw error;
    return {
      outcome: "failed",
      code: error.code,
      reason: error.message,
      hard: error.hard,
      ...(error.status !== undefined && { status: error.status }),
      ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
    };
  }
}
