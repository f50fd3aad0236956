import dns from "node:dns";
import net from "node:net";
import { allowList, bareHost, isPublic } from "./address.ts";
import { checkedUrl } from "./exchange.ts";
import type { GuardOptions } from "./guard.ts";
import { BlockedAddress, FetchProblem } from "./problem.ts";

/**
 * Whether an address may be called at all, asked when it is saved: a clear answer to the person who types it. The dial
 * checks again, for names change. Throws BlockedAddress or FetchProblem, with a sentence for people.
 */
export async function checkAddress(
  address: string,
  { allowHosts = [], resolve = dns.lookup }: Pick<GuardOptions, "allowHosts" | "resolve"> = {},
): Promise<void> {
  const url = checkedUrl(address);
  const host = bareHost(url.hostname);
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  if (allowList(allowHosts)(host, port)) return;
  const addresses = net.isIP(host) ? [host] : await lookUp(host, resolve);
  const blocked = addresses.find((found) => !isPublic(found));
  if (blocked !== undefined) throw new BlockedAddress(host, blocked);
}

const lookUp = (host: string, resolve: NonNullable<GuardOptions["resolve"]>): Promise<string[]> =>
  new Promise((done, failed) => {
    resolve(host, { all: true }, (error, found) => {
      if (error) failed(new FetchProblem("dns", `The name ${host} cannot be found.`));
      else done(found.map(({ address }) => address));
    });
  });
