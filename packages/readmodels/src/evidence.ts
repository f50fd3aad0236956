import { createHash } from "node:crypto";
import { streams } from "@newsledger/core";
import { exportLines, getText } from "@newsledger/eventlog";
import { sql } from "kysely";
import { BadQuestion, type Reader } from "./ask.ts";
import { bundleFormat } from "./verify-bundle.ts";

export interface EvidenceQuestion {
  /** Of a story or of an article. */
  id: string;
  now: Date;
  /** Of the program that writes it. */
  version: string;
}

/**
 * Everything that the ledger holds about a story or an article, as lines that can be checked without the ledger: all events
 * of its streams with their hashes, the texts that they name, and at the end the hash of all lines before.
 */
export async function* evidence(
  pool: Parameters<typeof exportLines>[0],
  db: Reader,
  { id, now, version }: EvidenceQuestion,
): AsyncGenerator<string> {
  const whole = createHash("sha256");
  const line = (text: string) => {
    whole.update(`${text}\n`);
    return text;
  };
  const names = await streamsOf(db, id);
  const head = await lastSeal(db);
  const bundle = { bundle: bundleFormat, about: id, made: now.toISOString(), version, head };
  yield line(JSON.stringify({ ...bundle, check: "node verify-bundle.ts evidence.ndjson" }));
  const hashes = new Set<string>();
  for await (const event of exportLines(pool, { streams: names })) {
    const { data } = JSON.parse(event) as { data: { textHash?: string | null } };
    if (data.textHash) hashes.add(data.textHash);
    yield line(event);
  }
  for (const hash of hashes) {
    const body = await getText(db, hash);
    yield line(JSON.stringify({ text: body === null ? { hash, missing: true } : { hash, body } }));
  }
  yield JSON.stringify({ end: { sha256: whole.digest("hex") } });
}

async function streamsOf(db: Reader, id: string): Promise<string[]> {
  const { rows } = await sql<{
    story_id: string | null;
    document_id: string;
    item_id: string;
  }>`
    select s.story_id, s.document_id, s.item_id from coverage.story_articles s
    where s.story_id = ${id} or s.document_id = ${id}
    union select null, a.document_id, a.item_id from coverage.articles a where a.document_id = ${id}`.execute(
    db,
  );
  if (rows.length === 0)
    throw new BadQuestion(`there is no story and no article “${id}” in this ledger`);
  const stories = rows.flatMap(({ story_id }) => story_id ?? []);
  return [
    ...new Set([
      ...rows.flatMap((row) => [streams.item(row.item_id), streams.document(row.document_id)]),
      ...stories.map((storyId) => streams.story(storyId)),
    ]),
  ];
}

/** Kept elsewhere, it proves later that the ledger these events are from is the same. */
async function lastSeal(db: Reader): Promise<{ position: string; root: string } | null> {
  const { rows } = await sql<{ position: string; root: Buffer }>`
    select to_position as position, root from newsledger.seals order by to_position desc limit 1`.execute(
    db,
  );
  const [row] = rows;
  return row ? { position: row.position, root: row.root.toString("hex") } : null;
}
