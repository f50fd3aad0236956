import net from "node:net";
import type { Duplex } from "node:stream";
import { Agent, buildConnector, Pool } from "undici";
import { agentLimits, portOf } from "./guard.ts";
import { ProxyProblem, problemOf } from "./problem.ts";
import { authorization, type KnownProxy } from "./proxy.ts";
import { askSocks, SocksRefusal } from "./socks.ts";

interface Target {
  /** As the proxy is told: a name, or an address that was checked. */
  readonly host: string;
  readonly port: number;
}

/** Opens a connection to a target by way of the proxy. */
type Open = (target: Target) => Promise<Duplex>;

interface TunnelOptions {
  readonly proxy: KnownProxy;
  /** Checks where a name leads, and says what the proxy is to dial; throws for what must not be reached. */
  readonly dialled: (host: string, port: number) => Promise<string>;
  readonly timeoutMs: number;
}

/** An agent whose connections all lead through the proxy. Certificates are those of the targets, checked here. */
export function tunnelAgent({ proxy, dialled, timeoutMs }: TunnelOptions): {
  agent: Agent;
  close: () => Promise<void>;
} {
  const road = proxy.kind === "socks" ? socksRoad(proxy, timeoutMs) : connectRoad(proxy, timeoutMs);
  const secure = buildConnector({ timeout: timeoutMs, allowH2: false });
  const agent = new Agent({
    ...agentLimits,
    connect(target, done) {
      const port = portOf(target);
      dialled(target.hostname, port)
        .then((host) => road.open({ host, port }))
        .then(
          (socket) => {
            if (target.protocol !== "https:") done(null, socket as never);
            else secure({ ...target, httpSocket: socket as never }, done);
          },
          (error) => done(error, null),
        );
    },
  });
  return {
    agent,
    async close() {
      await agent.destroy();
      await road.close();
    },
  };
}

/** HTTP CONNECT (RFC 9110 §9.3.6). */
function connectRoad(proxy: KnownProxy, timeoutMs: number): { open: Open; close(): Promise<void> } {
  const pool = proxyPool(proxy, timeoutMs);
  const known = authorization(proxy);
  const headers = known === null ? {} : { "proxy-authorization": known };
  const named = servernameOf(proxy);
  const open: Open = async ({ host, port }) => {
    const path = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    const signal = AbortSignal.timeout(timeoutMs);
    const { socket, statusCode } = await pool
      .connect({ path, headers: { ...headers, host: path }, signal, ...named })
      .catch((error) => {
        throw proxyTrouble(proxy, error);
      });
    if (statusCode >= 200 && statusCode < 300) return socket;
    socket.on("error", () => {}).destroy();
    throw refusedBy(proxy, statusCode, host);
  };
  return { open, close: () => pool.destroy() };
}

/** What its certificate is for: undici would take the Host of the target. Of an address, whatever there is. */
export const servernameOf = ({ host }: KnownProxy): { servername: string } => ({
  servername: net.isIP(host) ? "" : host,
});

/** Connections to the proxy itself, which may lie anywhere: the operator named it. */
export const proxyPool = (proxy: KnownProxy, timeoutMs: number): Pool =>
  new Pool(proxy.url.origin, {
    ...agentLimits,
    connect: markedConnector(proxy, timeoutMs),
  });

/** So that what goes wrong on the way to the proxy is not taken for trouble of the target. */
function markedConnector(proxy: KnownProxy, timeoutMs: number): buildConnector.connector {
  const dial = buildConnector({ timeout: timeoutMs, allowH2: false });
  return (target, done) =>
    dial({ ...target, ...servernameOf(proxy) }, (error, socket) =>
      error ? done(proxyTrouble(proxy, error), null) : done(null, socket as never),
    );
}

function proxyTrouble(proxy: KnownProxy, error: unknown): ProxyProblem {
  if (error instanceof ProxyProblem) return error;
  const at = `The proxy at ${proxy.label}`;
  const { code, message, cause } = problemOf(error, at);
  const sentence = code === "dns" ? `${at} cannot be found: no server has that name.` : message;
  return new ProxyProblem("proxy", sentence, cause);
}

/** The proxy's own answer to a request for a tunnel. */
export function refusedBy(proxy: KnownProxy, status: number, host: string): ProxyProblem {
  const at = `The proxy at ${proxy.label}`;
  if (status === 407)
    return new ProxyProblem(
      "proxy",
      authorization(proxy) === null
        ? `${at} wants a user name and password (407).`
        : `${at} does not accept the user name and password it was given (407).`,
    );
  if (status === 502 || status === 503 || status === 504)
    return new ProxyProblem("unreachable", `${at} could not reach ${host} (${status}).`);
  return new ProxyProblem("proxy-refused", `${at} refused to connect to ${host} (${status}).`);
}

function socksRoad(proxy: KnownProxy, timeoutMs: number): { open: Open; close(): Promise<void> } {
  const dial = buildConnector({ timeout: timeoutMs, allowH2: false });
  const { host: hostname, port } = proxy;
  const dialProxy = () =>
    new Promise<Duplex>((done, failed) => {
      dial({ hostname, host: hostname, protocol: "http:", port: String(port) }, (error, socket) =>
        error ? failed(error) : done(socket as Duplex),
      );
    });
  const open: Open = async (target) => {
    const socket = await dialProxy().catch((error) => {
      throw proxyTrouble(proxy, error);
    });
    const late = () => socket.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" }));
    const timer = setTimeout(late, timeoutMs);
    try {
      await askSocks(socket, proxy, target);
      return socket;
    } catch (error) {
      socket.on("error", () => {}).destroy();
      throw socksTrouble(proxy, error, target.host);
    } finally {
      clearTimeout(timer);
    }
  };
  return { open, close: async () => {} };
}

function socksTrouble(proxy: KnownProxy, error: unknown, host: string): ProxyProblem {
  if (!(error instanceof SocksRefusal)) return proxyTrouble(proxy, error);
  const at = `The proxy at ${proxy.label}`;
  if (error.ofTarget)
    return new ProxyProblem("unreachable", `${at} could not reach ${host}: it ${error.message}.`);
  const refused = error.message === "does not allow this connection";
  return refused
    ? new ProxyProblem("proxy-refused", `${at} refused to connect to ${host}.`)
    : new ProxyProblem("proxy", `${at} ${error.message}.`);
}
