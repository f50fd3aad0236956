import type { ArticleEntity, Occurrence } from "@newsledger/core";
import { sql } from "kysely";
import type { Facts } from "./facts.ts";
import type { KindOf } from "./outlet.ts";
import type { Reading, Remembered, StoryEvent } from "./report.ts";
import type { Database } from "./rules.ts";

/** A report as rules are tried out on it: what people are shown of it, and its facts without their words. */
export interface KeptReport {
  readonly position: bigint;
  readonly storyId: string;
  readonly title: string;
  readonly source: string;
  readonly url: string | null;
  readonly publishedAt: string | null;
  readonly facts: Facts;
}

/** Keeps reports, all in one statement; one that is kept already stays as it is. */
export async function keepReports(
  trx: Database,
  reports: readonly (Reading & { readonly row: Remembered })[],
): Promise<void> {
  const rows = reports.map(({ event, article, facts, row }) => ({
    ...{ position: String(event.position), story_id: event.data.storyId },
    ...{ document_id: event.data.documentId, feed_id: article.data.feedId },
    ...{ topics: row.topics, source: row.source, own: row.own, opens: row.opens },
    ...{ public_at: row.publicAt, counted_on: row.countedOn, entities: row.entities },
    ...{ codes: row.codes, facts: compact(event.data, facts) },
  }));
  await sql`
    insert into newsledger.alert_reports
      (position, story_id, document_id, feed_id, topics, source, own, opens, public_at, counted_on, entities, codes, facts)
    select position, story_id, document_id, feed_id, topics, source, own, opens, public_at, counted_on, entities, codes, facts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      position bigint, story_id text, document_id text, feed_id text, topics text[], source text, own boolean,
      opens boolean, public_at timestamptz, counted_on date, entities text[], codes text[], facts jsonb)
    order by position
    on conflict do nothing`.execute(trx);
}

/** One letter a field: there are many of them, and they are read all at once. */
interface Compact {
  t: string;
  u: string | null;
  s: string;
  p: string | null;
  f: string;
  l: string;
  b: boolean;
  r: Facts["relation"];
  m: { i: string; t: "alert" | "digest"; w: string[] }[];
  e: { i: string; t: ArticleEntity["type"]; n: string }[];
  o: {
    c: Occurrence["code"];
    a: Occurrence["actors"];
    t: Occurrence["targets"];
    d?: string | undefined;
    s: number;
  }[];
}

const mostWords = 6;

function compact({ title, url, source, publishedAt }: StoryEvent["data"], facts: Facts): Compact {
  const words = (topicId: string) =>
    facts.matches
      .filter((match) => match.topicId === topicId)
      .flatMap(({ reasons }) => reasons.map(({ matched }) => matched));
  return {
    ...{ t: title, u: url, s: source, p: publishedAt, f: facts.foundAt.toISOString() },
    ...{ l: facts.language, b: facts.backfill, r: facts.relation },
    m: facts.topics.map(({ topicId, tier }) => ({
      i: topicId,
      t: tier,
      w: [...new Set(words(topicId))].slice(0, mostWords),
    })),
    e: facts.entities.flatMap(({ id, type, name }) =>
      id === null ? [] : [{ i: id, t: type, n: name }],
    ),
    o: facts.occurrences.map(({ code, actors, targets, date, start }) => ({
      ...{ c: code, a: actors, t: targets, d: date, s: start },
    })),
  };
}

function kept(
  row: { position: string; story_id: string; facts: Compact },
  kindOf: KindOf,
): KeptReport {
  const { t: title, u: url, s: source, p: publishedAt, ...one } = row.facts;
  return {
    position: BigInt(row.position),
    storyId: row.story_id,
    ...{ title, source, url, publishedAt },
    facts: {
      topics: one.m.map(({ i: topicId, t: tier }) => ({ topicId, tier })),
      matches: one.m.map(({ i: topicId, t: tier, w }) => ({
        ...{ topicId, topicVersion: 1, tier },
        reasons: w.map((matched) => ({ rule: "", field: "title", matched, start: 0, end: 0 })),
      })),
      entities: one.e.map(({ i: id, t: type, n: name }) => ({ id, type, name, mentions: [] })),
      occurrences: one.o.map(({ c: code, a: actors, t: targets, d: date, s: start }) => ({
        ...{ code, actors, targets, start, end: start, sentence: "" },
        ...(date === undefined ? {} : { date }),
      })),
      ...{ text: null, language: one.l, source, sourceKind: kindOf({ url, source }) },
      publishedAt: publishedAt === null ? null : new Date(publishedAt),
      foundAt: new Date(one.f),
      ...{ backfill: one.b, relation: one.r },
    },
  };
}

const pageSize = 2_000;

/** Every report that is remembered, in the order of the ledger. The next page is fetched while one is worked on. */
export async function* keptReports(db: Database, kindOf: KindOf): AsyncGenerator<KeptReport> {
  const pageAfter = async (position: bigint) =>
    (
      await sql<{ position: string; story_id: string; facts: Compact }>`
        select position, story_id, facts from newsledger.alert_reports
        where position > ${position} order by position limit ${pageSize}`.execute(db)
    ).rows;
  let page = await pageAfter(0n);
  while (page.length > 0) {
    const last = BigInt(page.at(-1)?.position ?? 0);
    const next = page.length < pageSize ? Promise.resolve([]) : pageAfter(last);
    next.catch(() => {}); // told when it is awaited; a reader who leaves early does not care
    for (const row of page) yield kept(row, kindOf);
    page = await next;
  }
}
