import { execFile } from "node:child_process";
import { loadavg } from "node:os";
import { promisify } from "node:util";
import { type FaultCase, NotHere, type Scale } from "./case.ts";
import { PostgresServer } from "./postgres-server.ts";
import type { Result } from "./report.ts";
import type { Backend } from "./world.ts";

const run = promisify(execFile);

export interface Errand {
  readonly one: FaultCase;
  readonly backend: Backend;
}

export interface Options {
  readonly scale: Scale;
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly postgresSettings?: Readonly<Record<string, string>>;
}

/** Runs one case, with a Postgres of its own. Never rejects: that it broke off is a result too. */
export async function runCase({ one, backend }: Errand, options: Options): Promise<Result> {
  const { scale, seed, say, postgresSettings = {} } = options;
  const began = performance.now();
  const base = {
    ...{ name: one.name, backend, form: scale.form, seed },
    ...{ commit: await commit(), at: new Date().toISOString() },
  };
  const cost = () => ({
    tookSeconds: Math.round((performance.now() - began) / 1000),
    load: loadavg()[0] ?? 0,
  });
  try {
    await using postgres = await PostgresServer.start({ settings: postgresSettings });
    const ground = { postgres, seed, say };
    const { done, findings } = await one.run({ backend, scale, ground });
    return { ...base, ...cost(), done, trouble: null, findings };
  } catch (error) {
    const kind = error instanceof NotHere ? ("not run" as const) : ("broke off" as const);
    const why = error instanceof Error ? error.message : String(error);
    if (kind === "broke off") say(error instanceof Error ? (error.stack ?? why) : why);
    return { ...base, ...cost(), done: "", trouble: { kind, why }, findings: [] };
  }
}

const commit = (): Promise<string> =>
  run("git", ["-C", import.meta.dirname, "rev-parse", "--short", "HEAD"]).then(
    ({ stdout }) => stdout.trim(),
    () => "unknown",
  );
