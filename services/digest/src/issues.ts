import { projectedUpTo } from "@newsledger/readmodels";
import { sql } from "kysely";
import type { Database, Press } from "./database.ts";
import { openDesk } from "./desk.ts";
import { pageForAll, textForAll } from "./marks.ts";
import type { Rendered } from "./render.ts";
import type { Schedule } from "./schedule.ts";
import { findSubscription } from "./subscribers.ts";
import type { Language } from "./words.ts";

export type IssueState = "planned" | "sent" | "skipped" | "failed" | "unknown";

export interface IssueLine {
  readonly issueId: string;
  readonly subscriptionId: string;
  /** `heartbeat`: nothing was new, and the feeds were read. `confirmation`: the question whether a digest is wanted. */
  readonly kind: "news" | "heartbeat" | "confirmation";
  readonly periodEnd: Date;
  /** `unknown`: handed over, the answer lost; it is sent again under the same Message-ID. */
  readonly state: IssueState;
  readonly reason: string | null;
  readonly topics: readonly string[];
  readonly subject: string | null;
  readonly stories: number;
  readonly attempts: number;
  readonly composedAt: Date;
  readonly sentAt: Date | null;
}

export interface Issue extends IssueLine {
  readonly messageId: string;
  /** Without what belongs to its one reader; null when there was nothing to tell. */
  readonly html: string | null;
  readonly text: string | null;
  /** All of it, where the mail held only a part; else the same as `html`. */
  readonly page: string | null;
}

export class IssueNotFound extends Error {
  override name = "IssueNotFound";
}

/** Newest first. */
export async function listIssues(
  db: Database,
  {
    subscriptionId,
    limit = 50,
  }: { subscriptionId?: string | undefined; limit?: number | undefined } = {},
): Promise<IssueLine[]> {
  const { rows } = await sql<IssueLine>`
    select ${issueLine} from newsledger.issues i
    where ${subscriptionId ?? null}::text is null or i.subscription_id = ${subscriptionId ?? null}
    order by i.composed_at desc, i.issue_id limit ${limit}`.execute(db);
  return rows;
}

/** One issue as it was sent, for whoever has its id; `publicUrl` is where the pages are read. */
export async function showIssue(db: Database, issueId: string, publicUrl = ""): Promise<Issue> {
  const { rows } = await sql<Issue>`
    select ${issueLine}, i.message_id as "messageId", coalesce(e.html, i.html) as html,
      coalesce(e.text, i.text) as text, coalesce(e.page, e.html, i.html) as page
    from newsledger.issues i left join newsledger.editions e using (edition_id)
    where i.issue_id = ${issueId} and i.kind <> 'confirmation'`.execute(db);
  const [issue] = rows;
  if (!issue)
    throw new IssueNotFound(
      `digest ${issueId}: there is none; "newsledger digest list" shows them`,
    );
  const webUrl = `${publicUrl}/digests/${issueId}`;
  return {
    ...issue,
    html: issue.html && pageForAll(issue.html, webUrl),
    text: issue.text && textForAll(issue.text, webUrl),
    page: issue.page && pageForAll(issue.page, webUrl),
  };
}

/** What a digest would say if it were sent now: for a reader, from where their last one ended, or for topics, from `from` on. */
export async function previewDigest(
  press: Press,
  which:
    | { subscription: string }
    | { topics: readonly string[]; from?: bigint; language?: Language },
): Promise<Rendered | null> {
  const rendered = await draftNow(press, which);
  if (rendered === null) return null;
  const { html, text } = rendered;
  const webUrl = `${press.publicUrl}/digests`;
  return {
    ...rendered,
    html: pageForAll(html, webUrl),
    text: textForAll(text, webUrl),
    page: () => pageForAll(rendered.page() ?? html, webUrl),
  };
}

/** The same, with the places of the reader's own links still open. */
export async function draftNow(
  press: Press,
  which:
    | { subscription: string }
    | { topics: readonly string[]; from?: bigint; language?: Language },
): Promise<Rendered | null> {
  const to = await projectedUpTo(press.log);
  const edition =
    "subscription" in which
      ? await editionOf(press.db, which.subscription)
      : {
          topics: which.topics,
          from: which.from ?? 0n,
          startedFrom: which.from ?? 0n,
          language: which.language ?? ("en" as const),
          schedule: local(),
        };
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(press.db);
  const periodEnd = rows[0]?.now ?? new Date(0);
  return openDesk(press).draft(press.db, { ...edition, to, periodEnd, quietSince: null });
}

async function editionOf(db: Database, which: string) {
  const subscription = await findSubscription(db, which);
  const { rows } = await sql<{ cursor: string; started: string }>`
    select cursor, started_from as started from newsledger.subscriptions
    where subscription_id = ${subscription.subscriptionId}`.execute(db);
  const { topics, language } = subscription;
  return {
    ...{ topics, language, schedule: subscription },
    from: BigInt(rows[0]?.cursor ?? 0),
    startedFrom: BigInt(rows[0]?.started ?? 0),
  };
}

const local = (): Schedule => ({
  schedule: "daily",
  at: "07:00",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

const issueLine = sql`
  i.issue_id as "issueId", i.subscription_id as "subscriptionId", i.kind, i.period_end as "periodEnd", i.state,
  i.reason, i.topics, i.subject, i.stories, i.attempts, i.composed_at as "composedAt", i.sent_at as "sentAt"`;
