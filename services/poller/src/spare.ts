import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { registrableDomain } from "./domain.ts";
import { usualSpacingSeconds } from "./host-gate.ts";
import type { Reading } from "./read.ts";

/** A domain that wants to be left alone for a while. */
export interface Spare {
  readonly domain: string;
  readonly seconds: number;
}

const day = 86_400;
/** When a server that wants fewer requests does not say how long. */
const withoutWordSeconds = 300;

/** Who counts requests counts those of all its hosts together. Null when nothing was asked for. */
export function spareOf(reading: Reading, hostKey: string): Spare | null {
  if (reading.kind !== "failure") return null;
  const { code, retryAfterSeconds } = reading;
  const domain = registrableDomain(hostKey);
  if (domain === null || (code !== "http-429" && code !== "http-503")) return null;
  // Being out of service without a word of when to come again says nothing of the neighbours.
  if (code === "http-503" && retryAfterSeconds === null) return null;
  return { domain, seconds: Math.min(retryAfterSeconds ?? withoutWordSeconds, day) };
}

/**
 * Puts off the polls of the domains' other feeds, and spaces them after it. Those that are being written just now are left
 * as they are: waiting for them while holding our own could be waiting for each other.
 */
export async function spare(db: Resources["db"], spares: readonly Spare[]): Promise<void> {
  if (spares.length === 0) return;
  await sql`
    with spared as (
      select f.feed_id, make_interval(secs => s.seconds + ${usualSpacingSeconds}
        * row_number() over (partition by s.domain order by f.next_poll_at, f.feed_id)) as wait
      from newsledger.feeds as f
      join (
        select domain, max(seconds) as seconds
        from unnest(${spares.map(({ domain }) => domain)}::text[], ${spares.map(({ seconds }) => seconds)}::int[])
          as a (domain, seconds) group by domain
      ) as s on right('.' || split_part(f.host_key, ':', 1), length(s.domain) + 1) = '.' || s.domain
      where f.enabled and f.next_poll_at < now() + make_interval(secs => s.seconds)
    ), idle as (
      select f.feed_id, s.wait from newsledger.feeds as f join spared as s on s.feed_id = f.feed_id
      for update of f skip locked
    )
    update newsledger.feeds as f set next_poll_at = now() + i.wait
    from idle as i where f.feed_id = i.feed_id`.execute(db);
}
