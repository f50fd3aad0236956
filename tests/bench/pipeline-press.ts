import { createServer } from "node:http";
import { readPart } from "../score/labelled.ts";

/**
 * A press in a process of its own: feeds whose items all concern a topic, and their pages with everything around the
 * article. Items are hidden until it is told to show them. One article in four is another's words again.
 */

const [feeds = 100, perFeed = 30] = process.argv.slice(2).map(Number);
const wordsAnArticle = 250;
const pieces = [...readPart("dev"), ...readPart("held-out")].map((piece) => ({
  ...piece,
  paragraphs: piece.text.split(/\n\s*\n/),
}));
const leads = pieces.filter(({ topics }) => topics.length > 0);
const places = "Caracas Maracaibo Houston Washington Doha Valencia Bogotá Miami Madrid".split(" ");

interface Article {
  readonly path: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly language: "en" | "es";
  readonly published: Date;
}

/** A fixed sequence of whole numbers below `limit`. */
function sequence(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}

const next = sequence(11);
const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
const newest = Date.now() - 3_600_000;
const spreadMs = 28 * 86_400_000;

function written(nth: number): Article {
  const lead = pick(leads);
  const { language } = lead;
  const own =
    language === "en"
      ? `The paper's correspondent in ${pick(places)} counted ${nth + 2} pages in file ${next(90_000)}, and ${next(400) + 2} people at the door.`
      : `El corresponsal en ${pick(places)} contó ${nth + 2} páginas en el expediente ${next(90_000)}, y ${next(400) + 2} personas en la puerta.`;
  const paragraphs = [...lead.paragraphs.slice(0, 2), own];
  const same = pieces.filter((piece) => piece.language === language);
  const count = () => paragraphs.join(" ").split(/\s+/).length;
  while (count() < wordsAnArticle) paragraphs.push(pick(pick(same).paragraphs));
  const published = new Date(newest - next(spreadMs));
  return { path: `/${nth}.html`, title: lead.title, paragraphs, language, published };
}

const articles: Article[] = [];
for (let nth = 0; nth < feeds * (perFeed + 1); nth++) {
  const original = nth > 8 && next(4) === 0 ? articles[nth - 1 - next(8)] : undefined;
  articles.push(original ? { ...original, path: `/${nth}.html` } : written(nth));
}
const byPath = new Map(articles.map((article) => [article.path, article]));

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const links = Array.from({ length: 60 }, (_, nth) => `<li><a href="/s/${nth}">Section ${nth}</a>`);

function page({ title, paragraphs, language, published }: Article): string {
  const text = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join("\n");
  return `<!doctype html><html lang="${language}"><head><title>${escaped(title)}</title><meta property="article:published_time" content="${published.toISOString()}"><style>${".a{color:#111;margin:0 auto}".repeat(60)}</style></head>
<body><header><nav><ul>${links.join("\n")}</ul></nav></header><main><article><h1>${escaped(title)}</h1><p class="meta">By our staff</p>${text}</article>
<aside><h2>Most read</h2><ul>${links.slice(0, 20).join("\n")}</ul></aside></main><footer><p>All rights reserved. Write to the desk with corrections.</p></footer></body></html>`;
}

let shown = false;
let requests = 0;

function feed(nth: number): string {
  const own = articles.slice(nth * (perFeed + 1), (nth + 1) * (perFeed + 1));
  const entries = own
    .slice(0, shown ? own.length : 1)
    .map(
      (one) =>
        `<item><title>${escaped(one.title)}</title><link>${origin}${one.path}</link><guid isPermaLink="false">${one.path}</guid>` +
        `<pubDate>${one.published.toUTCString()}</pubDate><description>${escaped(one.paragraphs[0]?.slice(0, 300) ?? "")}</description></item>`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${nth}</title><link>${origin}/${nth}</link><description>d</description>${entries.join("\n")}</channel></rss>`;
}

let origin = "";
const server = createServer((request, response) => {
  requests += 1;
  const path = request.url ?? "/";
  const article = byPath.get(path);
  const [, nth] = /^\/feed\/(\d+)$/.exec(path) ?? [];
  if (article)
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page(article));
  else if (nth !== undefined)
    response.writeHead(200, { "content-type": "application/rss+xml" }).end(feed(Number(nth)));
  else response.writeHead(404).end();
});
process.on("message", (message) => {
  if (message === "show") shown = true;
  process.send?.({ items: articles.length, requests });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address) origin = `http://127.0.0.1:${address.port}`;
  process.send?.({ origin });
});
process.once("disconnect", () => process.exit());
