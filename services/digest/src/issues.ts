import { projectedUpTo } from "@newsledger/readmodels";
import { sql } from "kysely";
import type { Database, Press } from "./database.ts";
import { withoutReader } from "./html.ts";
import { type Rendered, renderEdition, unsubscribeMark } from "./render.ts";
import type { Schedule } from "./schedule.ts";
import { findSubscription } from "./subscribers.ts";
import type { Language } from "./words.ts";

export type IssueState = "planned" | "sent" | "skipped" | "failed" | "unknown";

export interface IssueLine {
  readonly issueId: string;
  readonly subscriptionId: string;
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
    select ${issueLine} from newsledger.issues
    where ${subscriptionId ?? null}::text is null or subscription_id = ${subscriptionId ?? null}
    order by composed_at desc, issue_id limit ${limit}`.execute(db);
  return rows;
}

export async function showIssue(db: Database, issueId: string): Promise<Issue> {
  const { rows } = await sql<Issue>`
    select ${issueLine}, message_id as "messageId", html, text
    from newsledger.issues where issue_id = ${issueId}`.execute(db);
  const [issue] = rows;
  if (!issue)
    throw new IssueNotFound(
      `digest ${issueId}: there is none; "newsledger digest list" shows them`,
    );
  return {
    ...issue,
    html: issue.html && withoutReader(issue.html),
    text: issue.text && withoutMark(issue.text),
  };
}

/** What a digest would say if it were sent now: for a reader, from where their last one ended, or for topics, from `from` on. */
export async function previewDigest(
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
          language: which.language ?? ("en" as const),
          schedule: local(),
        };
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(press.db);
  const periodEnd = rows[0]?.now ?? new Date(0);
  const rendered = await renderEdition(press.db, press, {
    ...edition,
    issueId: "preview",
    to,
    periodEnd,
  });
  if (rendered === null) return null;
  return { ...rendered, html: withoutReader(rendered.html), text: withoutMark(rendered.text) };
}

async function editionOf(db: Database, which: string) {
  const subscription = await findSubscription(db, which);
  const { rows } = await sql<{ cursor: string }>`
    select cursor from newsledger.subscriptions
    where subscription_id = ${subscription.subscriptionId}`.execute(db);
  const { topics, language } = subscription;
  return { topics, language, schedule: subscription, from: BigInt(rows[0]?.cursor ?? 0) };
}

const local = (): Schedule => ({
  schedule: "daily",
  at: "07:00",
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Removes the line that holds the reader's own link. */
const withoutMark = (text: string): string =>
  text
    .split("\n")
    .filter((part) => !part.includes(unsubscribeMark))
    .join("\n");

const issueLine = sql`
  issue_id as "issueId", subscription_id as "subscriptionId", period_end as "periodEnd", state, reason,
  topics, subject, stories, attempts, composed_at as "composedAt", sent_at as "sentAt"`;
