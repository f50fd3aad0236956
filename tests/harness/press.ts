import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export interface Headline {
  readonly title: string;
  readonly path: string;
  readonly publishedAt: string;
  readonly summary?: string;
  readonly guid?: string;
}

/** A small newspaper on loopback: one RSS feed and its pages, which a test may change while it runs. */
export class Newspaper implements AsyncDisposable {
  readonly #server: Server;
  readonly name: string;
  readonly headlines: Headline[] = [];
  readonly pages = new Map<string, string>();
  readonly requests: string[] = [];
  #origin = "";

  private constructor(name: string) {
    this.name = name;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async open(name: string, port = 0): Promise<Newspaper> {
    const paper = new Newspaper(name);
    await new Promise<void>((resolve) => paper.#server.listen(port, "127.0.0.1", resolve));
    const address = paper.#server.address();
    if (!address || typeof address === "string") throw new Error("no port");
    paper.#origin = `http://127.0.0.1:${address.port}`;
    return paper;
  }

  get origin(): string {
    return this.#origin;
  }

  get feedUrl(): string {
    return `${this.#origin}/feed.xml`;
  }

  /** host:port, as NEWSLEDGER_ALLOW_HOSTS wants it. */
  get host(): string {
    return new URL(this.#origin).host;
  }

  publish(headline: Headline, paragraphs: readonly string[]): void {
    this.headlines.unshift(headline);
    this.pages.set(headline.path, page(headline, paragraphs));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? "/";
    this.requests.push(path);
    const page = this.pages.get(path);
    if (path === "/feed.xml") {
      response
        .writeHead(200, { "content-type": "application/rss+xml; charset=utf-8" })
        .end(this.#feed());
    } else if (page !== undefined) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
    } else {
      response.writeHead(404).end();
    }
  }

  #feed(): string {
    const items = this.headlines.map(
      ({ title, path, publishedAt, summary = "", guid = path }) =>
        `<item><title>${escaped(title)}</title><link>${this.#origin}${path}</link><guid isPermaLink="false">${escaped(guid)}</guid>` +
        `<pubDate>${new Date(publishedAt).toUTCString()}</pubDate><description>${escaped(summary)}</description></item>`,
    );
    return `<?xml version="1.0"?><rss version="2.0"><channel><title>${escaped(this.name)}</title><link>${this.#origin}</link><description/>${items.join("")}</channel></rss>`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const page = ({ title }: Headline, paragraphs: readonly string[]): string =>
  `<!doctype html><html lang="en"><head><title>${escaped(title)}</title></head><body><header><nav><a href="/">Home</a> <a href="/world">World</a></nav></header>` +
  `<main><article><h1>${escaped(title)}</h1>${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join("\n")}</article></main>` +
  `<footer>All rights reserved.</footer></body></html>`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
