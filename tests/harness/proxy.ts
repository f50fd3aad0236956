import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** What a proxy was asked for, as the line said it. */
export interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
}

interface Wishes {
  /** Where the names of a test's world lead: "gazette.example:80" → a port on loopback. */
  readonly world: Readonly<Record<string, number>>;
  /** user:password, wanted of everybody. */
  readonly password?: string;
  /** Its own certificate: it is asked over https. */
  readonly secure?: { readonly key: string; readonly cert: string };
  /** Hosts that its rules forbid. */
  readonly forbidden?: readonly string[];
}

/** A real proxy on loopback: HTTP (CONNECT, and forwarding of plain http) and SOCKS5 on one port each. */
export class TestProxy implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly #wishes: Wishes;
  readonly #http: http.Server;
  readonly #socks: net.Server;
  readonly #sockets = new Set<Duplex>();

  private constructor(wishes: Wishes) {
    this.#wishes = wishes;
    const forward: http.RequestListener = (request, response) => this.#forward(request, response);
    this.#http = wishes.secure
      ? https.createServer(wishes.secure, forward)
      : http.createServer(forward);
    this.#http.on("connect", (request, socket) => this.#connect(request, socket));
    this.#socks = net.createServer((socket) => void this.#speakSocks(socket).catch(() => {}));
    for (const server of [this.#http, this.#socks])
      server.on("connection", (socket: Duplex) => {
        this.#sockets.add(socket);
        socket.on("error", () => {}).on("close", () => this.#sockets.delete(socket));
      });
  }

  static async open(wishes: Wishes): Promise<TestProxy> {
    const proxy = new TestProxy(wishes);
    for (const server of [proxy.#http, proxy.#socks])
      await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  get socksHost(): string {
    return `127.0.0.1:${(this.#socks.address() as AddressInfo).port}`;
  }

  #verdict(target: string, request: http.IncomingMessage): number {
    const authorization = request.headers["proxy-authorization"];
    this.asked.push({ line: `${request.method} ${request.url}`, authorization });
    const { password, forbidden = [], world } = this.#wishes;
    const known = password && `Basic ${Buffer.from(password).toString("base64")}`;
    if (known !== undefined && authorization !== known) return 407;
    if (forbidden.includes(target.replace(/:\d+$/, ""))) return 403;
    return world[target] === undefined ? 502 : 200;
  }

  #connect(request: http.IncomingMessage, socket: Duplex): void {
    const target = request.url ?? "";
    const status = this.#verdict(target, request);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#join(socket, this.#wishes.world[target] ?? 0, () =>
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n"),
    );
  }

  #join(socket: Duplex, port: number, greet: () => void): void {
    const onward = net.connect(port, "127.0.0.1", () => {
      greet();
      socket.pipe(onward).pipe(socket);
    });
    this.#sockets.add(onward);
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  }

  #forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    const url = new URL(request.url ?? "");
    const target = `${url.hostname}:${url.port || 80}`;
    const status = this.#verdict(target, request);
    if (status !== 200) {
      response.writeHead(status).end();
      return;
    }
    const { "proxy-authorization": _, ...headers } = request.headers;
    const port = this.#wishes.world[target] ?? 0;
    const path = `${url.pathname}${url.search}`;
    const onward = http.request({ host: "127.0.0.1", port, path, method: request.method, headers });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  }

  async #speakSocks(socket: net.Socket): Promise<void> {
    const bytes = reader(socket);
    const methods = await bytes((await bytes(2))[1] ?? 0);
    const { password, world } = this.#wishes;
    const method = password === undefined ? 0 : 2;
    if (!methods.includes(method)) {
      socket.end(Buffer.from([5, 255]));
      return;
    }
    socket.write(Buffer.from([5, method]));
    let said: string | undefined;
    if (password !== undefined) {
      const name = await bytes((await bytes(2))[1] ?? 0);
      const word = await bytes((await bytes(1))[0] ?? 0);
      said = `${name}:${word}`;
      socket.write(Buffer.from([1, said === password ? 0 : 1]));
      if (said !== password) return;
    }
    const kind = (await bytes(4))[3];
    const host =
      kind === 1
        ? (await bytes(4)).join(".")
        : kind === 4
          ? (await bytes(16)).toString("hex")
          : String(await bytes((await bytes(1))[0] ?? 0));
    const target = `${host}:${(await bytes(2)).readUInt16BE()}`;
    this.asked.push({ line: `SOCKS ${target}`, authorization: said });
    const answer = (code: number) => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
    const port = world[target];
    if (this.#wishes.forbidden?.includes(host)) answer(2);
    else if (port === undefined) answer(4);
    else this.#join(socket, port, () => answer(0));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    for (const server of [this.#http, this.#socks])
      await new Promise((closed) => server.close(closed));
  }
}

/** Reads so many bytes at a time, and leaves the rest to whoever comes after. */
const reader =
  (socket: net.Socket) =>
  async (count: number): Promise<Buffer> => {
    for (;;) {
      const found: Buffer | null = count === 0 ? Buffer.alloc(0) : socket.read(count);
      if (found !== null) return found;
      await new Promise((more, gone) => socket.once("readable", more).once("close", gone));
    }
  };
