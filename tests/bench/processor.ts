import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Milliseconds of processor time that this process and a Postgres have used so far. */
export interface Processor {
  (): number;
  /** Those of Postgres alone. */
  postgres(): number;
}

const msPerTick = 10; // of /proc: USER_HZ is 100 on Linux

/** Null where there is no /proc to ask. */
export function processorOf(dataDirectory: string): Processor | null {
  if (process.platform !== "linux") return null;
  const [postmaster] = readFileSync(join(dataDirectory, "postmaster.pid"), "utf8").split("\n");
  // What its backends used that have ended is in its own account.
  const postgres = () =>
    processorOfProcess(Number(postmaster), "children") + childrenOf(postmaster ?? "");
  const all = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000 + postgres();
  };
  return Object.assign(all, { postgres });
}

/** Milliseconds of processor time that one process has used, or the children that it has outlived. */
export function processorOfProcess(pid: number, whose: "own" | "children" = "own"): number {
  const [, , , ...rest] = statOf(String(pid));
  const at = whose === "own" ? 9 : 11;
  return (Number(rest[at] ?? 0) + Number(rest[at + 1] ?? 0)) * msPerTick;
}

function childrenOf(parent: string): number {
  let ticks = 0;
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    const [, , parentPid, ...rest] = statOf(pid);
    // What follows the parent: utime and stime are fields 14 and 15 (proc_pid_stat(5)).
    if (parentPid === parent) ticks += Number(rest[9]) + Number(rest[10]);
  }
  return ticks * msPerTick;
}

/** Name, state, parent, …; nothing when the process has ended meanwhile. */
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return ["", ...stat.slice(stat.lastIndexOf(")") + 2).split(" ")];
  } catch {
    return [];
  }
}
