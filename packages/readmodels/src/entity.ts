import type { OccurrenceCode } from "@newsledger/core";
import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { company, mostCounted } from "./company.ts";
import { entityNow } from "./entity-now.ts";
import { facetFor } from "./facets.ts";
import { type Moment, momentOf, standing } from "./moment.ts";
import { takesPart } from "./narrow.ts";
import { outletIn } from "./outlet.ts";
import type { AsOf, EntityView } from "./view.ts";

/** A person, organisation or place as the press names it; null when the ledger had not met it by then. */
export async function entity(
  db: Reader,
  question: AsOf & { id: string },
): Promise<EntityView | null> {
  const { id } = question;
  const moment = momentOf(question);
  return ask(db, async (reader) =>
    moment.publicBefore === null && moment.knownAt === null
      ? entityNow(reader, id)
      : entityThen(reader, id, moment),
  );
}

/** Of a past moment everything is counted. */
async function entityThen(db: Reader, id: string, moment: Moment): Promise<EntityView | null> {
  const found = await mentioned(db, id, moment);
  if (!found) return null;
  return {
    id,
    ...found,
    occurrences: await deeds(db, id, moment),
    together: await company(db, id, moment, found.articles),
    togetherIn: Math.min(found.articles, mostCounted),
  };
}

async function mentioned(db: Reader, id: string, moment: Moment) {
  const { rows } = await sql<{
    name: string | null;
    type: string | null;
    articles: string;
    sources: string;
    first: Date | null;
    last: Date | null;
  }>`
    with named as materialized (
      select m.position, m.name, m.type, a.source, a.public_at
      from coverage.mentions m join coverage.articles a on a.position = m.position
      where m.entity_id = ${id} and ${standing("articles", "a", moment)}),
    kinds as materialized (
      select name, type, source, count(*) as times, min(public_at) as first, max(public_at) as last
      from named group by name, type, source)
    select ${mostFrequent("name")} as name, ${mostFrequent("type")} as type,
      (select count(distinct ${outletIn("source")}) from kinds) as sources,
      (select count(*) from (select from named group by position) a) as articles,
      min(first) as first, max(last) as last
    from kinds`.execute(db);
  const [row] = rows;
  if (!row || row.name === null || row.type === null || row.first === null || row.last === null)
    return null;
  return {
    name: row.name,
    type: row.type,
    articles: Number(row.articles),
    sources: Number(row.sources),
    firstPublicAt: row.first,
    lastPublicAt: row.last,
  };
}

/** Counted, not sorted: there may be a hundred thousand, of few kinds. */
const mostFrequent = (column: string) => sql`(select ${sql.ref(column)} from kinds
  group by ${sql.ref(column)} order by sum(times) desc, ${sql.ref(column)} limit 1)`;

async function deeds(db: Reader, id: string, moment: Moment): Promise<EntityView["occurrences"]> {
  const { rows } = await sql<{ code: OccurrenceCode; acts: string; suffers: string }>`
    select o.code, count(*) filter (where ${takesPart("o", id, "actor")}) as acts,
      count(*) filter (where ${takesPart("o", id, "target")}) as suffers
    from coverage.occurrences o join coverage.articles a on a.position = o.position
    where a.facets @> array[${facetFor({ entity: id, role: "part" })}] and ${takesPart("o", id, undefined)}
      and ${standing("articles", "a", moment)}
    group by o.code order by count(*) desc, o.code`.execute(db);
  return rows.map(({ code, acts, suffers }) => ({
    code,
    asActor: Number(acts),
    asTarget: Number(suffers),
  }));
}
