import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { atMost, perSecond, type Row } from "./report.ts";

export interface Streamed {
  readonly events: number;
  readonly seconds: number;
  /** The most that the process ever held (resident set), everything included. */
  readonly peakMb: number;
}

/** Left alone V8 takes more before it looks for garbage; with these it must do with little, or end. */
const heapLimits = ["--max-semi-space-size=2", "--max-old-space-size=64"];

/** In a process of its own, which does nothing else; another one brings the events in. */
export async function measureMemory(url: string, events: number): Promise<Row[]> {
  await inProcess("import", url, events);
  const read = await inProcess("read", url, events);
  const name = `memory of a process that reads ${read.events.toLocaleString("en")} events`;
  const row = atMost(name, read.peakMb, 150, " MB");
  return [{ ...row, measured: `${row.measured} (${perSecond(read.events / read.seconds)})` }];
}

async function inProcess(what: "import" | "read", url: string, events: number): Promise<Streamed> {
  const script = fileURLToPath(new URL("stream.ts", import.meta.url));
  const limits = what === "read" ? heapLimits : [];
  const child = spawn(process.execPath, [...limits, script, what, url, String(events)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  const [code] = await exited;
  if (code !== 0) throw new Error(`bench: ${what} of ${events} events ended with code ${code}`);
  return JSON.parse(output);
}
