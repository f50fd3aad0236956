import { addFeed, startPolling } from "@newsledger/poller";
import { expect, test } from "vitest";
import { startFeedServer } from "../harness/feed-server.ts";
import { Newsroom } from "./newsroom.ts";

const press = { feeds: 12, items: 40, window: 30, initial: 10, rate: 5, seed: 11 };
const faults = ["503", "reset", "truncate", "empty", "html", "304", "garbage"];

test("every item of twelve ill-behaved feeds is kept once, though the queue is emptied again and again", async () => {
  await using server = await startFeedServer(press);
  await using newsroom = await Newsroom.open({
    NEWSLEDGER_ALLOW_HOSTS: server.host,
    NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "1",
    NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: "1",
    NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: "1",
  });
  const { db, log, queue } = newsroom.resources;
  for (let feed = 0; feed < press.feeds; feed++)
    await addFeed(db, log, { url: `${server.origin}/feeds/${feed}.xml` });
  await using _polling = startPolling(newsroom.resources, { fetcher: newsroom.fetcher });

  for (let step = 0; step < 6; step++) {
    for (const [feed, mode] of [
      [step, faults[step]],
      [step + 6, faults[step + 1]],
    ])
      await fetch(`${server.origin}/admin/mode?feed=${feed}&mode=${mode}&count=2`, {
        method: "POST",
      });
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await server.tick();
    await queue.wipe();
  }
  const manifest = (await server.manifest()).map(({ path }) => path).toSorted();
  expect(manifest).toHaveLength(press.feeds * press.items);
  const kept = async () => {
    const seen = await newsroom.events("item.seen");
    return seen.map(({ data }) => new URL(data.url ?? "").pathname).toSorted();
  };
  const end = Date.now() + 30_000;
  while ((await kept()).length < manifest.length && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 250));
  expect(await kept()).toEqual(manifest);
  expect(await newsroom.events("item.quarantined")).toEqual([]);
});
