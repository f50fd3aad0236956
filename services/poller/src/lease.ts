import { jobs } from "@newsledger/core";
import type { Resources } from "@newsledger/host";
import { Fenced } from "@newsledger/queue";
import { sql } from "kysely";
import type { Claim } from "./claim.ts";

export const leaseSeconds = 7;
const renewEveryMs = leaseSeconds * 300;

/** A poll under way. Its signal aborts when the feed is lost to another worker, or with the caller's own end. */
interface Lease extends Disposable {
  readonly signal: AbortSignal;
}

export type KeepLease = (claim: Claim, stopping: AbortSignal) => Lease;

interface Held {
  readonly claim: Claim;
  readonly since: number;
  readonly end: AbortController;
}

/** Keeps the leases of all polls of a process: one timer and one statement, however many they are. */
export function leaseKeeper({ db, logger }: Pick<Resources, "db" | "logger">): KeepLease {
  const held = new Set<Held>();
  let timer: NodeJS.Timeout | undefined;

  const renewAll = async (): Promise<void> => {
    // Most polls end long before their lease does.
    const due = [...held].filter(({ since }) => performance.now() - since >= renewEveryMs / 2);
    if (due.length === 0) return;
    const ours = await renew(
      db,
      due.map(({ claim }) => claim),
    );
    for (const [index, one] of due.entries())
      if (!ours[index] && held.has(one))
        one.end.abort(new Fenced(jobs.pollFeed.name, one.claim.feed.feedId));
  };
  return (claim, stopping) => {
    const one = { claim, since: performance.now(), end: new AbortController() };
    // Not AbortSignal.any: it would tie every poll to the caller's long-lived signal.
    const stop = () => one.end.abort(stopping.reason);
    if (stopping.aborted) stop();
    else stopping.addEventListener("abort", stop, { once: true });
    held.add(one);
    timer ??= setInterval(() => {
      renewAll().catch((err) => logger.warn({ err }, "leases not renewed"));
    }, renewEveryMs);
    return {
      signal: one.end.signal,
      [Symbol.dispose]() {
        stopping.removeEventListener("abort", stop);
        held.delete(one);
        if (held.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      },
    };
  };
}

/** Which of the claims still hold. Rows that somebody is writing just now are left: they are saved, or taken over. */
async function renew(db: Resources["db"], claims: readonly Claim[]): Promise<boolean[]> {
  const { rows } = await sql<{ feed_id: string; fence: string }>`
    with ours as (
      select f.feed_id, f.fence from newsledger.feeds as f
      join unnest(${claims.map(({ feed }) => feed.feedId)}::text[], ${claims.map(({ fence }) => fence)}::bigint[])
        as c (feed_id, fence) on f.feed_id = c.feed_id and f.fence = c.fence
      where f.lease_until is not null
    ), idle as (
      select f.feed_id from newsledger.feeds as f join ours on f.feed_id = ours.feed_id and f.fence = ours.fence
      where f.lease_until is not null
      for update of f skip locked
    ), renewed as (
      update newsledger.feeds as f set lease_until = now() + make_interval(secs => ${leaseSeconds})
      from idle where f.feed_id = idle.feed_id
    )
    select feed_id, fence from ours`.execute(db);
  const ours = new Set(rows.map(({ feed_id, fence }) => `${fence} ${feed_id}`));
  return claims.map(({ feed, fence }) => ours.has(`${fence} ${feed.feedId}`));
}
