import { hash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface Story {
  readonly guid: string;
  readonly title: string;
  readonly summary?: string;
  /** RFC 822; empty for none. */
  readonly published?: string;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on loopback whose answers a test sets, one path at a time. */
export class Press implements AsyncDisposable {
  readonly requests: { path: string; headers: IncomingMessage["headers"] }[] = [];
  readonly #answers = new Map<string, Answer>();
  readonly #server = createServer((request, response) => {
    const path = request.url ?? "/";
    this.requests.push({ path, headers: request.headers });
    response.on("error", () => {}); // a reader that has seen enough hangs up
    const answer = this.#answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  #origin = "";

  static async open(): Promise<Press> {
    const press = new Press();
    await new Promise<void>((resolve) => press.#server.listen(0, "127.0.0.1", resolve));
    const address = press.#server.address();
    press.#origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    return press;
  }

  /** host:port, as NEWSLEDGER_ALLOW_HOSTS wants it. */
  get host(): string {
    return new URL(this.#origin).host;
  }

  url(path: string): string {
    return `${this.#origin}${path}`;
  }

  answer(path: string, answer: Answer): void {
    this.#answers.set(path, answer);
  }

  /** A feed with an ETag that follows from its content, and 304 for who has it. */
  publish(path: string, stories: readonly Story[], title = "The Gazette"): void {
    const body = rss(this.#origin, title, stories);
    const etag = `"${hash("sha256", body).slice(0, 40)}"`;
    this.answer(path, (request, response) => {
      if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
      else response.writeHead(200, { "content-type": "application/rss+xml", etag }).end(body);
    });
  }

  /** Does something between the request and its answer. */
  before(path: string, happening: () => Promise<unknown>): void {
    const answer = this.#answers.get(path);
    this.answer(path, (request, response) => {
      happening().then(
        () => answer?.(request, response),
        () => response.destroy(),
      );
    });
  }

  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Newest first, as feeds are. */
function rss(origin: string, title: string, stories: readonly Story[]): string {
  const items = stories.map(
    ({ guid, title, summary = "", published = "Mon, 02 Mar 2026 10:00:00 GMT" }) =>
      `<item><title>${title}</title><link>${origin}/${guid}</link><guid isPermaLink="false">${guid}</guid>` +
      `${published && `<pubDate>${published}</pubDate>`}<description>${summary}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>${origin}</link><description/>${items.join("")}</channel></rss>`;
}
