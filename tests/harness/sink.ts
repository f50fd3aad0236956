import { createServer, type Server } from "node:http";

export interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Somebody's webhook endpoint on loopback: keeps what it gets and answers as told. */
export class Sink implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly #server: Server;
  #origin = "";
  status = 204;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request.setEncoding("utf8")) body += chunk;
      this.received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(this.status).end();
    });
  }

  static async open(): Promise<Sink> {
    const sink = new Sink();
    await new Promise<void>((resolve) => sink.#server.listen(0, "127.0.0.1", resolve));
    const address = sink.#server.address();
    if (!address || typeof address === "string") throw new Error("no port");
    sink.#origin = `http://127.0.0.1:${address.port}`;
    return sink;
  }

  get origin(): string {
    return this.#origin;
  }

  get host(): string {
    return new URL(this.#origin).host;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
