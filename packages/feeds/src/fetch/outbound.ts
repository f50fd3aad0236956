import type { Dispatcher } from "undici";
import { bareHost } from "./address.ts";
import { checkedTarget } from "./check-address.ts";
import { type GuardOptions, guardedAgent, portOf } from "./guard.ts";
import { FetchProblem, ProxyProblem, problemOf } from "./problem.ts";
import { authorization, isDirect, type KnownProxy, type ProxyOptions, proxyOf } from "./proxy.ts";
import { proxyPool, refusedBy, servernameOf, tunnelAgent } from "./tunnel.ts";

export interface OutboundOptions extends GuardOptions {
  readonly proxy?: ProxyOptions | undefined;
}

interface Sending {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  readonly signal: AbortSignal;
}

export interface Outbound {
  /** One request, no redirects; the address is checked, whoever dials. */
  send(url: URL, sending: Sending): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

/** Behind a proxy, a machine often knows no names of the world. */
function hinted(error: unknown): never {
  if (!(error instanceof FetchProblem) || error.code !== "dns") throw error;
  const hint = "Where only the proxy can look names up: NEWSLEDGER_PROXY_NAMES=proxy.";
  throw new FetchProblem("dns", `${error.message} ${hint}`, { cause: error });
}

/** The ways out: directly, or by way of the operator's proxy. */
export function openOutbound(options: OutboundOptions): Outbound {
  const agent = guardedAgent(options);
  const direct: Outbound = {
    send: (url, sending) => agent.request({ ...targetOf(url), ...sending }),
    close: () => agent.destroy(),
  };
  if (!options.proxy) return direct;
  const proxied = throughProxy(proxyOf(options.proxy), options);
  const spared = isDirect(options.allowHosts ?? [], options.proxy.except ?? []);
  return {
    send: (url, sending) => (spared(url) ? direct : proxied).send(url, sending),
    async close() {
      await Promise.all([direct.close(), proxied.close()]);
    },
  };
}

const targetOf = (url: URL) => ({ origin: url.origin, path: `${url.pathname}${url.search}` });

/** Plain http is handed to an HTTP proxy as it is, for many of them tunnel to port 443 only; all else is tunnelled. */
function throughProxy(proxy: KnownProxy, options: OutboundOptions): Outbound {
  const timeoutMs = options.connectTimeoutMs ?? 10_000;
  const { looksUpNames } = proxy;
  const check = { ...options, looksUpNames };
  // A SOCKS proxy is told the very address that was checked; an HTTP proxy decides by names, and is told the name.
  const dialled = async (host: string, port: number) => {
    const [address = host] = await checkedTarget(host, port, check).catch(hinted);
    return proxy.kind === "socks" ? address : bareHost(host);
  };
  const { agent, close } = tunnelAgent({ proxy, dialled, timeoutMs });
  const tunnelled: Outbound = {
    send: (url, sending) => agent.request({ ...targetOf(url), ...sending }),
    close,
  };
  if (proxy.kind === "socks") return tunnelled;
  const forwarded = forwarding(proxy, dialled, timeoutMs);
  return {
    send: (url, sending) => (url.protocol === "http:" ? forwarded : tunnelled).send(url, sending),
    async close() {
      await Promise.all([tunnelled.close(), forwarded.close()]);
    },
  };
}

/** Of what is handed on, nobody can tell whether the proxy or the target kept silent: both are named. */
function eitherOf(error: unknown, url: URL, proxy: KnownProxy): FetchProblem {
  const problem = problemOf(error, bareHost(url.hostname));
  if (problem instanceof ProxyProblem) return problem;
  const sentence = `${problem.message} It was asked by way of the proxy at ${proxy.label}.`;
  return new FetchProblem(problem.code, sentence, { hard: problem.hard, cause: error });
}

function forwarding(
  proxy: KnownProxy,
  checked: (host: string, port: number) => Promise<unknown>,
  timeoutMs: number,
): Outbound {
  const pool = proxyPool(proxy, timeoutMs);
  const known = authorization(proxy);
  const own = known === null ? {} : { "proxy-authorization": known };
  return {
    async send(url, sending) {
      await checked(url.hostname, portOf(url));
      const path = `${url.origin}${url.pathname}${url.search}`;
      const headers = { ...sending.headers, host: url.host, ...own };
      const answer = await pool
        .request({ ...sending, path, headers, ...servernameOf(proxy) })
        .catch((error) => {
          throw sending.signal.aborted ? error : eitherOf(error, url, proxy);
        });
      if (answer.statusCode !== 407) return answer;
      answer.body.on("error", () => {}).destroy();
      throw refusedBy(proxy, 407, url.hostname);
    },
    close: () => pool.destroy(),
  };
}
