import { readFile } from "node:fs/promises";

/** Alive, and not merely waiting for its parent to notice that it died. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, it is only not ours.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return (await statOf(pid))?.state !== "Z";
}

/** When a process began, in clock ticks since the machine did: with the pid it names one process. Null where /proc is not. */
export const startTicks = async (pid: number): Promise<string | null> =>
  (await statOf(pid))?.startTicks ?? null;

/** The program's short name; null where /proc is not, or the process is gone. */
export async function programName(pid: number): Promise<string | null> {
  return (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => null))?.trim() ?? null;
}

async function statOf(pid: number): Promise<{ state: string; startTicks: string } | null> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat === null) return null;
  // The program's name stands in brackets and may hold spaces and brackets (proc(5)): count from the last one.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", startTicks: fields[19] ?? "" };
}
