import { cpus, loadavg } from "node:os";
import { nodeSettings } from "@newsledger/cli/settings";

/** What a figure was measured on: the load tells whether others were at work. */
export const machine = (): string =>
  `Node ${process.version}, ${cpus().length} processors, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(" ")}`;

/** What `npm start` tells Node: memory is measured under the same. */
export const productFlags = (): string[] => [...nodeSettings];
