import { listEvents } from "@newsledger/readmodels";
import type { Ledger } from "../ledger.ts";
import { jsonValue, printable } from "../output.ts";
import { print, type Terminal } from "../terminal.ts";

/** Prints what is appended from now on, until the person stops it: a line each, JSON where stdout is no terminal. */
export async function follow(
  ledger: Ledger,
  terminal: Terminal,
  filter: { topic: string | undefined; type: string | undefined },
): Promise<void> {
  const last = await listEvents(ledger.db, { limit: 1, direction: "backward" });
  let after = BigInt(last.items[0]?.position ?? 0);
  const stopped = aborted(terminal.signal);
  while (!terminal.signal.aborted) {
    const woken = ledger.log.nextWake(1_000); // before the read, or a wake-up is missed
    const { items } = await listEvents(ledger.db, {
      ...filter,
      limit: 100,
      direction: "forward",
      after,
    });
    for (const event of items) {
      after = BigInt(event.position);
      const dates = `published ${event.publishedAt?.toISOString() ?? "undated"}, found ${event.foundAt.toISOString()}`;
      print(
        terminal,
        terminal.stdout.isTTY
          ? printable(
              `${event.position}  ${event.type}  ${event.source}  ${event.title}  ${dates}  ${event.url ?? ""}`,
            )
          : JSON.stringify(event, jsonValue),
      );
    }
    if (items.length === 0) await Promise.race([woken, stopped]);
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
