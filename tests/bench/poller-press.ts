import { createServer, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/**
 * A press in a process of its own. /head/<n>: the items are those of last time, the bytes around them are not.
 * /item/<n>: one more item each time. /mostly/<n>: nine conditional requests of ten are answered 304, the tenth has a
 * new item; /mostly-head/<n>: the tenth is as /head/<n>; /mostly-packed/<n>: the same, packed as web servers pack. /never/<n>: 304
 * only. Asked for it, it tells how many bytes its answers of each mode had on the wire.
 */

const items = 50;
const words =
  "the court heard that relatives had waited since dawn for a word from the ministry ".split(" ");

const text = (seed: number, length: number): string =>
  Array.from({ length }, (_, index) => words[(seed * 7 + index * 3) % words.length]).join(" ");

function item(feed: string, index: number): string {
  const seed = (Number(feed) || 0) + index;
  const date = new Date(Date.UTC(2026, 10, 20) + index * 3_600_000).toUTCString();
  return `<item><title>${text(seed, 9)} ${index}</title><link>http://press.example/${feed}/${index}</link><guid isPermaLink="false">${feed}-${index}</guid><pubDate>${date}</pubDate><description><![CDATA[<p>${text(seed, 140)}</p>]]></description></item>`;
}

const head = (feed: string) =>
  `<title>Feed ${feed}</title><link>http://press.example/${feed}</link><description>d</description>`;

/** The documents' items as they were last sent, newest first. */
const windows = new Map<string, { newest: number; written: string[] }>();
let requests = 0;
const wire = new Map<string, { answers: number; bytes: number }>();

/** Head and body of the answer, as they go out. */
function count(mode: string, response: ServerResponse): void {
  const { socket } = response;
  const before = socket?.bytesWritten ?? 0;
  response.once("finish", () => {
    const sum = wire.get(mode) ?? { answers: 0, bytes: 0 };
    wire.set(mode, {
      answers: sum.answers + 1,
      bytes: sum.bytes + (socket?.bytesWritten ?? 0) - before,
    });
  });
}

function entries(feed: string, moves: boolean): string {
  const window = windows.get(feed);
  if (!window) {
    const written = Array.from({ length: items }, (_, index) => item(feed, -index));
    windows.set(feed, { newest: 0, written });
    return written.join("\n");
  }
  if (moves) {
    window.newest += 1;
    window.written = [item(feed, window.newest), ...window.written.slice(0, -1)];
  }
  return window.written.join("\n");
}

const server = createServer((request, response) => {
  const [, mode = "", feed = ""] = (request.url ?? "").split("/");
  requests += 1;
  count(mode, response);
  const etag = `"${mode}-${feed}-${requests}"`;
  const validator = request.headers["if-none-match"];
  if (mode === "never" || (mode.startsWith("mostly") && validator && requests % 10 !== 0)) {
    response.writeHead(304, { etag: validator ?? etag }).end();
    return;
  }
  const moves = mode === "item" || mode === "mostly";
  const body = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><pubDate>${requests}</pubDate>${head(feed)}${entries(feed, moves)}</channel></rss>`;
  const type = { etag, "content-type": "application/rss+xml" };
  if (mode === "mostly-packed")
    response.writeHead(200, { ...type, "content-encoding": "gzip" }).end(gzipSync(body));
  else response.writeHead(200, type).end(body);
});
server.keepAliveTimeout = 600_000; // no connection ends between two rounds
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("message", () => process.send?.(Object.fromEntries(wire)));
process.once("disconnect", () => process.exit());
