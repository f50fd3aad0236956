import { contentId, type NewsEvents, streams } from "@newsledger/core";
import type { AnyTransaction, EventLog } from "@newsledger/eventlog";
import { sql } from "kysely";
import { type AlertMessage, type Message, message, type NoticeMessage } from "./messages.ts";
import { describeBatch } from "./payload.ts";
import { planDeliveries } from "./plan.ts";
import type { Database } from "./rules.ts";

/** Held deliveries whose time has come, told together: one message for each receiver and case, none forgotten. */
export async function releaseDue(
  db: Database,
  log: EventLog<NewsEvents>,
  signal?: AbortSignal,
): Promise<number> {
  for (let released = 0; ; released += 1) {
    if (signal?.aborted) return released;
    const more = await db.transaction().execute((trx) => releaseNext(trx, log));
    if (!more) return released;
  }
}

interface HeldRow {
  delivery_id: string;
  cause: string;
  kind: string;
  hold_reason: string;
  created_at: Date;
  sequence: number | null;
  body: unknown;
}

/** More than these go with the next batch. */
const mostInBatch = 200;

async function releaseNext(trx: AnyTransaction, log: EventLog<NewsEvents>): Promise<boolean> {
  const { rows: next } = await sql<{ target: string; case_id: string; now: Date }>`
    select d.target, m.case_id, now() as now
    from newsledger.deliveries d join newsledger.messages m using (cause)
    where d.state = 'held' and d.next_attempt_at <= now()
    order by d.next_attempt_at, d.created_at limit 1`.execute(trx);
  const [first] = next;
  if (!first) return false;
  // One process at a time for a receiver; what it released is then no longer held for the others.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`release ${first.target}`}, 0))`.execute(
    trx,
  );
  const { rows } = await sql<HeldRow>`
    select d.delivery_id, d.cause, d.kind, d.hold_reason, d.created_at, d.sequence, m.body
    from newsledger.deliveries d join newsledger.messages m using (cause)
    where d.state = 'held' and d.next_attempt_at <= now() and d.target = ${first.target} and m.case_id = ${first.case_id}
    order by d.created_at, d.sequence limit ${mostInBatch}
    for update of d`.execute(trx);
  if (rows.length > 0) await releaseTogether(trx, log, first, rows);
  return true;
}

async function releaseTogether(
  trx: AnyTransaction,
  log: EventLog<NewsEvents>,
  { target, case_id: caseId, now }: { target: string; case_id: string; now: Date },
  rows: readonly HeldRow[],
): Promise<void> {
  const held = rows.map((row) => ({ ...row, message: messageOf(row) }));
  const inBatch = new Set(
    held.filter(({ message: one }) => isAlert(one)).map(({ cause }) => cause),
  );
  // A correction of what was told before goes by itself, into its alert's thread.
  const alone = held.filter(
    ({ hold_reason, message: one }) =>
      hold_reason !== "muted" && one.type === "alert.corrected" && !inBatch.has(one.data.corrects),
  );
  await letGo(trx, alone);
  const together = held.filter((row) => !alone.includes(row));
  if (together.length === 0) return;
  const superseded: { event_id: string; what: string }[] = [];
  for (const row of together) superseded.push(...(await supersededBy(trx, log, row)));
  const batchId = contentId("batch", target, ...together.map((row) => row.delivery_id));
  const heldSince = new Date(Math.min(...together.map((row) => row.created_at.getTime())));
  const told = together
    .filter(({ hold_reason }) => hold_reason !== "muted")
    .map((row) => row.message);
  const [delivery] = await planDeliveries(trx, {
    cause: batchId,
    ruleIds: [],
    caseId,
    onlyTo: [target],
    compose: (sequence) =>
      describeBatch(
        {
          batchId,
          caseId,
          heldSince,
          superseded,
          alerts: told.filter(isAlert),
          notices: told.filter(isNotice),
        },
        { at: now, sequence },
      ),
  });
  await conclude(trx, together, delivery ?? null);
}

/** With the number that it has for this receiver. */
function messageOf({ body, sequence }: HeldRow): Message {
  const parsed = message.parse(body);
  if (parsed.type === "webhook.test" || sequence === null) return parsed;
  return { ...parsed, data: { ...parsed.data, sequence } } as Message;
}

const isAlert = (one: Message): one is AlertMessage => one.type === "alert.raised";
const isNotice = (one: Message): one is NoticeMessage => one.type === "alert.noticed";

async function letGo(trx: AnyTransaction, rows: readonly HeldRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update newsledger.deliveries
    set state = 'planned', next_attempt_at = now()
    where delivery_id = any(${rows.map((row) => row.delivery_id)}::text[])`.execute(trx);
}

/** Without a delivery its receiver is switched off: the alerts then count among what it missed. */
async function conclude(
  trx: AnyTransaction,
  rows: readonly (HeldRow & { message: Message })[],
  batch: string | null,
): Promise<void> {
  await sql`
    update newsledger.deliveries
    set state = ${batch === null ? "cancelled" : "batched"}, batch = ${batch}, done_at = now()
    where delivery_id = any(${rows.map((row) => row.delivery_id)}::text[])`.execute(trx);
  const rules = rows.flatMap(({ message: one }) => ("rule" in one.data ? one.data.rule.id : []));
  await sql`
    update newsledger.rules set spoke_at = now() where rule_id = any(${rules}::text[])`.execute(
    trx,
  );
}

/** What has become of an alert since it was raised: corrected, gone on, told by more outlets. */
async function supersededBy(
  trx: AnyTransaction,
  log: EventLog<NewsEvents>,
  { cause, hold_reason, message: held }: HeldRow & { message: Message },
): Promise<{ event_id: string; what: string }[]> {
  const said: string[] = [];
  if (hold_reason === "muted" && "summary" in held.data)
    said.push(`Not sent, for its rule was muted: ${held.data.summary}`);
  if (!isAlert(held)) return said.map((what) => ({ event_id: cause, what }));
  for await (const event of log.readStream(streams.alert(cause)))
    if (event.type === "alert.corrected") said.push(event.data.what);
  const { rows } = await sql<{ later: string[] | null; outlets: number }>`
    select
      (select array_agg(words order by position) from newsledger.alerts_told later,
         jsonb_array_elements_text(later.alert -> 'developments') as words
       where later.rule_id = told.rule_id and later.story_id = told.story_id and later.position > told.position) as later,
      (select count(distinct source)::int from newsledger.alert_reports
       where story_id = told.story_id and own) as outlets
    from newsledger.alerts_told told where alert_id = ${cause}`.execute(trx);
  const [since] = rows;
  if (since?.later) said.push(`Since then: ${since.later.join("; ")}.`);
  const before = new Set(held.data.sources.map(({ name }) => name.trim().toLowerCase())).size;
  if (since && since.outlets > before)
    said.push(`Since then ${since.outlets} outlets have told it in their own words.`);
  return said.map((what) => ({ event_id: cause, what }));
}
