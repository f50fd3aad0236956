import type pg from "pg";

const eventsPerSeal = 10_000;

/** A place in the chain of seals. Kept elsewhere, it shows later whether anything up to it has been touched. */
export interface Seal {
  readonly position: bigint;
  /** SHA-256, in hex. */
  readonly root: string;
}

export interface Verification {
  /** One sentence each; none when the ledger is whole. */
  readonly problems: readonly string[];
  readonly head: Seal | null;
  readonly sealed: number;
  /** Events after the last seal: nothing vouches for them yet. */
  readonly unsealed: number;
}

/** Seals everything up to the safe position. An open log does so by itself every few minutes. */
export async function seal(pool: pg.Pool): Promise<number> {
  for (let total = 0; ; ) {
    const { rows } = await pool.query<{ sealed: string }>("select newsledger.seal($1) as sealed", [
      eventsPerSeal,
    ]);
    const sealed = Number(rows[0]?.sealed ?? 0);
    if (sealed === 0) return total;
    total += sealed;
  }
}

/**
 * Computes every seal again, and looks whether every stream is complete. With a seal that was kept elsewhere, also whether
 * the ledger still contains it: that shows a tail that was cut off, or a chain that was computed anew.
 */
export async function verify(pool: pg.Pool, kept?: Seal): Promise<Verification> {
  const problems: string[] = [];
  let head: Seal | null = null;
  let sealed = 0;
  let keptFound = false;
  for await (const link of chain(pool)) {
    const root = link.root.toString("hex");
    const range = `events ${BigInt(link.after_position) + 1n} to ${link.to_position}`;
    if (BigInt(link.after_position) !== (head?.position ?? 0n))
      problems.push(`${range}: the seal before it is missing`);
    else if ((await rootOf(pool, head, link)) !== root)
      problems.push(`${range}: changed since they were sealed on ${link.sealed_at.toISOString()}`);
    sealed += Number(link.events);
    head = { position: BigInt(link.to_position), root };
    keptFound ||= kept?.position === head.position && kept.root === root;
  }
  if (kept && !keptFound)
    problems.push(`the seal kept for position ${kept.position} is not in this ledger's chain`);
  problems.push(...(await incompleteStreams(pool)));
  const { rows } = await pool.query<{ n: string }>(
    "select count(*) as n from newsledger.events where global_position > $1",
    [head?.position ?? 0n],
  );
  return { problems, head, sealed, unsealed: Number(rows[0]?.n ?? 0) };
}

interface SealRow {
  to_position: string;
  after_position: string;
  events: string;
  root: Buffer;
  sealed_at: Date;
}

async function rootOf(pool: pg.Pool, before: Seal | null, link: SealRow): Promise<string> {
  const { rows } = await pool.query<{ root: string }>(
    "select encode(root, 'hex') as root from newsledger.root(decode($1, 'hex'), $2, $3)",
    [before?.root ?? "", link.after_position, link.to_position],
  );
  return rows[0]?.root ?? "";
}

async function* chain(pool: pg.Pool): AsyncGenerator<SealRow> {
  for (let after = "0"; ; ) {
    const { rows } = await pool.query<SealRow>(
      "select * from newsledger.seals where to_position > $1 order by to_position limit 100",
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.to_position;
  }
}

/** In one statement, so that what is being appended meanwhile is seen in both tables or in none. */
async function incompleteStreams(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ stream_id: string; has: string; should: string }>(
    `select stream_id, coalesce(e.has, 0) as has, coalesce(s.version, 0) as should
     from newsledger.streams s
     full join (select stream_id, count(distinct version) as has, max(version) as last
                from newsledger.events group by stream_id) e using (stream_id)
     where coalesce(e.has, 0) <> coalesce(s.version, 0) or e.last <> s.version
     order by stream_id limit 20`,
  );
  return rows.map(
    (row) => `stream ${row.stream_id}: has ${row.has} of the ${row.should} events it should have`,
  );
}
