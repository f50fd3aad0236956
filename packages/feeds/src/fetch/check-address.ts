import dns from "node:dns";
import net from "node:net";
import { allowList, bareHost, isPublic } from "./address.ts";
import { checkedUrl } from "./exchange.ts";
import { type GuardOptions, lookUpPublic, portOf } from "./guard.ts";
import { BlockedAddress, FetchProblem } from "./problem.ts";
import { type ProxyOptions, proxyFor } from "./proxy.ts";

interface CheckOptions extends Pick<GuardOptions, "allowHosts" | "resolve"> {
  readonly proxy?: ProxyOptions | undefined;
}

/**
 * Whether an address may be called at all, asked when it is saved: a clear answer to the person who types it. The dial
 * checks again, for names change. Throws BlockedAddress or FetchProblem, with a sentence for people.
 */
export async function checkAddress(address: string, options: CheckOptions = {}): Promise<void> {
  const url = checkedUrl(address);
  const looksUpNames = proxyFor(address, options) !== null && options.proxy?.names === "proxy";
  await checkedTarget(url.hostname, portOf(url), { ...options, looksUpNames });
}

interface TargetOptions extends Pick<GuardOptions, "allowHosts" | "resolve"> {
  /** A proxy looks names up, and only it: what they lead to is left to the operator of the proxy. */
  readonly looksUpNames: boolean;
}

/** Names that mean something inside a private network only: a proxy would look for them in its own. */
const privateName = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$|^[^.]*$/;

/**
 * What may be dialled for a host: itself, or the public addresses of its name. For where the dial is not ours to watch.
 * Throws BlockedAddress or FetchProblem.
 */
export async function checkedTarget(
  hostname: string,
  port: number,
  { allowHosts = [], resolve = dns.lookup, looksUpNames }: TargetOptions,
): Promise<readonly string[]> {
  const host = bareHost(hostname);
  if (allowList(allowHosts)(host, port)) return [host];
  if (net.isIP(host) ? !isPublic(host) : looksUpNames && privateName.test(host))
    throw new BlockedAddress(host, host);
  if (net.isIP(host) || looksUpNames) return [host];
  return lookUpPublic(host, resolve).catch((error) => {
    if (error instanceof FetchProblem) throw error;
    throw new FetchProblem("dns", `The name ${host} cannot be found.`, { cause: error });
  });
}
