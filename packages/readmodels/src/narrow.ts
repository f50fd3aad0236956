import type { OccurrenceCode } from "@newsledger/core";
import { type RawBuilder, sql } from "kysely";
import { BadQuestion } from "./ask.ts";
import { facetFor, languageFacet, type Role } from "./facets.ts";
import { day, holds, type Moment, recorded, standing } from "./moment.ts";
import { outletIn } from "./outlet.ts";
import { parseQuery, type Query } from "./query.ts";

/** What a question about the press may be narrowed to; everything given must hold. */
export interface Narrowing {
  topic?: string | undefined;
  /** Id of a person, organisation or place that the article names. */
  entity?: string | undefined;
  /** With `entity`: only where it does something, or where something is done to it. */
  role?: Role | undefined;
  occurrence?: OccurrenceCode | undefined;
  language?: string | undefined;
  /** The outlet, as it is written in answers. */
  source?: string | undefined;
  /** Days of publication, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Days on which it was first seen here, both included. */
  foundFrom?: string | undefined;
  foundTo?: string | undefined;
  /** Days on which what is told may have happened, both included; what is told without a date is left out then. */
  happenedFrom?: string | undefined;
  happenedTo?: string | undefined;
  /** Words, as in a search. */
  q?: string | undefined;
  /** Only stories that so many outlets tell in their own words. */
  minSources?: number | undefined;
}

/** What the rows of an alias are: articles themselves, or lines about articles, or lines of which some are. */
type Kind = "articles" | "about articles" | "any";

/** The rows of this alias that the narrowing leaves; the alias has document_id, item_id, source and public_at. */
export function narrowed(
  alias: string,
  asked: Narrowing,
  moment: Moment,
  kind: Kind = "about articles",
): RawBuilder<unknown>[] {
  const at = (column: string) => sql.ref(`${alias}.${column}`);
  const all: RawBuilder<unknown>[] = [];
  if (asked.topic !== undefined)
    all.push(sql`exists (select 1 from coverage.item_topics nt
      where nt.topic_id = ${asked.topic} and nt.item_id = ${at("item_id")} and ${recorded("nt", moment)})`);
  if (asked.source !== undefined) all.push(sql`${at("source")} = ${asked.source}`);
  if (asked.from !== undefined) all.push(sql`${at("public_at")} >= ${day(asked.from)}`);
  if (asked.to !== undefined)
    all.push(sql`${at("public_at")} < ${day(asked.to)}::timestamptz + interval '1 day'`);
  if (asked.foundFrom !== undefined) all.push(sql`${at("found_at")} >= ${day(asked.foundFrom)}`);
  if (asked.foundTo !== undefined)
    all.push(sql`${at("found_at")} < ${day(asked.foundTo)}::timestamptz + interval '1 day'`);
  all.push(...read(at, asked, moment, kind));
  if (asked.minSources !== undefined) all.push(toldBy(at, asked.minSources, moment));
  return all;
}

type Columns = (column: string) => RawBuilder<unknown>;

/** What only the article can tell, as it was last understood by then. */
function read(at: Columns, asked: Narrowing, moment: Moment, kind: Kind): RawBuilder<unknown>[] {
  const { entity, role, occurrence, language, q } = asked;
  if (role !== undefined && entity === undefined)
    throw new BadQuestion("a role needs an entity: say whose role is meant");
  const facets = (entity ?? occurrence) ? [facetFor({ entity, role, occurrence })] : [];
  const spoken = language === undefined ? [] : [languageFacet(language)];
  const query = q === undefined ? null : parseQuery(q);
  const dated = asked.happenedFrom !== undefined || asked.happenedTo !== undefined;
  if (facets.length + spoken.length === 0 && query === null && !dated) return [];
  const fits = (alias: (column: string) => RawBuilder<unknown>) => [
    // In brackets with “is true”, for its index finds what is rare (few.ts), not what is newest.
    ...(facets.length + spoken.length > 0
      ? [sql`(${alias("facets")} @> ${[...facets, ...spoken]}::text[]) is true`]
      : []),
    ...(query ? [says(alias("position"), query)] : []),
    ...(dated ? [tells(alias("position"), asked)] : []),
  ];
  if (kind === "articles") return fits(at);
  const article = sql`exists (select 1 from coverage.articles na where na.document_id = ${at("document_id")}
    and ${standing("articles", "na", moment)} and ${every(fits((column) => sql.ref(`na.${column}`)))})`;
  // What has no article yet is known by what its feed said; whom it names, nobody has read.
  if (kind === "about articles" || facets.length > 0 || dated) return [article];
  const item = sql`exists (select 1 from coverage.items ni where ni.item_id = ${at("item_id")}
    and ${standing("items", "ni", moment)}
    and ${language === undefined ? sql`true` : sql`ni.language like ${`${language.slice(0, 2).toLowerCase()}%`}`}
    and ${query ? says(sql.ref("ni.position"), query) : sql`true`})`;
  return [sql`case when ${at("document_id")} is null then ${item} else ${article} end`];
}

/** What was recorded at this position says what is wanted, and nothing unwanted. */
function says(position: RawBuilder<unknown>, { positive, negative }: Query): RawBuilder<unknown> {
  const unwanted = negative.map((term) => sql`not nw.words @@ newsledger.rm_query(${term})`);
  return sql`exists (select 1 from newsledger.words nw where nw.position = ${position}
    and ${every([sql`(nw.words @@ newsledger.rm_query(${positive})) is true`, ...unwanted])})`;
}

/** The article of this position tells of something of that kind, with that entity, on one of those days. */
function tells(position: RawBuilder<unknown>, asked: Narrowing): RawBuilder<unknown> {
  const { entity, role, occurrence } = asked;
  return sql`exists (select 1 from coverage.occurrences ho where ho.position = ${position}
    and ${takesPart("ho", entity, role)} and ${occurrence === undefined ? sql`true` : sql`ho.code = ${occurrence}`}
    and ${every(happened("ho", asked))})`;
}

/** The occurrences of this alias that may have happened on those days. */
export function happened(alias: string, asked: Narrowing): RawBuilder<unknown>[] {
  const { happenedFrom, happenedTo } = asked;
  const date = sql.ref(`${alias}.date`);
  const all: RawBuilder<unknown>[] = [];
  for (const asDay of [happenedFrom, happenedTo]) if (asDay !== undefined) day(asDay);
  if (happenedFrom !== undefined)
    all.push(sql`${date} || right('-12-31', 10 - length(${date})) >= ${happenedFrom}`);
  if (happenedTo !== undefined) all.push(sql`${date} <= ${happenedTo}`);
  return all;
}

/** The occurrences of this alias in which the entity takes part, in that role if one is given. */
export function takesPart(
  alias: string,
  entity: string | undefined,
  role: Role | undefined,
): RawBuilder<boolean> {
  if (entity === undefined) return sql`true`;
  const acts = sql`${sql.ref(`${alias}.actor_ids`)} @> array[${entity}]`;
  const suffers = sql`${sql.ref(`${alias}.target_ids`)} @> array[${entity}]`;
  if (role === "actor") return sql`${acts}`;
  return role === "target" ? sql`${suffers}` : sql`(${acts} or ${suffers})`;
}

const toldBy = (at: Columns, sources: number, moment: Moment) =>
  sql`exists (select 1 from coverage.story_articles own
    where own.document_id = ${at("document_id")} and ${holds("own", moment)}
      and (select count(distinct ${outletIn("ns.source")}) from coverage.story_articles ns
        where ns.story_id = own.story_id and ns.relation <> 'copy' and ${holds("ns", moment)}) >= ${sources})`;

/** Conditions as one; none is always true. */
export const every = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql.join([sql`true`, ...conditions], sql` and `);
