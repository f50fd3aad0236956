import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";

/** What the processor of one process, or of Postgres, was busy with: stage → milliseconds. */
export type Shares = Map<string, number>;

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
    readonly children?: readonly number[];
  }[];
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Which stage a source file belongs to. The innermost frame that has a stage decides; the first that fits, here. */
const stages: readonly (readonly [RegExp, string])[] = [
  [
    /packages\/extraction\/src\/page|node_modules\/(@mozilla|linkedom|htmlparser2|dom)/,
    "page text",
  ],
  [/packages\/extraction\/src\/topics/, "topics"],
  [/packages\/extraction\/src\/copies|services\/extractor\/src\/(place|story|told)/, "stories"],
  [/packages\/extraction/, "understanding"],
  [/packages\/feeds\/src\/fetch|node_modules\/undici/, "fetch"],
  [/services\/poller\/src\/matcher/, "topics"],
  [/services\/poller|packages\/feeds/, "poll"],
  [/packages\/readmodels/, "read models"],
  [/services\/alerts/, "rules"],
  [/packages\/queue|node_modules\/(bullmq|ioredis|msgpackr|cron-parser)/, "queue"],
  [/packages\/eventlog|packages\/core/, "log: append, read"],
  [/services\/extractor/, "extraction's shell"],
  [/services\/(digest|api|newsledger)|packages\/host/, "the rest of ours"],
  [/node_modules\/(pg|kysely|pg-[a-z]+|postgres-[a-z]+)\//, "database client"],
];

const stageOfUrl = (url: string): string | undefined =>
  stages.find(([pattern]) => pattern.test(url))?.[1];

/** The process's time by stage, between two moments (microseconds of the monotonic clock), from what Node wrote at its end. */
export function readProfiles(directory: string, from: number, to: number): Shares {
  const shares: Shares = new Map();
  for (const profile of profilesIn(directory)) {
    const stageOf = stagesOf(profile);
    eachSample(profile, from, to, (node, ms) => {
      const stage = stageOf.get(node);
      if (stage !== undefined) shares.set(stage, (shares.get(stage) ?? 0) + ms);
    });
  }
  return shares;
}

const profilesIn = (directory: string): Profile[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith(".cpuprofile"))
    .map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")));

function eachSample(
  { samples, timeDeltas, startTime }: Profile,
  from: number,
  to: number,
  take: (node: number, ms: number) => void,
): void {
  let at = startTime;
  for (const [index, node] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0;
    at += delta;
    if (at >= from && at <= to) take(node, delta / 1_000);
  }
}

/** The functions that took the most time themselves. */
export function functionLines(directory: string, from: number, to: number, most: number): string[] {
  const own = new Map<string, number>();
  for (const profile of profilesIn(directory)) {
    const names = new Map(
      profile.nodes.map(({ id, callFrame }) => [
        id,
        `${callFrame.functionName || "(anonymous)"} ${callFrame.url.replace(/^.*\/(?=(?:[^/]+\/){2}[^/]+$)/, "")}:${callFrame.lineNumber}`,
      ]),
    );
    eachSample(profile, from, to, (node, ms) => {
      const name = names.get(node) ?? "";
      own.set(name, (own.get(name) ?? 0) + ms);
    });
  }
  return [...own]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, ms]) => `  ${ms.toFixed(0).padStart(6)} ms ${name}`);
}

/** Undefined for a node that is idle. The client's work for a stage counts for the stage where the stack tells which. */
function stagesOf({ nodes }: Profile): Map<number, string | undefined> {
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((one) => [one, id])),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return new Map(
    nodes.map((node) => {
      const { functionName } = node.callFrame;
      if (functionName === "(idle)") return [node.id, undefined];
      if (functionName === "(garbage collector)") return [node.id, "garbage collection"];
      let fallback: string | undefined;
      for (
        let one: typeof node | undefined = node;
        one;
        one = byId.get(parents.get(one.id) ?? -1)
      ) {
        const stage = stageOfUrl(one.callFrame.url);
        if (stage !== undefined && !general.has(stage)) return [node.id, stage];
        fallback ??= stage;
      }
      return [node.id, fallback ?? "Node itself"];
    }),
  );
}

/** Work for whoever called it. */
const general = new Set(["database client", "log: append, read"]);

/** Statements by what they are about: the first that fits. */
const statements: readonly (readonly [RegExp, string])[] = [
  [/newsledger_queue|bullmq|pg_notify\(.bull/i, "queue"],
  [/append_events|append_one|append/i, "append"],
  [/\bnewsledger\.work\b/i, "work list"],
  [/story_articles/i, "stories"],
  [/alert|rules/i, "rules"],
  [/coverage|readmodel/i, "read models"],
  [/\bnewsledger\.(feeds|feed_items)\b/i, "poll"],
  [/\bnewsledger\.texts\b/i, "texts"],
  [/\bnewsledger\.events\b/i, "reads of the log"],
  [/checkpoints/i, "checkpoints"],
  [/pg_locks|last_value|fence/i, "fence"],
  [/^\s*(begin|commit|start transaction|rollback)/i, "begin, commit"],
];

export interface Statement {
  readonly query: string;
  readonly calls: number;
  readonly ms: number;
}

export async function readStatements(pool: pg.Pool): Promise<Statement[]> {
  const { rows } = await pool.query<Statement>(
    `select query, calls::int, total_exec_time + total_plan_time as ms from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database())
     order by ms desc`,
  );
  return rows;
}

export function sharesOf(found: readonly Statement[]): Shares {
  const shares: Shares = new Map();
  for (const { query, ms } of found) {
    const stage = statements.find(([pattern]) => pattern.test(query))?.[1] ?? "other";
    shares.set(stage, (shares.get(stage) ?? 0) + ms);
  }
  return shares;
}

/** Largest first, in seconds and per cent of their sum. */
export function shareLines(shares: Shares, items: number): string[] {
  const total = [...shares.values()].reduce((sum, one) => sum + one, 0);
  return [...shares]
    .toSorted(([, a], [, b]) => b - a)
    .map(
      ([stage, ms]) =>
        `  ${stage.padEnd(22)} ${(ms / items).toFixed(2).padStart(7)} ms an item ${((100 * ms) / total).toFixed(1).padStart(6)} %`,
    );
}
