import { sql } from "kysely";
import type { LogParts } from "./parts.ts";
import { readOneStream } from "./read.ts";
import type { EventMap, Reducer } from "./types.ts";
import { toJson } from "./valid-text.ts";

interface Kept {
  readonly version: number;
  readonly state: unknown;
}

/**
 * The state to which a stream's events add up, and the version it stands for: what an append expects next. Begins at the
 * latest snapshot, and leaves a new one when it had to read `snapshotEvery` events or more.
 */
export async function aggregate<M extends EventMap, S>(
  log: LogParts,
  stream: string,
  reducer: Reducer<M, S>,
  { snapshotEvery }: { snapshotEvery?: number },
): Promise<{ state: S; version: number }> {
  const kept = snapshotEvery === undefined ? null : await latest(log, stream, reducer);
  // The reducer's version vouches for the shape.
  let state = kept ? (kept.state as S) : reducer.initial();
  let version = kept?.version ?? 0;
  for await (const event of readOneStream<M>(log, stream, { from: version + 1 })) {
    if (event.version !== version + 1)
      throw new Error(
        `aggregate ${stream} by ${reducer.name}: events ${version + 1} to ${event.version - 1} were retired, and no snapshot stands for them`,
      );
    state = reducer.evolve(state, event);
    version = event.version;
  }
  const read = version - (kept?.version ?? 0);
  if (snapshotEvery !== undefined && read >= snapshotEvery)
    await keep(log, stream, reducer, { version, state });
  return { state, version };
}

type Named = Pick<Reducer<EventMap, unknown>, "name" | "version">;

async function latest({ db }: LogParts, stream: string, reducer: Named): Promise<Kept | null> {
  // One from a stream that is gone or shorter by now stands for nothing.
  const { rows } = await sql<{ version: string; state: unknown }>`
    select p.version, p.state from newsledger.snapshots p
    join newsledger.streams s on s.stream_id = p.stream_id and s.version >= p.version
    where p.stream_id = ${stream} and p.reducer = ${reducer.name}
      and p.reducer_version = ${reducer.version}`.execute(db);
  const row = rows[0];
  return row ? { version: Number(row.version), state: row.state } : null;
}

async function keep(
  { db }: LogParts,
  stream: string,
  reducer: Named,
  { version, state }: Kept,
): Promise<void> {
  const json = toJson(state, `snapshot of ${JSON.stringify(stream)} by ${reducer.name}`);
  // Of programs with different versions of the reducer the newer keeps its own.
  await sql`insert into newsledger.snapshots as p (stream_id, reducer, reducer_version, version, state)
    values (${stream}, ${reducer.name}, ${reducer.version}, ${version}, ${json}::jsonb)
    on conflict (stream_id, reducer) do update
      set reducer_version = excluded.reducer_version, version = excluded.version, state = excluded.state,
          taken_at = now()
      where (excluded.reducer_version, excluded.version) > (p.reducer_version, p.version)`.execute(
    db,
  );
}
