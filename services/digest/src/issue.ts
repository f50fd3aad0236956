import { contentId, digestComposed, digestSkipped, jobs, streams } from "@newsledger/core";
import type { AnyTransaction, AppendRequest } from "@newsledger/eventlog";
import { type Hint, openWork } from "@newsledger/queue";
import { sql } from "kysely";
import { domainOf, parseSender } from "./address.ts";
import type { Press } from "./database.ts";
import type { Desk, Draft, Edition } from "./desk.ts";
import type { Language } from "./words.ts";

/** A subscription whose time has come, its row locked by the caller's transaction. */
export interface Due {
  readonly subscriptionId: string;
  readonly topics: readonly string[];
  readonly language: Language;
  readonly schedule: string;
  readonly at: string;
  readonly timeZone: string;
  readonly cursor: bigint;
  readonly startedFrom: bigint;
  /** When the reader last got a mail, or began; null where no sign of life is wanted. */
  readonly lastMailAt: Date | null;
  readonly periodEnd: Date;
}

export type Composed =
  | { outcome: "planned"; issueId: string; stories: number; hints: Hint[] }
  | { outcome: "skipped"; issueId: string; reason: string };

/** One subscription's issue before it is written down. */
export interface Planned {
  readonly due: Due;
  readonly issueId: string;
  readonly edition: Edition;
  readonly draft: Draft | null;
}

const nothingNew = "nothing new";
/** A week, less what a schedule may drift by. */
const quietMs = 6.75 * 86_400_000;

/** What one due reader gets: the window of the ledger and its words. */
export async function planIssue(
  trx: AnyTransaction,
  desk: Desk,
  due: Due,
  upTo: bigint,
): Promise<Planned> {
  const { subscriptionId, topics, language, cursor, startedFrom, lastMailAt, periodEnd } = due;
  const quiet = lastMailAt !== null && periodEnd.getTime() - lastMailAt.getTime() >= quietMs;
  const edition: Edition = {
    ...{ language, schedule: due, topics, periodEnd, startedFrom },
    from: cursor,
    to: upTo > cursor ? upTo : cursor,
    quietSince: quiet ? lastMailAt : null,
  };
  const issueId = contentId("issue", subscriptionId, periodEnd.toISOString());
  return { due, issueId, edition, draft: await desk.draft(trx, edition) };
}

/**
 * Freezes issues, in the caller's transaction: the window of the ledger, the words, the Message-ID, and the work of sending
 * them. A window with nothing to tell is skipped, and the cursor passes it.
 */
export async function writeIssues(
  trx: AnyTransaction,
  press: Press,
  planned: readonly Planned[],
): Promise<Composed[]> {
  await insertEditions(trx, planned);
  await insertIssues(trx, press, planned);
  await passSkipped(trx, planned);
  await press.log.within(trx).appendMany(planned.map(told));
  const worded = planned.filter(({ draft }) => draft !== null);
  const hints = await openWork(press.db).plan(
    worded.map(({ issueId }) => jobs.sendDigest.request({ issueId })),
    trx,
  );
  const hintOf = new Map(hints.map((hint) => [hint.key, hint]));
  return planned.map(({ issueId, draft }): Composed => {
    if (draft === null) return { outcome: "skipped", issueId, reason: nothingNew };
    const hint = hintOf.get(issueId);
    return { outcome: "planned", issueId, stories: draft.stories, hints: hint ? [hint] : [] };
  });
}

/** The fact that a digest was composed, or that there was nothing for it. */
function told({ due, issueId, edition, draft }: Planned): AppendRequest {
  const { subscriptionId } = due;
  const facts = {
    ...{ issueId, subscriptionId, topics: [...due.topics] },
    from: String(edition.from),
    to: String(edition.to),
    stories: draft?.stories ?? 0,
  };
  return {
    stream: streams.digest(subscriptionId),
    events: [
      draft === null
        ? digestSkipped.create({ ...facts, reason: nothingNew })
        : digestComposed.create(facts),
    ],
    key: `digest:${issueId}:${draft === null ? "skipped" : "composed"}`,
  };
}

/** The same words are kept once, however many readers get them. */
async function insertEditions(trx: AnyTransaction, planned: readonly Planned[]): Promise<void> {
  const drafts = new Set(planned.flatMap(({ draft }) => draft ?? []));
  const editions = new Map([...drafts].map((draft) => [draft.editionId, draft]));
  const ids = [...editions.keys()].sort();
  const { rows } = await sql<{ edition_id: string }>`
    select edition_id from newsledger.editions where edition_id = any(${ids})`.execute(trx);
  const kept = new Set(rows.map(({ edition_id }) => edition_id));
  // In order: two processes that keep the same editions wait for each other instead of locking up.
  for (const editionId of ids.filter((id) => !kept.has(id))) {
    const { html, text, page } = editions.get(editionId) as Draft;
    await sql`
      insert into newsledger.editions (edition_id, html, text, page)
      values (${editionId}, ${html}, ${text}, ${page()}) on conflict do nothing`.execute(trx);
  }
}

async function insertIssues(
  trx: AnyTransaction,
  { mailFrom }: Press,
  planned: readonly Planned[],
): Promise<void> {
  const domain = domainOf(parseSender(mailFrom));
  const rows = planned.map(({ due, issueId, edition, draft }) => ({
    issue_id: issueId,
    subscription_id: due.subscriptionId,
    kind: draft?.kind ?? "news",
    period_end: due.periodEnd,
    from_position: String(edition.from),
    to_position: String(edition.to),
    state: draft === null ? "skipped" : "planned",
    topics: due.topics,
    language: due.language,
    // The same issue has the same Message-ID however often it is sent: whoever got it twice can tell.
    message_id: `<${issueId}@${domain}>`,
    subject: draft?.subject ?? null,
    edition_id: draft?.editionId ?? null,
    stories: draft?.stories ?? 0,
    reason: draft === null ? nothingNew : null,
    corrects: draft?.corrects ?? [],
  }));
  await sql`
    insert into newsledger.issues
      (issue_id, subscription_id, kind, period_end, from_position, to_position, state, topics, language, message_id,
       in_reply_to, thread, subject, edition_id, stories, reason)
    select r.issue_id, r.subscription_id, r.kind, r.period_end, r.from_position, r.to_position, r.state, r.topics,
      r.language, r.message_id, latest.message_id, conversation.ids, r.subject, r.edition_id, r.stories, r.reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (issue_id text, subscription_id text, kind text,
      period_end timestamptz, from_position bigint, to_position bigint, state text, topics text[], language text,
      message_id text, subject text, edition_id text, stories int, reason text, corrects bigint[])
    left join lateral (select i.message_id from newsledger.issues i
      where i.subscription_id = r.subscription_id and i.state = 'sent' and i.kind <> 'confirmation'
      order by i.period_end desc limit 1) latest on true
    -- The first and the latest of the conversation, and those that told what is corrected now.
    left join lateral (select coalesce(array_agg(m.message_id order by m.period_end), '{}') as ids from (
      (select i.message_id, i.period_end from newsledger.issues i
        where i.subscription_id = r.subscription_id and i.state = 'sent' and i.kind <> 'confirmation'
        order by i.period_end limit 1)
      union
      (select i.message_id, i.period_end from newsledger.issues i
        where i.subscription_id = r.subscription_id and i.state = 'sent' and i.kind <> 'confirmation'
        order by i.period_end desc limit 3)
      union
      (select i.message_id, i.period_end from unnest(r.corrects) as told (position)
        join newsledger.issues i on i.subscription_id = r.subscription_id and i.state = 'sent'
          and i.kind <> 'confirmation' and i.from_position < told.position and i.to_position >= told.position
        order by i.period_end desc limit 5)
    ) m) conversation on true`.execute(trx);
}

async function passSkipped(trx: AnyTransaction, planned: readonly Planned[]): Promise<void> {
  const passed = planned
    .filter(({ draft }) => draft === null)
    .map(({ due, edition }) => ({ id: due.subscriptionId, cursor: String(edition.to) }));
  if (passed.length === 0) return;
  await sql`
    update newsledger.subscriptions p set cursor = r.cursor
    from jsonb_to_recordset(${JSON.stringify(passed)}::jsonb) as r (id text, cursor bigint)
    where p.subscription_id = r.id`.execute(trx);
}
