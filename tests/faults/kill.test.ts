import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { freePort } from "../harness/cluster.ts";
import { type FeedServer, startFeedServer } from "../harness/feed-server.ts";
import { Installation, until } from "../harness/newsledger.ts";
import { redisMissing, startTestRedis } from "../harness/redis.ts";

/** 40 feeds of 50 items, released in ten steps while the process dies over and over. */
const press = { feeds: 40, items: 50, window: 50, initial: 5, rate: 5, seed: 7 };
/** One port for every run: addresses are content, and content makes the ids. */
const port = await freePort();
const kills = 20;

const settings = {
  NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "1",
  NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: "1",
  NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: "2",
  NEWSLEDGER_QUEUE_RECONCILE_EVERY_SECONDS: "1",
};

interface LedgerEvent {
  type: string;
  id: string;
  data: { itemId: string; url: string | null };
}

test("2,000 items survive twenty kill -9s of the whole process, queue in Postgres: none lost, none twice", async () => {
  await using server = await startFeedServer({ ...press, port });
  await using newsledger = await installation(server, {});
  await killOverAndOver(newsledger, server);
  await newsledger.up();
  await expectWhole(newsledger, server);
}, 400_000);

describe.skipIf(redisMissing)(
  `with the queue in Redis${redisMissing ? ` (skipped: ${redisMissing})` : ""}`,
  () => {
    test("2,000 items survive twenty kill -9s of the whole process: none lost, none twice", async () => {
      await using redis = await startTestRedis();
      await using server = await startFeedServer({ ...press, port });
      await using newsledger = await installation(server, { QUEUE_URL: redis.url });
      await killOverAndOver(newsledger, server);
      await newsledger.up();
      await expectWhole(newsledger, server);
    }, 400_000);

    test("2,000 items survive FLUSHALL in the middle of the run: none lost, none twice", async () => {
      await using redis = await startTestRedis();
      await using server = await startFeedServer({ ...press, port });
      await using newsledger = await installation(server, { QUEUE_URL: redis.url });
      await newsledger.up();
      const client = new Redis(redis.url);
      for (let step = 0; step < 10; step++) {
        await server.tick();
        await pause(700);
        await client.flushall();
      }
      client.disconnect();
      await expectWhole(newsledger, server);
    }, 400_000);
  },
);

async function installation(
  server: FeedServer,
  env: Record<string, string>,
): Promise<Installation> {
  const newsledger = await Installation.create({
    ...settings,
    ...env,
    NEWSLEDGER_ALLOW_HOSTS: server.host,
  });
  const outlines = Array.from(
    { length: press.feeds },
    (_, n) => `<outline type="rss" text="Feed ${n}" xmlUrl="${server.origin}/feeds/${n}.xml"/>`,
  );
  const opml = join(newsledger.directory, "feeds.opml");
  await writeFile(opml, `<opml version="2.0"><head/><body>${outlines.join("")}</body></opml>`);
  await newsledger.ask("feeds", "import", opml);
  return newsledger;
}

/** Starts and kills at seeded random moments, some of them before it is ready; the press goes on meanwhile. */
async function killOverAndOver(newsledger: Installation, server: FeedServer): Promise<void> {
  const random = seeded(41);
  for (let kill = 0; kill < kills; kill++) {
    const started = newsledger.up().catch(() => {}); // it may die before it is ready
    await pause(500 + random() * 3_500);
    await newsledger.kill();
    await started;
    if (kill % 2 === 1) await server.tick();
  }
}

/** What an undisturbed run makes of this press: the ids of every fact about items, articles and stories. */
let reference: readonly string[] | null = null;

async function expectWhole(newsledger: Installation, server: FeedServer): Promise<void> {
  const manifest = await server.manifest();
  expect(manifest).toHaveLength(press.feeds * press.items);
  const events = await workedThrough(newsledger, manifest.length);
  const paths = events
    .filter(isType("item.seen"))
    .map(({ data }) => new URL(data.url ?? "").pathname);
  expect(paths.toSorted()).toEqual(manifest.map(({ path }) => path).toSorted());

  const matched = new Set(itemsOf(events, "item.matched"));
  expect(matched.size).toBeGreaterThan(500);
  expect(itemsOf(events, "article.understood").toSorted()).toEqual([...matched].toSorted());
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);

  // Ids are functions of content: the same press gives the same facts on every queue, however often we died.
  const ids = events
    .filter(({ type }) => /^(item|article|story)\./.test(type))
    .map(({ id }) => id)
    .toSorted();
  reference ??= ids;
  expect(ids).toEqual(reference);
}

/** Waits until every item was seen, and every matched one understood and put into a story. */
async function workedThrough(newsledger: Installation, total: number): Promise<LedgerEvent[]> {
  let events: LedgerEvent[] = [];
  await until(
    async () => {
      events = await newsledger.rows<LedgerEvent>("export");
      return {
        seen: events.filter(isType("item.seen")).length,
        matched: new Set(itemsOf(events, "item.matched")).size,
        understood: events.filter(isType("article.understood")).length,
        inStories: events.filter(({ type }) => type === "story.opened" || type === "story.joined")
          .length,
      };
    },
    ({ seen, matched, inStories }) => seen >= total && matched > 0 && inStories >= matched,
    { seconds: 150, everyMs: 2_000 },
  );
  return events;
}

const isType = (type: string) => (event: LedgerEvent) => event.type === type;

const itemsOf = (events: readonly LedgerEvent[], type: string): string[] =>
  events.filter(isType(type)).map(({ data }) => data.itemId);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
