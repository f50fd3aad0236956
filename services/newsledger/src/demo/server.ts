import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { articlePath } from "./article.ts";
import { outlet, outletIds } from "./outlets.ts";
import { feedPath, isDown, type Press } from "./press.ts";
import { changedAt, type Document, feedDocument } from "./site/feed.ts";
import { articlePage, frontPage } from "./site/page.ts";

/** One request that the press received, with the validator it carried and the answer it got. */
interface PressRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ifNoneMatch: string | null;
}

export interface RunningPress extends AsyncDisposable {
  readonly origin: string;
  requests(): readonly PressRequest[];
}

/** Puts the press on the air on 127.0.0.1, at a free port unless one is named. */
export async function startPress(
  press: Press,
  { port = 0 }: { port?: number } = {},
): Promise<RunningPress> {
  const requests: PressRequest[] = [];
  let origin = "";

  const server = createServer((request, response) => {
    const path = (request.url ?? "/").replace(/[?#].*$/, "");
    const answer = respond(answerTo(press, path, origin), request);
    requests.push({
      method: request.method ?? "",
      path,
      status: answer.status,
      ifNoneMatch: request.headers["if-none-match"] ?? null,
    });
    send(response, answer, request.method === "HEAD");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What the press has at a path, before the conditions of the request. */
interface Holding extends Document {
  readonly status: number;
  readonly lastModified?: Date;
  readonly retryAfterSeconds?: number;
}

function answerTo(press: Press, path: string, origin: string): Holding {
  const [, first = ""] = path.split("/");
  const id = outletIds.find((candidate) => candidate === first);
  if (!id) return notFound;

  const site = outlet(id);
  if (isDown(id, press.stage)) return outOfOrder;
  const articles = press.articles().filter((article) => article.outlet === id);
  const newest = articles.map((article) => Date.parse(changedAt(article)));
  const lastModified = new Date(Math.max(...newest, 0));

  if (path === feedPath(site) && site.format !== "page")
    return { status: 200, lastModified, ...feedDocument(site, articles, origin) };
  if (path === feedPath(site) || path === `/${id}/`) return page(200, frontPage(site, articles));

  const article = articles.find((candidate) => articlePath(candidate) === path);
  if (!article) return notFound;
  if (article.pageGone) return gone;
  const others = articles.filter((candidate) => candidate !== article).slice(0, 4);
  return {
    ...page(200, articlePage(site, article, others, origin)),
    lastModified: new Date(changedAt(article)),
  };
}

const page = (status: number, html: string): Holding => ({
  status,
  contentType: "text/html; charset=utf-8",
  body: Buffer.from(html),
});
const notFound = page(404, "<!doctype html><title>Not found</title><p>There is no such page.</p>");
const gone = page(410, "<!doctype html><title>Gone</title><p>This page has been removed.</p>");
const outOfOrder: Holding = {
  ...page(503, "<!doctype html><title>Out of order</title><p>We will be back soon.</p>"),
  retryAfterSeconds: 1,
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function respond(holding: Holding, request: IncomingMessage): Answer {
  const { status, contentType, body, lastModified, retryAfterSeconds } = holding;
  if (request.method !== "GET" && request.method !== "HEAD")
    return { status: 405, headers: { allow: "GET, HEAD" }, body: Buffer.alloc(0) };

  const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 20)}"`;
  const validators = {
    ...(status === 200 && { etag, "cache-control": "no-cache" }),
    ...(lastModified && { "last-modified": lastModified.toUTCString() }),
  };
  if (status === 200 && isUnchanged(request, etag, lastModified))
    return { status: 304, headers: validators, body: Buffer.alloc(0) };
  return {
    status,
    headers: {
      "content-type": contentType,
      "content-length": String(body.length),
      ...validators,
      ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
    },
    body,
  };
}

/** If-None-Match decides alone when it is there (RFC 9110 §13.2.2); dates have whole seconds. */
function isUnchanged(request: IncomingMessage, etag: string, lastModified?: Date): boolean {
  const tags = request.headers["if-none-match"];
  if (tags !== undefined)
    return tags.split(",").some((tag) => ["*", etag, `W/${etag}`].includes(tag.trim()));
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 <= since;
}

function send(
  response: ServerResponse,
  { status, headers, body }: Answer,
  headOnly: boolean,
): void {
  response.writeHead(status, headers);
  response.end(headOnly ? undefined : body);
}
