import { allowList, bareHost } from "./address.ts";

/** By which proxy others are asked, when the operator names one. */
export interface ProxyOptions {
  /** http://, https:// or socks5://, with user name and password where it wants them. */
  readonly url: string;
  /** Whom to ask without it: "host" (and every name below it), "host:port", or "*". */
  readonly except?: readonly string[];
  /** Who looks names up: "here", so that their addresses are checked before it dials, or the proxy alone. */
  readonly names?: "here" | "proxy";
}

export interface KnownProxy {
  readonly url: URL;
  readonly kind: "http" | "socks";
  /** host:port; all that may be said of it, for its address can carry a password. */
  readonly label: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly looksUpNames: boolean;
}

const usualPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };
const socksPort = 1080;

export function proxyOf(options: ProxyOptions): KnownProxy {
  const url = new URL(options.url);
  const port = Number(url.port) || (usualPorts[url.protocol] ?? socksPort);
  return {
    url,
    kind: url.protocol === "socks5:" ? "socks" : "http",
    label: `${url.hostname}:${port}`,
    host: bareHost(url.hostname),
    port,
    user: decoded(url.username),
    password: decoded(url.password),
    looksUpNames: options.names === "proxy",
  };
}

/** A percent sign that starts no code stands for itself. */
const decoded = (text: string): string =>
  decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, "%25"));

/** The line by which it knows us; null when it wants none. */
export const authorization = ({ user, password }: KnownProxy): string | null =>
  user === "" && password === ""
    ? null
    : `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

interface Roads {
  /** Private targets that may be reached; they lie beside us, so they are dialled from here. */
  readonly allowHosts?: readonly string[] | undefined;
  readonly proxy?: ProxyOptions | undefined;
}

/** By which proxy an address is asked, as host:port without its password; null when directly. */
export function proxyFor(address: string, { allowHosts = [], proxy }: Roads): string | null {
  const url = URL.parse(address);
  if (!proxy || !url || !/^https?:$/.test(url.protocol)) return null;
  return isDirect(allowHosts, proxy.except ?? [])(url) ? null : proxyOf(proxy).label;
}

/** Whether a target is asked without the proxy. */
export function isDirect(
  allowHosts: readonly string[],
  except: readonly string[],
): (url: URL) => boolean {
  const opened = allowList(allowHosts);
  const spared = except.map((entry) => entry.trim().toLowerCase()).filter(Boolean);
  return (url) => {
    const host = bareHost(url.hostname);
    const name = host.includes(":") ? `[${host}]` : host;
    const port = url.port || String(usualPorts[url.protocol]);
    if (opened(host, Number(port))) return true;
    return spared.some(
      (entry) => entry === "*" || [name, `${name}:${port}`].some((own) => isOrIsBelow(own, entry)),
    );
  };
}

const isOrIsBelow = (name: string, entry: string): boolean =>
  name === entry || name.endsWith(`.${entry}`);
