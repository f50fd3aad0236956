import robotsParser from "robots-parser";

/** What a site says of itself in its robots.txt (RFC 9309). */
export interface Robots {
  allows(url: string): boolean;
  /** Crawl-delay, where it asks for one. */
  readonly delaySeconds: number | null;
}

interface Rules {
  isDisallowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
}

// The package is a CommonJS function; its own types say that it is an object with one.
const parse = robotsParser as unknown as (url: string, text: string) => Rules;

/** RFC 9309 §2.5: at least this much is read. */
const longest = 500 * 1024;
const longestDelaySeconds = 30;

export const everythingAllowed: Robots = { allows: () => true, delaySeconds: null };

/** `agent` is our name as sites may call it: "Newsledger". */
export function readRobots(url: string, text: string, agent: string): Robots {
  const rules = parse(url, text.slice(0, longest));
  const delay = rules.getCrawlDelay(agent);
  return {
    allows: (page) => rules.isDisallowed(page, agent) !== true,
    delaySeconds: delay && delay > 0 ? Math.min(delay, longestDelaySeconds) : null,
  };
}
