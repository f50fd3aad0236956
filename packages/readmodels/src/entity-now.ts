import type { OccurrenceCode } from "@newsledger/core";
import { type RawBuilder, sql } from "kysely";
import type { Reader } from "./ask.ts";
import { company, fewArticles, mostCounted } from "./company.ts";
import { facetFor } from "./facets.ts";
import { walk } from "./few.ts";
import { standing } from "./moment.ts";
import { outletIn } from "./outlet.ts";
import type { EntityView } from "./view.ts";

const now = { publicBefore: null, knownAt: null };

/** As the press names it today: counted as articles were understood (naming.ts). */
export async function entityNow(db: Reader, id: string): Promise<EntityView | null> {
  const counts = await countsOf(db, id);
  const of = (kind: string) => counts.filter((count) => count.kind === kind);
  const [articles] = of("articles");
  const [name] = of("named");
  const [type] = of("typed");
  if (!articles || !name || !type) return null;
  const published = await publicTimes(db, id, articles.amount);
  if (!published) return null;
  const outlets = new Set(of("outlets").map(({ outlet }) => outlet));
  const times = (kind: string, code: string) =>
    of(kind).find(({ part }) => part === code)?.amount ?? 0;
  return {
    ...{ id, name: name.part, type: type.part, articles: articles.amount },
    ...{ sources: outlets.size, ...published },
    occurrences: of("takes part").map(({ part }) => ({
      code: part as OccurrenceCode,
      asActor: times("acts", part),
      asTarget: times("suffers", part),
    })),
    together: await company(db, id, now, articles.amount),
    togetherIn: Math.min(articles.amount, mostCounted),
  };
}

interface Count {
  kind: string;
  part: string;
  /** The part as outlets are told apart. */
  outlet: string;
  amount: number;
}

/** Of each kind the most frequent first. */
async function countsOf(db: Reader, id: string): Promise<Count[]> {
  const kinds = ["named", "typed", "articles", "outlets", "acts", "suffers", "takes part"];
  const { rows } = await sql<Count>`
    select t.kind, t.part, ${outletIn("t.part")} as outlet, t.amount::int as amount from coverage.tallies t
    where t.kind = any(${kinds}) and t.key = ${id} and t.amount > 0
    order by t.kind, t.amount desc, t.part`.execute(db);
  return rows;
}

type PublicTimes = Pick<EntityView, "firstPublicAt" | "lastPublicAt">;

/** Between when the articles were published that name it: many are walked to from either end. */
async function publicTimes(db: Reader, id: string, articles: number): Promise<PublicTimes | null> {
  const stands = standing("articles", "a", now);
  const names = sql`a.facets @> array[${facetFor({ entity: id })}]`;
  const end = (order: string) => sql`(select a.public_at from coverage.articles a
    where (${names}) is true and ${stands} order by a.public_at ${sql.raw(order)} limit 1)`;
  const query: RawBuilder<{ first: Date | null; last: Date | null }> =
    articles > fewArticles
      ? sql`select ${end("asc")} as first, ${end("desc")} as last`
      : sql`select min(a.public_at) as first, max(a.public_at) as last
          from coverage.articles a where ${names} and ${stands}`;
  const [row] = articles > fewArticles ? await walk(db, query) : (await query.execute(db)).rows;
  return row?.first && row.last ? { firstPublicAt: row.first, lastPublicAt: row.last } : null;
}
