import type { Service } from "@newsledger/host";
import { type ExtractOptions, startExtracting } from "./extract.ts";
import { startStoryteller } from "./storyteller.ts";

/** Reads the pages of what was matched, understands them, and puts them into stories. */
export const createService = (options: ExtractOptions): Service => ({
  name: "extractor",
  async start(resources) {
    const started = new AsyncDisposableStack();
    const groups = [...options.knowledge.entities.values()].filter((one) => one.members.length > 0);
    const members = new Map(groups.map((group) => [group.id, group.members]));
    started.use(startStoryteller(resources, members));
    started.use(startExtracting(resources, options));
    return started;
  },
});
