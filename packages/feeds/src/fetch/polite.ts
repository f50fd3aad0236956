import { setTimeout as pause } from "node:timers/promises";
import { everythingAllowed, type Robots, readRobots } from "./robots.ts";
import type { Failed, Fetcher } from "./types.ts";

export interface PoliteOptions {
  /** Our name as robots.txt may call it. */
  readonly agent: string;
  /** Hosts that are spared nothing: those that the operator opened. */
  readonly isExempt: (url: URL) => boolean;
  readonly now: () => number;
  readonly spacingSeconds?: number;
  readonly robotsForSeconds?: number;
}

/** Longer queues are the caller's business: it comes again. */
const longestWaitSeconds = 60;
const mostSites = 2_000;

interface Site {
  robots: Promise<Robots | Failed>;
  readonly readAt: number;
}

/**
 * Pages as a polite stranger asks for them: what robots.txt allows, one start per host every two seconds (or what it
 * asks for). Each process keeps its own watch. Feeds are meant to be asked for, and are exempt.
 */
export function politely(page: Fetcher["page"], options: PoliteOptions): Fetcher["page"] {
  const sites = new Map<string, Site>();
  const turns = new Map<string, number>();
  const { isExempt, now, spacingSeconds = 2, robotsForSeconds = 86_400 } = options;

  const robotsOf = (origin: string): Site["robots"] => {
    const known = sites.get(origin);
    if (known && now() - known.readAt < robotsForSeconds * 1000) return known.robots;
    const robots = askRobots(page, origin, options.agent);
    sites.set(origin, { robots, readAt: now() });
    // Trouble is not remembered, and the oldest sites make room.
    void robots.then((found) => "outcome" in found && sites.delete(origin));
    for (const oldest of sites.keys()) if (sites.size > mostSites) sites.delete(oldest);
    return robots;
  };

  /** How long to wait for our turn at the host; the turn is taken by asking. */
  const turnAt = (host: string, delaySeconds: number): number => {
    const time = Math.max(now(), turns.get(host) ?? 0);
    const wait = time - now();
    if (wait <= longestWaitSeconds * 1000) turns.set(host, time + delaySeconds * 1000);
    for (const [other, free] of turns)
      if (turns.size > mostSites && free < now()) turns.delete(other);
    return wait;
  };

  return async (address, asked) => {
    const url = URL.parse(address);
    if (url === null || isExempt(url)) return page(address, asked);
    const robots = await robotsOf(url.origin);
    if ("outcome" in robots) return robots;
    if (!robots.allows(url.href)) return forbidden(url);
    const wait = turnAt(url.host, Math.max(spacingSeconds, robots.delaySeconds ?? 0));
    if (wait > longestWaitSeconds * 1000) return busy(url, wait);
    if (wait > 0) await waitFor(wait, asked?.signal);
    return page(address, asked);
  };
}

/** The caller's own end is thrown as it is. */
async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(ms, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted());
}

const unreached = new Set([
  ...["dns", "refused", "reset", "timeout", "tls", "unreachable"],
  ...["proxy", "proxy-refused", "blocked-address"],
]);

/** RFC 9309 §2.3.1: a file that is not there allows everything; a server in trouble is left alone for the moment. */
async function askRobots(
  page: Fetcher["page"],
  origin: string,
  agent: string,
): Promise<Robots | Failed> {
  const url = `${origin}/robots.txt`;
  const answer = await page(url, { timeoutMs: 15_000 });
  if (answer.outcome === "fetched") return readRobots(url, answer.html, agent);
  // RFC 9309 §2.3.1.4: what cannot be reached allows nothing for the moment, or one bad minute would open a site for a day.
  if (answer.outcome === "failed" && unreached.has(answer.code)) return answer;
  const status = answer.status ?? 0;
  if (status < 500) return everythingAllowed;
  const reason = `${new URL(origin).host} could not say what may be read there (robots.txt: ${status}).`;
  return { outcome: "failed", code: "robots-unknown", reason, hard: false, status };
}

const forbidden = ({ host }: URL): Failed => ({
  outcome: "failed",
  code: "robots",
  reason: `${host} asks programs not to read this page (robots.txt).`,
  hard: true,
});

const busy = ({ host }: URL, waitMs: number): Failed => ({
  outcome: "failed",
  code: "busy",
  reason: `Many pages of ${host} wait to be read; it is asked for one every few seconds.`,
  hard: false,
  retryAfterSeconds: Math.ceil(waitMs / 1000),
});
