import dns from "node:dns";
import net from "node:net";
import { Agent, buildConnector } from "undici";
import { allowList, bareHost, isPublic } from "./address.ts";
import { BlockedAddress, problemOf } from "./problem.ts";

/** The shape of `dns.lookup` with `all: true`: how names become addresses. */
export type Resolve = (
  host: string,
  options: dns.LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void,
) => void;

export interface GuardOptions {
  /** Private targets that may be reached: "host" or "host:port". */
  readonly allowHosts?: readonly string[];
  readonly resolve?: Resolve;
  readonly connectTimeoutMs?: number;
}

export const agentLimits = {
  allowH2: false,
  headersTimeout: 15_000,
  bodyTimeout: 15_000,
  maxHeaderSize: 32 * 1024,
};

/**
 * An agent that dials public addresses only. Literals are checked before the dial, names inside its look-up: what was
 * checked is what is dialled, so no second resolution can differ. A `lookup` alone is never asked about literals
 * (http://2130706433), and undici's `blockList` is not honoured for https.
 */
export function guardedAgent(options: GuardOptions = {}): Agent {
  const allowed = allowList(options.allowHosts ?? []);
  const resolve = options.resolve ?? dns.lookup;
  const limits = { timeout: options.connectTimeoutMs ?? 10_000, allowH2: false };
  const dialAnywhere = buildConnector({ ...limits, lookup: lookupOf(resolve, () => true) });
  const dialPublic = buildConnector({ ...limits, lookup: lookupOf(resolve, isPublic) });
  return new Agent({
    ...agentLimits,
    connect(target, done) {
      const host = bareHost(target.hostname);
      if (allowed(host, portOf(target))) return dialAnywhere(target, done);
      if (net.isIP(host) && !isPublic(host)) return done(new BlockedAddress(host, host), null);
      return dialPublic(target, done);
    },
  });
}

function lookupOf(resolve: Resolve, passes: (address: string) => boolean): net.LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      // One private answer condemns the name: a mixed answer is how rebinding starts.
      const bad = found.find(({ address }) => !passes(address));
      if (bad) return done(new BlockedAddress(bareHost(host), bad.address), []);
      const first = found[0];
      if (!first)
        return done(Object.assign(new Error(`no address for ${host}`), { code: "ENOTFOUND" }), []);
      return options.all ? done(null, found) : done(null, first.address, first.family);
    });
  };
}

/** Where a name leads, when all of it is public; rejects with BlockedAddress, or as the resolver did. */
export const lookUpPublic = (host: string, resolve: Resolve): Promise<string[]> =>
  new Promise((done, failed) => {
    lookupOf(resolve, isPublic)(host, { all: true }, (error, found) => {
      if (error) failed(error);
      else done([found].flat().map((one) => (typeof one === "string" ? one : one.address)));
    });
  });

export const portOf = (target: { port?: string; protocol: string }): number =>
  Number(target.port) || (target.protocol === "https:" ? 443 : 80);

export interface GuardReport {
  readonly holds: boolean;
  /** Connections that reached a loopback listener; each is a hole. */
  readonly arrived: number;
  readonly refused: number;
  readonly tried: number;
}

const loopbackSpellings = [
  "127.0.0.1",
  "localhost",
  "2130706433",
  "0x7f.1",
  "0.0.0.0",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
];

/** Self-test for the start: no connection may arrive at a loopback listener, by literal or name, over http or https. */
export async function guardHolds(agent: Agent = guardedAgent()): Promise<GuardReport> {
  let arrived = 0;
  const trap = net.createServer((socket) => {
    arrived += 1;
    socket.destroy();
  });
  const port = await new Promise<number>((ready, failed) => {
    trap.once("error", failed);
    trap.listen(0, "127.0.0.1", () => {
      const address = trap.address();
      ready(typeof address === "object" && address ? address.port : 0);
    });
  });
  const tries = loopbackSpellings.flatMap((host) =>
    ["http", "https"].map((scheme) => new URL(`${scheme}://${host}:${port}/`)),
  );
  const codes = await Promise.all(
    tries.map(({ origin }) =>
      agent.request({ origin, path: "/", method: "GET" }).then(
        () => "answered",
        (error) => problemOf(error, origin).code,
      ),
    ),
  );
  await new Promise((closed) => trap.close(closed));
  await agent.close();
  const refused = codes.filter((code) => code === "blocked-address").length;
  const tried = tries.length;
  return { holds: arrived === 0 && refused === tried, arrived, refused, tried };
}
