import { setTimeout as pause } from "node:timers/promises";
import type { NewsEvents } from "@newsledger/core";
import type { EventLog, LogLogger } from "@newsledger/eventlog";
import { sql } from "kysely";
import type { Reader } from "./ask.ts";
import { coverage, coverageName, firstVersion, meansTheSame } from "./coverage.ts";
import { standIn } from "./stand-ins.ts";

/** Whoever keeps the read models up to date; of several processes, one at a time does the work. */
export interface Keeper extends AsyncDisposable {
  /** Resolves when readers see everything up to this position (default: what is safe now), in the newest version. */
  caughtUp(position?: bigint, options?: { timeoutMs?: number }): Promise<void>;
}

interface Work {
  log: Pick<EventLog<NewsEvents>, "projectBeside" | "safePosition">;
  db: Reader;
  logger?: LogLogger;
}

type Building = ReturnType<Work["log"]["projectBeside"]>;

const lookEveryMs = 1_000;

/** Keeps the read models up to date, and builds the version that was asked for beside the one in use. */
export function keepReadModels({ log, db, logger }: Work): Keeper {
  const stop = new AbortController();
  const kept = new Map<number, Building>();
  const keep = (version: number): Building => {
    const known = kept.get(version);
    if (known) return known;
    const building = log.projectBeside(coverage(version));
    kept.set(version, building);
    const forget = () => void (kept.get(version) === building && kept.delete(version));
    building.ended.then(forget, forget); // a newer version took its place
    return building;
  };
  const look = async () => {
    const { live, wanted } = await versions(db);
    if (meansTheSame(live)) keep(live); // up to date until the wanted one can take its place
    return keep(wanted);
  };
  const running = (async () => {
    await standIn(db).catch((error) =>
      logger?.warn({ err: error }, "read models: what is missing until newer ones are built"),
    );
    while (!stop.signal.aborted) {
      await look().catch((error) =>
        logger?.warn({ err: error }, "read models: looking for what to build failed; trying again"),
      );
      await pause(lookEveryMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  })();
  return {
    async caughtUp(position, options) {
      const goal = position ?? (await log.safePosition());
      await (await look()).caughtUp(goal, options);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
      await Promise.all([...kept.values()].map((one) => one[Symbol.asyncDispose]()));
    },
  };
}

async function versions(db: Reader): Promise<{ live: number; wanted: number }> {
  const { rows } = await sql<{ live: number | null; asked: number[] }>`
    select (select version from newsledger.read_models where name = ${coverageName}) as live,
      array(select version from newsledger.rebuilds) as asked`.execute(db);
  const live = rows[0]?.live ?? 0;
  const own = [live, ...(rows[0]?.asked ?? [])].filter(meansTheSame);
  return { live, wanted: Math.max(firstVersion, ...own) };
}

/** Has the read models built anew, beside the ones in use, by whoever keeps them; answers the version that will be. */
export async function rebuildReadModels(db: Reader): Promise<number> {
  const { wanted } = await versions(db);
  const { rows } = await sql<{ version: number }>`
    insert into newsledger.rebuilds (version) values (${wanted + 1})
    on conflict (version) do update set asked_at = now() returning version`.execute(db);
  return rows[0]?.version ?? wanted + 1;
}
