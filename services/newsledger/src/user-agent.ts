import type { Config } from "@newsledger/host";
import { version } from "./version.ts";

/** How Newsledger presents itself to publishers: name, version, and where to find who runs it. */
export const userAgent = (config: Config): string =>
  `Newsledger/${version()} (+${config.publicUrl})`;
