import { createServer } from "node:http";

/**
 * A press in a process of its own. /head/<n>: the items are those of last time, the bytes around them are not.
 * /item/<n>: one more item each time. /mostly/<n>: nine conditional requests of ten are answered 304, the tenth has a
 * new item.
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

const body = (feed: string, newest: number): string => {
  const entries = Array.from({ length: items }, (_, index) => item(feed, newest - index));
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>http://press.example/${feed}</link><description>d</description>${entries.join("\n")}</channel></rss>`;
};

const newest = new Map<string, number>();
const bodies = new Map<string, string>();
let requests = 0;

const server = createServer((request, response) => {
  const [, mode = "", feed = ""] = (request.url ?? "").split("/");
  requests += 1;
  const etag = `"${mode}-${feed}-${requests}"`;
  const validator = request.headers["if-none-match"];
  if (mode === "mostly" && validator && requests % 10 !== 0) {
    response.writeHead(304, { etag: validator }).end();
    return;
  }
  const moves = mode === "head" || mode === "plain" ? 0 : 1;
  const at = (newest.get(feed) ?? -1) + moves;
  newest.set(feed, at);
  const known = moves === 0 ? bodies.get(feed) : undefined;
  const document = known ?? body(feed, at);
  if (moves === 0) bodies.set(feed, document);
  const sent = document.replace("<channel>", `<channel><pubDate>${requests}</pubDate>`);
  response.writeHead(200, { etag, "content-type": "application/rss+xml" }).end(sent);
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.once("disconnect", () => process.exit());
