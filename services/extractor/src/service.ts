import type { Entities } from "@newsledger/extraction/knowledge";
import type { Resources, Service } from "@newsledger/host";
import { startExtracting } from "./extract.ts";
import { type Reader, readInThread } from "./reader.ts";
import { startStoryteller } from "./storyteller.ts";

export interface ExtractorOptions {
  readonly knowledge: Entities;
  readonly fetcher: Parameters<typeof startExtracting>[1]["fetcher"];
  /** Who reads the articles: a thread with what is shipped, unless somebody knows better. */
  readonly reader?: Reader;
}

/** Reads the pages of what was matched, understands them, and puts them into stories. */
export const createService = ({ knowledge, fetcher, reader }: ExtractorOptions): Service => ({
  name: "extractor",
  async start(resources: Resources) {
    const started = new AsyncDisposableStack();
    const groups = [...knowledge.entities.values()].filter((one) => one.members.length > 0);
    const members = new Map(groups.map((group) => [group.id, group.members]));
    started.use(startStoryteller(resources, members));
    const reading = started.use(reader ?? readInThread());
    started.use(startExtracting(resources, { fetcher, reader: reading }));
    return started;
  },
});
