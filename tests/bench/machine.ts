import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

/** What a figure was measured on: the load tells whether others were at work. */
export const machine = (): string =>
  `Node ${process.version}, ${cpus().length} processors, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}`;

/** What `npm start` tells Node: memory is measured under the same. */
export function productFlags(): string[] {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const { start } = (manifest as { scripts: { start: string } }).scripts;
  return start.split(" ").filter((word) => word.startsWith("--"));
}
