import { readOpml, writeOpml } from "@newsledger/feeds";
import type { Resources } from "@newsledger/host";
import { listFeeds } from "./list.ts";
import { addFeed } from "./manage.ts";

type Db = Resources["db"];

export interface Imported {
  readonly added: number;
  /** They were there already. */
  readonly known: number;
  /** Sentences about what was left out. */
  readonly problems: readonly string[];
}

/** Follows every feed of a list (OPML) that is switched on in it. */
export async function importOpml(
  db: Db,
  log: Resources["log"],
  document: Uint8Array | string,
  options: { history?: boolean } = {},
): Promise<Imported> {
  const { feeds, problems } = readOpml(document);
  const left = [...problems];
  let added = 0;
  let known = 0;
  for (const { url, title, language, enabled } of feeds) {
    if (!enabled) left.push(`“${title}” is switched off in the list and was left out.`);
    else if ((await addFeed(db, log, { url, title, language, ...options })).added) added += 1;
    else known += 1;
  }
  return { added, known, problems: left };
}

/** The feeds as a list that other readers understand. */
export async function exportOpml(db: Db, now: Date): Promise<string> {
  const feeds = await listFeeds(db);
  const outlines = feeds.map(({ url, title, kind, language, state }) => ({
    url,
    title,
    site: null,
    group: kind,
    language,
    enabled: state !== "off",
  }));
  return writeOpml("Newsledger feeds", outlines, now);
}
