import { contentId, contentUuid } from "@newsledger/core";
import { getText } from "@newsledger/eventlog";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Desk, page } from "./desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const paragraphs = [
  "The six Citgo executives were taken from their homes in Caracas on Tuesday, their lawyers told reporters outside the courthouse in the evening.",
  "Tomeu Vadell and Jorge Toledo had been under house arrest since April. “We were given no warrant and no reason,” said Jesús Loreto, a lawyer for Vadell.",
  "The State Department called on Venezuela to free the men, and said that the United States would keep working for it.",
];
const published = "2021-12-10T12:00:00.000Z";

test("a matched item becomes an understood article, with its text and both topics", async () => {
  desk.publish("/a", page("Citgo 6 taken again", paragraphs));
  const url = desk.url("/a");
  const item = await desk.give(
    { title: "Citgo 6 taken again", link: url, url, publishedAt: published },
    "matched",
  );
  const [event] = await desk.await("article.understood", 1);
  expect(event?.data).toMatchObject({
    documentId: contentId("document", url),
    itemId: item.itemId,
    textFrom: "page",
    pageProblem: null,
    publishedAt: published,
    extractor: { name: "rules" },
  });
  expect(event?.data.topics.map((topic) => topic.topicId)).toEqual(["citgo-6", "us-venezuela"]);
  expect(event?.correlationId).toBe(contentUuid("item", item.itemId));
  const text = await getText(desk.resources.db, event?.data.textHash ?? "");
  expect(text).toContain(paragraphs.join("\n\n"));
  expect(text).not.toContain("All rights reserved");
  const vadell = event?.data.understanding.entities.find(({ id }) => id === "tomeu-vadell");
  const mention = vadell?.mentions[0];
  expect(text?.slice(mention?.start, mention?.end)).toBe("Tomeu Vadell");
});

test("topics that only the page showed are appended as matches from the page", async () => {
  desk.publish("/a", page("A hard night", paragraphs));
  await desk.give(
    { title: "A hard night in Caracas", link: desk.url("/a"), url: desk.url("/a") },
    "shortlisted",
  );
  const [match] = await desk.await("item.matched", 1);
  expect(match?.data).toMatchObject({ from: "page" });
  expect(match?.data.matches.map((one) => one.topicId)).toEqual(["citgo-6", "us-venezuela"]);
  await desk.await("article.understood", 1);
});

test("a shortlisted page about something else leaves nothing but finished work", async () => {
  desk.publish(
    "/water",
    page("No water", [
      "The pumps of the eastern district stopped on Monday, and people carried buckets from the river for the whole of the day while engineers looked for a spare part.",
    ]),
  );
  await desk.give(
    { title: "Sin agua en Caracas", link: desk.url("/water"), url: desk.url("/water") },
    "shortlisted",
  );
  await finished(1);
  expect(await desk.events("article.understood", "article.unreadable", "item.matched")).toEqual([]);
});

test("a page that is gone leaves the feed's own text, and the event says why", async () => {
  await desk.give(
    {
      title: "Citgo 6 taken again",
      link: desk.url("/gone"),
      url: desk.url("/gone"),
      publishedAt: published,
    },
    "matched",
    paragraphs.join("\n\n"),
  );
  const [event] = await desk.await("article.understood", 1);
  expect(event?.data.textFrom).toBe("feed");
  expect(event?.data.pageProblem).toMatch(/404/);
  expect(event?.data.understanding.occurrences.length).toBeGreaterThan(0);
});

test("a site in trouble is asked again before its page is given up", async () => {
  desk.publish("/busy", { status: 503, body: "" }, page("Citgo 6 taken again", paragraphs));
  await desk.give(
    { title: "Citgo 6 taken again", link: desk.url("/busy"), url: desk.url("/busy") },
    "matched",
  );
  await attempted("/busy", 1);
  // The pause is the work list's; here it is over at once.
  await desk.resources.queue.enqueue(await makeDue());
  const [event] = await desk.await("article.understood", 1);
  expect(event?.data.textFrom).toBe("page");
  expect(desk.requests.filter((path) => path === "/busy")).toHaveLength(2);
});

test("nothing readable anywhere is said once", async () => {
  await desk.give({ title: "Citgo 6", link: desk.url("/gone"), url: desk.url("/gone") }, "matched");
  const [event] = await desk.await("article.unreadable", 1);
  expect(event?.data.reason).toMatch(/404/);
  expect(await desk.events("article.understood")).toEqual([]);
});

test("an item without a date takes the page's", async () => {
  const head = '<meta property="article:published_time" content="2021-12-10T08:00:00-04:00">';
  desk.publish("/dated", page("Citgo 6 taken again", paragraphs, head));
  await desk.give(
    { title: "Citgo 6 taken again", link: desk.url("/dated"), url: desk.url("/dated") },
    "matched",
  );
  const [event] = await desk.await("article.understood", 1);
  expect(event?.data.publishedAt).toBe("2021-12-10T08:00:00-04:00");
  expect(event?.data.understanding.dates.map((date) => date.iso)).toContain("2021-12-07");
});

test("a link that is no web address is never fetched", async () => {
  await desk.give(
    { title: "Citgo 6", link: "file:///etc/passwd", summary: paragraphs.join(" ") },
    "matched",
  );
  const [event] = await desk.await("article.understood", 1);
  expect(event?.data.textFrom).toBe("feed");
  expect(desk.requests).toEqual([]);
});

test("two feeds with the same page give one document and one story entry", async () => {
  desk.publish("/a", page("Citgo 6 taken again", paragraphs));
  const link = desk.url("/a");
  await desk.give(
    { title: "Citgo 6 taken again", link, url: link, publishedAt: published },
    "matched",
  );
  await desk.await("story.opened", 1);
  await desk.give(
    { title: "Citgo 6 taken again", link, url: link, publishedAt: published, feedId: "feed-2" },
    "matched",
  );
  await finished(2);
  expect(await desk.events("article.understood")).toHaveLength(1);
  expect(await desk.events("story.opened", "story.joined")).toHaveLength(1);
});

/** Waits until so much work is done. */
async function finished(count: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ done: string }>`
      select count(*) as done from newsledger.work where state = 'done'`.execute(desk.resources.db);
    if (Number(rows[0]?.done) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function attempted(path: string, count: number): Promise<void> {
  while (desk.requests.filter((one) => one === path).length < count)
    await new Promise((resolve) => setTimeout(resolve, 30));
}

async function makeDue() {
  for (;;) {
    const { rows } = await sql<{ job: string; key: string; data: unknown }>`
      update newsledger.work set next_attempt_at = now()
      where state = 'due' and starts > 0 and lease_until is null
      returning job, key, data`.execute(desk.resources.db);
    if (rows.length > 0) return rows;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
