import type { OccurrenceCode } from "@newsledger/core";
import { type RawBuilder, sql } from "kysely";
import { BadQuestion } from "./ask.ts";
import { day, holds, type Moment, recorded, standing } from "./moment.ts";
import { parseQuery } from "./query.ts";

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
  /** Words, as in a search. */
  q?: string | undefined;
  /** Only stories that so many outlets tell in their own words. */
  minSources?: number | undefined;
}

export type Role = "actor" | "target";

/** The rows of this alias that the narrowing leaves; the alias has document_id, item_id, source and public_at. */
export function narrowed(alias: string, asked: Narrowing, moment: Moment): RawBuilder<unknown>[] {
  const at = (column: string) => sql.ref(`${alias}.${column}`);
  const all: RawBuilder<unknown>[] = [];
  if (asked.topic !== undefined)
    all.push(sql`exists (select 1 from newsledger.rm_item_topics nt
      where nt.topic_id = ${asked.topic} and nt.item_id = ${at("item_id")} and ${recorded("nt", moment)})`);
  if (asked.source !== undefined) all.push(sql`${at("source")} = ${asked.source}`);
  if (asked.from !== undefined) all.push(sql`${at("public_at")} >= ${day(asked.from)}`);
  if (asked.to !== undefined)
    all.push(sql`${at("public_at")} < ${day(asked.to)}::timestamptz + interval '1 day'`);
  if (asked.language !== undefined) all.push(inLanguage(at, asked.language));
  if (asked.role !== undefined && asked.entity === undefined)
    throw new BadQuestion("a role needs an entity: say whose role is meant");
  if (asked.occurrence !== undefined || asked.role !== undefined)
    all.push(tells(at, asked, moment));
  else if (asked.entity !== undefined) all.push(names(at, asked.entity, moment));
  if (asked.q !== undefined) all.push(says(at, asked.q, moment));
  if (asked.minSources !== undefined) all.push(toldBy(at, asked.minSources, moment));
  return all;
}

type Columns = (column: string) => RawBuilder<unknown>;

const inLanguage = (at: Columns, language: string) => {
  const like = `${language.slice(0, 2).toLowerCase()}%`;
  return sql`coalesce(
    (select na.language from newsledger.rm_articles na where na.document_id = ${at("document_id")} order by na.position desc limit 1),
    (select ni.language from newsledger.rm_items ni where ni.item_id = ${at("item_id")} order by ni.position desc limit 1)) like ${like}`;
};

/** One occurrence carries all that is asked of occurrences: who, in which role, and what. */
function tells(at: Columns, { entity, role, occurrence }: Narrowing, moment: Moment) {
  return sql`exists (select 1 from newsledger.rm_occurrences no
    join newsledger.rm_articles na on na.position = no.position
    where no.document_id = ${at("document_id")} and ${standing("articles", "na", moment)}
      and ${occurrence === undefined ? sql`true` : sql`no.code = ${occurrence}`}
      and ${takesPart("no", entity, role)})`;
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

const names = (at: Columns, entity: string, moment: Moment) =>
  sql`${at("document_id")} in (select nm.document_id from newsledger.rm_mentions nm
    join newsledger.rm_articles na on na.position = nm.position
    where nm.entity_id = ${entity} and ${standing("articles", "na", moment)})`;

/** The newest understanding of the article, or what its feed said of it. */
function says(at: Columns, q: string, moment: Moment) {
  const { positive, negative } = parseQuery(q);
  const unwanted = negative.map((term) => sql`newsledger.rm_query(${term})`);
  const fits = (alias: string) =>
    sql.join(
      [
        sql`${sql.ref(`${alias}.words`)} @@ newsledger.rm_query(${positive})`,
        ...unwanted.map((term) => sql`not ${sql.ref(`${alias}.words`)} @@ ${term}`),
      ],
      sql` and `,
    );
  return sql`(${at("document_id")} in (select nw.document_id from newsledger.rm_articles nw
      where ${fits("nw")} and ${standing("articles", "nw", moment)})
    or (${at("document_id")} is null and ${at("item_id")} in (select ni.item_id from newsledger.rm_items ni
      where ${fits("ni")} and ${standing("items", "ni", moment)})))`;
}

const toldBy = (at: Columns, sources: number, moment: Moment) =>
  sql`exists (select 1 from newsledger.rm_story_articles own
    where own.document_id = ${at("document_id")} and ${holds("own", moment)}
      and (select count(distinct lower(trim(ns.source))) from newsledger.rm_story_articles ns
        where ns.story_id = own.story_id and ns.relation <> 'copy' and ${holds("ns", moment)}) >= ${sources})`;

/** Conditions as one; none is always true. */
export const every = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql.join([sql`true`, ...conditions], sql` and `);
