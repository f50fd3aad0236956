import type pg from "pg";
import { type Break, brokenIn } from "./chain-check.ts";

const eventsPerSeal = 10_000;

/** A place in the chain of seals. Kept elsewhere, it shows later whether anything up to it has been touched. */
export interface Seal {
  readonly position: bigint;
  /** SHA-256, in hex. */
  readonly root: string;
}

export interface Verification {
  /** One sentence each, the first broken event first; none when the ledger is whole. */
  readonly problems: readonly string[];
  readonly firstBroken: Break | null;
  readonly head: Seal | null;
  readonly sealed: number;
  /** Events after the last seal: nothing vouches for them yet. */
  readonly unsealed: number;
  /** Sealed events that were exported and removed on purpose: their seals stay, their content is not here. */
  readonly retired: number;
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
 * Follows every stream's hash chain and computes every seal again. With a seal that was kept elsewhere, also whether the
 * ledger still contains it: that shows a tail that was cut off with all its traces, or a chain that was computed anew.
 */
export async function verify(pool: pg.Pool, kept?: Seal): Promise<Verification> {
  const breaks = await brokenIn(pool);
  const seals = await checkSeals(pool);
  const problems = [...breaks.map(({ problem }) => problem), ...seals.problems];
  if (kept && !seals.roots.has(`${kept.position} ${kept.root}`))
    problems.push(`the seal kept for position ${kept.position} is not in this ledger's chain`);
  const { head, sealed } = seals;
  const { rows } = await pool.query<{ unsealed: string; retired: string }>(
    `select (select count(*) from newsledger.events where global_position > $1) as unsealed,
            (select coalesce(sum(events), 0) from newsledger.retired) as retired`,
    [head?.position ?? 0n],
  );
  return {
    problems,
    firstBroken: breaks[0] ?? null,
    head,
    sealed,
    unsealed: Number(rows[0]?.unsealed ?? 0),
    retired: Number(rows[0]?.retired ?? 0),
  };
}

interface Seals {
  readonly problems: readonly string[];
  readonly head: Seal | null;
  readonly sealed: number;
  readonly roots: ReadonlySet<string>;
}

async function checkSeals(pool: pg.Pool): Promise<Seals> {
  const problems: string[] = [];
  const roots = new Set<string>();
  const retired = await retiredRanges(pool);
  let head: Seal | null = null;
  let sealed = 0;
  for await (const link of chain(pool)) {
    const root = link.root.toString("hex");
    const after = BigInt(link.after_position);
    const position = BigInt(link.to_position);
    const range = `events ${after + 1n} to ${position}`;
    // Of a range that was retired, in part or wholly, only the seal is left.
    const incomplete = retired.some(({ from, to }) => from <= position && to > after);
    if (after !== (head?.position ?? 0n)) problems.push(`${range}: the seal before it is missing`);
    else if (!incomplete && (await rootOf(pool, head, link)) !== root)
      problems.push(`${range}: changed since they were sealed on ${link.sealed_at.toISOString()}`);
    sealed += Number(link.events);
    head = { position, root };
    roots.add(`${position} ${root}`);
  }
  return { problems, head, sealed, roots };
}

async function retiredRanges(pool: pg.Pool): Promise<{ from: bigint; to: bigint }[]> {
  const { rows } = await pool.query<{ from_position: string; to_position: string }>(
    "select from_position, to_position from newsledger.retired",
  );
  return rows.map((row) => ({ from: BigInt(row.from_position), to: BigInt(row.to_position) }));
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
