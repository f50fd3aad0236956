import type { EventLine, TailQuestion } from "@newsledger/readmodels";
import type { LiveTail } from "./live-tail.ts";

/** A comment so often keeps proxies from closing a silent connection. */
const heartbeatMs = 15_000;
const heartbeat = ": still here\n\n";
const batch = 100;

/**
 * The ledger as server-sent events (WHATWG HTML § 9.2) from a position on, until the signal. Each text holds at most a
 * hundred events and the next is made when the reader has taken it, so a slow reader costs no memory.
 */
export async function* serverSent(
  tail: LiveTail,
  { after, ...filter }: Omit<TailQuestion, "limit">,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield "retry: 1000\n\n";
  let at = after;
  let lastSpoke = performance.now();
  while (!signal.aborted) {
    const { items, through } = await tail.read({ ...filter, after: at, limit: batch });
    // A position without data is remembered by browsers: a resume need not look at what the filter left out.
    const rest = through > BigInt(items.at(-1)?.position ?? at) ? `id: ${through}\n\n` : "";
    const text = items.map(message).join("") + rest;
    at = through;
    if (text !== "") {
      yield text;
      lastSpoke = performance.now();
    }
    if (items.length === batch) continue;
    const silentMs = performance.now() - lastSpoke;
    if (silentMs >= heartbeatMs) {
      yield heartbeat;
      lastSpoke = performance.now();
    } else await tail.moved(at, heartbeatMs - silentMs, signal);
  }
}

const message = (event: EventLine): string =>
  `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
