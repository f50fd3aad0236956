import { jobs } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { Fenced } from "@newsledger/queue";
import { sql } from "kysely";
import { type Claim, held } from "./claim.ts";
import { type Feed, hostKeyOf } from "./feed.ts";
import type { Health } from "./health.ts";
import { clip } from "./item.ts";
import type { Kept } from "./keep.ts";
import { moved } from "./moved.ts";
import type { Reading } from "./read.ts";
import type { NextPoll } from "./schedule.ts";

/** Locks the row; throws Fenced when another worker has taken the feed over. */
export async function hold(trx: AnyTransaction, claim: Claim): Promise<void> {
  const { rows } = await sql`
    select 1 from newsledger.feeds where ${held(claim)} for update`.execute(trx);
  if (rows.length === 0) throw new Fenced(jobs.pollFeed.name, claim.feed.feedId);
}

/** The name that a person gave the feed, else its own. */
export const titleOf = ({ titled, title }: Feed, reading: Reading): string =>
  titled || reading.kind !== "items" ? title : clip(reading.parsed.title.trim(), 200) || title;

interface Result {
  readonly reading: Reading;
  readonly health: Health;
  readonly next: NextPoll;
  readonly kept: Kept;
}

/** Writes how the feed stands now, and gives it back; throws Fenced when it is not ours any more. */
export async function save(db: Resources["db"], claim: Claim, outcome: Result): Promise<void> {
  const { feed } = claim;
  const { reading, health, next, kept } = outcome;
  const answered = reading.kind === "items" || reading.kind === "unchanged";
  const move = moved(feed, answered ? reading.movedTo : null);
  const validators = answered ? reading : feed;
  const { numAffectedRows } = await sql`
    update newsledger.feeds set
      url = ${move.url}, host_key = ${hostKeyOf(move.url)},
      redirect_to = ${move.redirectTo}, redirect_count = ${move.redirectCount},
      title = ${titleOf(feed, reading)}, titled = ${feed.titled || reading.kind === "items"},
      etag = ${validators.etag}, last_modified = ${validators.lastModified},
      identity = ${kept.identity},
      body_hash = ${reading.kind === "items" ? reading.bodyHash : feed.bodyHash},
      state = ${health.state}, state_code = ${health.code}, state_reason = ${health.reason},
      failure_count = ${health.failures}, first_failure_at = ${health.firstFailureAt},
      enabled = enabled and ${health.state} <> 'retired',
      interval_seconds = ${next.intervalSeconds}, rhythm_seconds = ${next.rhythmSeconds},
      next_poll_at = now() + make_interval(secs => ${next.afterSeconds}),
      polls = polls + 1, last_polled_at = now(), lease_until = null,
      last_success_at = case when ${answered} then now() else last_success_at end,
      last_new_item_at = case when ${kept.seen > 0} then now() else last_new_item_at end
    where ${held(claim)}`.execute(db);
  if (numAffectedRows !== 1n) throw new Fenced(jobs.pollFeed.name, feed.feedId);
}
