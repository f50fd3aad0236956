import { sql } from "kysely";
import { ask, type Reader } from "./ask.ts";
import { momentOf, standing } from "./moment.ts";
import type { AsOf } from "./view.ts";

/** For each article, the position of the event that says how it was last understood: what a citation names. */
export async function understoodAt(
  db: Reader,
  question: AsOf & { documentIds: readonly string[] },
): Promise<Map<string, string>> {
  const { rows } = await ask(db, (reader) =>
    sql<{ document_id: string; position: string }>`
      select a.document_id, a.position from coverage.articles a
      where a.document_id = any(${[...question.documentIds]}) and ${standing("articles", "a", momentOf(question))}`.execute(
      reader,
    ),
  );
  return new Map(rows.map(({ document_id, position }) => [document_id, position]));
}
