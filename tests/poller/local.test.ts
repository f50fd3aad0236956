import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localAddress } from "@newsledger/feeds";
import { addFeed, BadFeedAddress, importOpml, listFeeds, resumeFeed } from "@newsledger/poller";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Newsroom } from "./newsroom.ts";

let newsroom: Newsroom;
let directory: string;
beforeEach(async () => {
  newsroom = await Newsroom.open();
  directory = mkdtempSync(join(tmpdir(), "newsledger-source-"));
});
afterEach(async () => {
  await newsroom[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const follow = async (name: string, title?: string): Promise<string> => {
  const { db, log } = newsroom.resources;
  const url = (await localAddress(name, directory)) ?? "";
  return (await addFeed(db, log, { url, local: true, title })).feedId;
};

/** As if two seconds had passed since the last look. */
async function poll(feedId: string) {
  await sql`update newsledger.feeds set started_at = null`.execute(newsroom.resources.db);
  return newsroom.poll(feedId);
}

test("a file that a script appends to is a feed: its lines are items, a changed line is a revision", async () => {
  const path = join(directory, "cables.ndjson");
  const line = (id: number, title: string) =>
    `${JSON.stringify({ id, title, url: `https://agency.example/${id}` })}\n`;
  writeFileSync(path, line(1, "First"));
  const feedId = await follow("cables.ndjson");
  expect(await poll(feedId)).toMatchObject({ seen: 1 });
  expect(await poll(feedId)).toMatchObject({ seen: 0, known: 0 });
  writeFileSync(path, line(1, "First, corrected") + line(2, "Second") + line(3, "Third"));
  expect(await poll(feedId)).toMatchObject({ seen: 2, revised: 1 });
  expect(await newsroom.titles()).toEqual(["First", "Second", "Third"]);
  const [seen] = await newsroom.events("item.seen");
  expect(seen?.data).toMatchObject({ source: "cables.ndjson", link: "https://agency.example/1" });
  expect(await listFeeds(newsroom.resources.db)).toMatchObject([
    { title: "cables.ndjson", state: "ok", items: 3 },
  ]);
});

test("a mailbox is a feed: each mail is an item of its sender's, once", async () => {
  mkdirSync(join(directory, "box", "new"), { recursive: true });
  const deliver = (n: number) =>
    writeFileSync(
      join(directory, "box", "new", `${n}.a.host`),
      `Message-ID: <${n}@office.example>\nFrom: Press Office <press@office.example>\nSubject: Notice ${n}\nDate: Mon, 02 Mar 2026 10:00:00 +0000\n\nThe office says ${n}.\n`,
    );
  deliver(1);
  const feedId = await follow("box", "Press offices");
  await poll(feedId);
  deliver(2);
  await poll(feedId);
  await poll(feedId);
  const seen = await newsroom.events("item.seen");
  expect(seen.map(({ data }) => data)).toMatchObject([
    { title: "Notice 1", source: "Press offices", author: "Press Office", link: null },
    { title: "Notice 2", summary: "The office says 2.", publishedAt: "2026-03-02T10:00:00.000Z" },
  ]);
});

test("a file that vanishes is trouble that is told, and it is read again when it is back", async () => {
  writeFileSync(join(directory, "a.ndjson"), '{"id":1,"title":"First"}\n');
  const feedId = await follow("a.ndjson");
  rmSync(join(directory, "a.ndjson"));
  for (let tries = 0; tries < 3; tries++) await poll(feedId);
  const [told] = await newsroom.events("feed.degraded");
  expect(told?.data).toMatchObject({ code: "no-file" });
  expect(told?.data.reason).toMatch(/a\.ndjson does not exist on this machine\.$/);
  writeFileSync(join(directory, "a.ndjson"), '{"id":1,"title":"First"}\n');
  expect(await poll(feedId)).toMatchObject({ seen: 1 });
});

test("only who runs it names files of this machine: no list and no other caller does", async () => {
  const { db, log } = newsroom.resources;
  writeFileSync(join(directory, "secret"), "x");
  const url = `file://${directory}/secret`;
  await expect(addFeed(db, log, { url })).rejects.toThrow(BadFeedAddress);
  const opml = `<opml><body><outline xmlUrl="${url}" text="x"/><outline xmlUrl="maildir:${directory}" text="y"/></body></opml>`;
  const { added, problems } = await importOpml(db, log, opml);
  expect([added, problems.length]).toEqual([0, 2]);
  // A page that forwards to a file leads nowhere.
  newsroom.press.answer("/feed", (_, response) => response.writeHead(302, { location: url }).end());
  const feedId = await newsroom.follow("/feed");
  await poll(feedId);
  expect((await newsroom.events("feed.degraded"))[0]?.data.code).toBe("bad-address");
  expect(await resumeFeed({ db, log }, feedId)).toEqual({ resumed: false });
});
