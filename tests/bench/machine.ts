import { cpus, loadavg } from "node:os";

/** What a figure was measured on: the load tells whether others were at work. */
export const machine = (): string =>
  `Node ${process.version}, ${cpus().length} processors, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}`;
