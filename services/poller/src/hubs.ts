import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { AnyTransaction } from "@newsledger/eventlog";
import type { Fetcher } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";
import { hostKeyOf } from "./feed.ts";
import { isExempt } from "./host-gate.ts";
import { clip } from "./item.ts";

/**
 * WebSub (W3C recommendation, 2018): a hub calls us when a feed has changed. A call is only a hint: it makes the feed due,
 * and the poll that follows asks the publisher as ever. So a lying, silent or vanished hub can neither forge nor lose news.
 */

interface Offered {
  readonly feedId: string;
  /** Null when the document names none. */
  readonly hub: string | null;
  readonly topic: string;
}

/** Notes which hubs the feeds name now. Another hub or another name is asked anew, under another address. */
export async function keepHubs(trx: AnyTransaction, offered: readonly Offered[]): Promise<void> {
  const none = offered.filter(({ hub }) => hub === null).map(({ feedId }) => feedId);
  if (none.length > 0)
    await sql`delete from newsledger.feed_hubs where feed_id = any(${none}::text[])`.execute(trx);
  const some = offered.filter(({ hub }) => hub !== null);
  if (some.length === 0) return;
  const rows = some.map(({ feedId, hub, topic }) => ({
    ...{ feed_id: feedId, hub, topic },
    token: randomBytes(18).toString("base64url"),
    secret: randomBytes(32).toString("base64url"),
  }));
  await sql`
    insert into newsledger.feed_hubs as h (feed_id, hub, topic, token, secret)
    select feed_id, hub, topic, token, secret
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (feed_id text, hub text, topic text, token text, secret text)
    on conflict (feed_id) do update
    set hub = excluded.hub, topic = excluded.topic, token = excluded.token, secret = excluded.secret, asks = 0,
      asked_at = null, next_ask_at = now(), lease_until = null, reason = null
    where (h.hub, h.topic) is distinct from (excluded.hub, excluded.topic)`.execute(trx);
}

const leaseSeconds = 10 * 86_400;
const timeoutMs = 15_000;
const atOnce = 10;

interface Hub {
  feed_id: string;
  hub: string;
  topic: string;
  token: string;
  secret: string;
}

type Place = Pick<Resources, "db" | "config" | "logger">;

/**
 * Asks the hubs whose time has come to call us; answers how many were asked. One that never confirms is asked again after an
 * hour, then ever later, at last once a day.
 */
export async function askHubs({ db, config, logger }: Place, fetcher: Fetcher): Promise<number> {
  // Nobody outside can call an address of this machine alone.
  const reachable = !isHere(config.publicUrl);
  const { rows } = await sql<Hub>`
    update newsledger.feed_hubs h
    set asks = asks + 1, asked_at = now(),
      next_ask_at = now() + make_interval(secs => least(86400, 3600 * power(2, least(h.asks, 10))))
    where h.feed_id in (
      select d.feed_id from newsledger.feed_hubs d join newsledger.feeds f using (feed_id)
      where d.next_ask_at <= now() and f.enabled order by d.next_ask_at limit ${atOnce}
      for update of d skip locked)
    returning h.feed_id, h.hub, h.topic, h.token, h.secret`.execute(db);
  const askable = rows.filter(
    ({ hub }) => reachable || isExempt(hostKeyOf(hub), config.allowHosts),
  );
  await Promise.all(
    askable.map(async (row) => {
      const refused = await ask(fetcher, row, `${config.publicUrl}/websub/${row.token}`);
      await sql`
        update newsledger.feed_hubs set reason = ${refused}
        where feed_id = ${row.feed_id} and token = ${row.token}`.execute(db);
      if (refused) logger.info({ feedId: row.feed_id, hub: row.hub }, `hub: ${refused}`);
    }),
  );
  return askable.length;
}

/** In a sentence why the hub will not call; null when it may. It confirms by a call of its own. */
async function ask(fetcher: Fetcher, { hub, topic, secret }: Hub, callback: string) {
  const body = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.callback": callback,
    "hub.topic": topic,
    "hub.lease_seconds": String(leaseSeconds),
    // A secret over an open line would be none (WebSub §5.1).
    ...(hub.startsWith("https:") && { "hub.secret": secret }),
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await fetcher.post(hub, { headers, body: body.toString(), timeoutMs });
  if (answer.outcome === "accepted") return null;
  return clip(`The hub did not accept our request: ${answer.reason}`, 500);
}

function isHere(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname);
}

const everyMs = 30_000;

/** Keeps asking until it is disposed of. */
export function startAskingHubs(place: Place, fetcher: Fetcher): AsyncDisposable {
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await askHubs(place, fetcher).catch((err: unknown) =>
        place.logger.warn({ err }, "could not ask the hubs, trying again later"),
      );
      await pause(everyMs, undefined, { signal: stop.signal, ref: false }).catch(() => {});
    }
  };
  const working = work();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await working;
    },
  };
}
