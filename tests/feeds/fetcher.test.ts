import http from "node:http";
import type { AddressInfo } from "node:net";
import zlib from "node:zlib";
import { createFetcher, type Fetcher } from "@newsledger/feeds";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createWebhookSink, type WebhookSink } from "../tools/webhook-sink.mjs";

let origin = "";
let fetcher: Fetcher;
let sink: WebhookSink;
const seen: http.IncomingMessage[] = [];
const feed = "<rss><channel><title>D</title></channel></rss>";

const answers: Record<
  string,
  (request: http.IncomingMessage, response: http.ServerResponse) => void
> = {
  "/feed": (_, response) =>
    response.setHeader("content-type", "text/xml").setHeader("content-language", "es").end(feed),
  "/gzip": (_, response) => response.setHeader("content-encoding", "gzip").end(zlib.gzipSync(feed)),
  "/br": (_, response) =>
    response.setHeader("content-encoding", "br").end(zlib.brotliCompressSync(feed)),
  "/zstd": (_, response) =>
    response.setHeader("content-encoding", "zstd").end(zlib.zstdCompressSync(feed)),
  "/deflate": (_, response) =>
    response.setHeader("content-encoding", "deflate").end(zlib.deflateRawSync(feed)),
  "/moved": (_, response) => response.writeHead(301, { location: "/moved-again" }).end(),
  "/moved-again": (_, response) => response.writeHead(308, { location: "/for-now" }).end(),
  "/for-now": (_, response) => response.writeHead(302, { location: "/feed" }).end(),
  "/nowhere": (_, response) => response.writeHead(302).end(),
  "/bad-location": (_, response) => response.writeHead(302, { location: "http://[" }).end(),
  "/not-found": (_, response) => response.writeHead(404).end("x".repeat(100_000)),
  "/forbidden": (_, response) => response.writeHead(403).end(),
  "/challenge": (_, response) => response.writeHead(403, { "cf-mitigated": "challenge" }).end(),
  "/locked": (_, response) => response.writeHead(401).end(),
  "/page": (_, response) =>
    response
      .setHeader("content-type", "text/html")
      .end(Buffer.from('<meta charset="latin1"><p>a\u00f1o\u0007</p>', "latin1")),
  "/report.pdf": (_, response) =>
    response.setHeader("content-type", "application/pdf").end("%PDF-1.7"),
  "/big-page": (_, response) =>
    response.setHeader("content-type", "text/html").end(Buffer.alloc(9 << 20, 65)),
  "/hang": () => {},
};

const server = http.createServer((request, response) => {
  seen.push(request);
  const answer = answers[request.url ?? ""];
  if (answer) answer(request, response);
  else response.writeHead(500).end();
});

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  sink = await createWebhookSink();
  fetcher = createFetcher({
    userAgent: "Newsledger/0.1 (+https://newsledger.example/bot)",
    allowHosts: [`127.0.0.1:${port}`, `127.0.0.1:${sink.cfg.port}`],
  });
});
afterAll(async () => {
  await fetcher[Symbol.asyncDispose]();
  await sink.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  seen.length = 0;
});

describe("a feed", () => {
  it.each(["/feed", "/gzip", "/br", "/zstd", "/deflate"])(
    "%s comes as the same bytes",
    async (path) => {
      const outcome = await fetcher.feed(origin + path);
      if (outcome.outcome !== "fetched") throw new Error(JSON.stringify(outcome));
      expect(Buffer.from(outcome.bytes).toString()).toBe(feed);
      expect(outcome.bodyHash).toMatch(/^[0-9a-f]{64}$/);
      expect(outcome.finalUrl).toBe(origin + path);
    },
  );

  it("is asked for honestly", async () => {
    await fetcher.feed(`${origin}/feed`);
    expect(seen[0]?.headers).toMatchObject({
      "user-agent": "Newsledger/0.1 (+https://newsledger.example/bot)",
      "accept-encoding": "gzip, br, zstd, deflate",
      accept: expect.stringContaining("application/atom+xml"),
    });
    expect(seen[0]?.headers).not.toHaveProperty("if-none-match");
    expect(seen[0]?.headers).not.toHaveProperty("cookie");
  });

  it("is asked for again with both validators, byte for byte, on every hop", async () => {
    await fetcher.feed(`${origin}/moved`, { etag: 'W/"a;b"', lastModified: "some day" });
    expect(seen).toHaveLength(4);
    for (const { headers } of seen) {
      expect(headers).toMatchObject({
        "if-none-match": 'W/"a;b"',
        "if-modified-since": "some day",
      });
    }
  });

  it("tells where it moved for good, as far as that is for good", async () => {
    expect(await fetcher.feed(`${origin}/moved`)).toMatchObject({
      outcome: "fetched",
      finalUrl: `${origin}/feed`,
      permanentRedirect: `${origin}/for-now`,
      headers: { "content-type": "text/xml", "content-language": "es" },
    });
    expect(await fetcher.feed(`${origin}/for-now`)).not.toHaveProperty("permanentRedirect");
  });

  it.each([
    ["/not-found", "http-404", false],
    ["/forbidden", "http-403", false],
    ["/challenge", "challenge", false],
    ["/locked", "http-401", true],
    ["/nowhere", "http-302", false],
    ["/bad-location", "bad-address", true],
    ["/fault", "http-500", false],
  ])("%s: %s", async (path, code, hard) => {
    expect(await fetcher.feed(origin + path)).toMatchObject({ outcome: "failed", code, hard });
  });

  it("that hangs costs its time-out, not more", async () => {
    expect(await fetcher.feed(`${origin}/hang`, { timeoutMs: 100 })).toMatchObject({
      code: "timeout",
      hard: false,
    });
  });

  it("that hangs is left when the caller stops", async () => {
    const stop = new AbortController();
    const asked = fetcher.feed(`${origin}/hang`, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error("shutting down")), 50);
    await expect(asked).rejects.toThrow("shutting down");
  });
});

describe("a page", () => {
  it("comes as clean text", async () => {
    expect(await fetcher.page(`${origin}/page`)).toMatchObject({
      outcome: "fetched",
      html: '<meta charset="latin1"><p>año</p>',
      contentType: "text/html",
    });
  });

  it.each([
    ["/report.pdf", "not-a-page", true],
    ["/big-page", "too-large", false],
    ["/not-found", "http-404", false],
  ])("%s: %s", async (path, code, hard) => {
    expect(await fetcher.page(origin + path)).toMatchObject({ outcome: "failed", code, hard });
  });
});

describe("a delivery", () => {
  const mode = (query: string) =>
    fetch(`${sink.url}/admin/mode?path=*&${query}`, { method: "POST" });
  const post = () =>
    fetcher.post(`${sink.url}/hook/a`, {
      headers: { "x-newsledger-delivery": "d1" },
      body: '{"seq":1}',
      timeoutMs: 1_000,
    });
  beforeEach(() => mode("mode=ok"));

  it("is accepted", async () => {
    expect(await post()).toMatchObject({
      outcome: "accepted",
      status: expect.toSatisfy((status: number) => status < 300),
    });
    expect(sink.st.rec.at(-1)).toMatchObject({ id: "d1", accepted: true });
  });

  it.each([
    ["mode=500", { code: "http-500", status: 500, hard: false }],
    ["mode=410", { code: "http-410", status: 410, hard: true }],
    [
      "mode=redirect",
      {
        code: expect.stringMatching(/^http-30/),
        hard: true,
        reason: expect.stringContaining("final address"),
      },
    ],
    ["mode=429", { code: "http-429", hard: false, retryAfterSeconds: expect.any(Number) }],
    ["mode=hang", { code: "timeout", hard: false }],
    ["mode=reset", { code: "reset", hard: false }],
    ["mode=acklost", { code: "reset", hard: false }],
  ])("fails with %s", async (query, expected) => {
    await mode(query);
    expect(await post()).toMatchObject({ outcome: "failed", ...expected });
  });

  it("is not followed anywhere, and an endless reply is not read", async () => {
    await mode("mode=infinite");
    const outcome = await post();
    if (outcome.outcome !== "accepted") throw new Error(JSON.stringify(outcome));
    expect(outcome.reply.length).toBeLessThanOrEqual(4_096);
    expect(sink.st.canary).toEqual([]);
  });
});
