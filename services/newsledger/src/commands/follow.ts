import { type EventLine, lastPosition, tail } from "@newsledger/readmodels";
import type { Ledger } from "../ledger.ts";
import { jsonValue, printable } from "../output.ts";
import type { Terminal } from "../terminal.ts";

interface Following {
  topic: string | undefined;
  type: string | undefined;
  /** The last position already known; left out, only what is appended from now on is printed. */
  after: bigint | undefined;
}

const shortestMs = 10;
const longestMs = 1_000;

/** Prints what is appended, each line once and in order, until the person stops it: JSON where stdout is no terminal. */
export async function follow(
  ledger: Ledger,
  terminal: Terminal,
  { topic, type, after }: Following,
): Promise<void> {
  let at = after ?? (await lastPosition(ledger.db));
  let waitMs = shortestMs;
  const stopped = aborted(terminal.signal);
  while (!terminal.signal.aborted) {
    const appended = ledger.log.nextWake(longestMs).then(() => true); // before the read, or a wake-up is missed
    const { items, through } = await tail(ledger.db, {
      after: at,
      topic,
      types: type === undefined ? undefined : [type],
      limit: 100,
    });
    for (const event of items) await write(terminal, lineOf(event, terminal));
    at = through;
    if (items.length > 0) continue;
    // The read models follow an append by some milliseconds: look again soon, then ever less often.
    const rang = await Promise.race([appended, pause(waitMs), stopped]);
    waitMs = rang ? shortestMs : Math.min(longestMs, waitMs * 2);
  }
}

function lineOf(event: EventLine, { stdout }: Terminal): string {
  if (!stdout.isTTY) return JSON.stringify(event, jsonValue);
  const dates = `published ${event.publishedAt?.toISOString() ?? "undated"}, found ${event.foundAt.toISOString()}`;
  return printable(
    `${event.position}  ${event.type}  ${event.source}  ${event.title}  ${dates}  ${event.url ?? ""}`,
  );
}

/** Waits for a reader that is slower than the ledger. */
async function write({ stdout }: Terminal, line: string): Promise<void> {
  if (!stdout.write(`${line}\n`))
    await new Promise<void>((resolve) => stdout.once("drain", () => resolve()));
}

const pause = (ms: number): Promise<false> =>
  new Promise((resolve) => setTimeout(() => resolve(false), ms));

const aborted = (signal: AbortSignal): Promise<false> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(false), { once: true }));
