import { articleUnderstood, streams, type Understanding } from "@newsledger/core";
import { redactText } from "@newsledger/eventlog";
import { loadKnowledge, loadTopics } from "@newsledger/extraction";
import { reread } from "@newsledger/extractor/reread";
import { listArticles, listOccurrences } from "@newsledger/readmodels";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idsOf, type Ledger, occurred, openLedger } from "./coverage.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openLedger();
});
afterEach(() => ledger[Symbol.asyncDispose]());

const knowledge = loadKnowledge();
const topics = loadTopics();
const next = { name: "rules", version: "2", knowledgeVersion: "1" };

/** Version 2 finds in every text that somebody was freed in March, which version 1 had read as an arrest. */
const understandAsVersion2 = (): Understanding => ({
  language: "en",
  entities: [],
  dates: [],
  quotes: [],
  occurrences: [occurred("release", "2022-03-08")],
});

const readAgain = (changes: Partial<Parameters<typeof reread>[2]> = {}) =>
  reread(ledger.log, ledger.database.db, {
    ...{ knowledge, topics, version: next, understand: understandAsVersion2 },
    ...changes,
  });

const article = (key: string, publishedAt = "2022-03-09T12:00:00Z") => ({
  key,
  title: `Citgo 6: ${key}`,
  publishedAt,
  occurrences: [occurred("arrest", "2022-03-08")],
});

async function understandings(key: string) {
  const found = [];
  for await (const event of ledger.log.readStream(streams.document(idsOf(key).documentId)))
    if (event.type === "article.understood") found.push(event);
  return found;
}

async function codesAt(knownAt?: bigint, asOf?: string): Promise<string[]> {
  await ledger.caughtUp();
  const { items } = await listOccurrences(ledger.database.db, { knownAt, asOf });
  return items.map(({ code }) => code).toSorted();
}

test("a newer extractor's reading stands beside the older one, and readers are shown the newer", async () => {
  await ledger.tell(article("one"));
  const then = await ledger.log.safePosition();
  expect(await readAgain()).toEqual({
    ...{ articles: 1, upToDate: 0, redacted: 0, reread: 1, changed: 1 },
  });
  const [first, second] = await understandings("one");
  expect([first?.data.extractor.version, second?.data.extractor]).toEqual(["1", next]);
  expect(second?.causationId).toBe(first?.id);
  expect(second?.data).toEqual({
    ...first?.data,
    ...{ extractor: next, understanding: understandAsVersion2() },
    topics: second?.data.topics,
  });
  expect(await codesAt()).toEqual(["release"]);
  expect(await codesAt(then)).toEqual(["arrest"]);
  const { items } = await listArticles(ledger.database.db, {});
  expect(items.map(({ extractor }) => extractor)).toEqual(["rules@2+1"]);
});

test("asked as of a day, an article that was read anew is as old as it was", async () => {
  await ledger.tell(article("early", "2022-03-09T12:00:00Z"));
  await ledger.tell(article("late", "2022-03-12T12:00:00Z"));
  const then = await ledger.log.safePosition();
  await readAgain();
  expect(await codesAt(undefined, "2022-03-08")).toEqual([]);
  expect(await codesAt(undefined, "2022-03-10")).toEqual(["release"]);
  expect(await codesAt(then, "2022-03-10")).toEqual(["arrest"]);
});

test("what was read by this version is left alone, so that a run that broke off is simply run again", async () => {
  await ledger.tell(article("one"));
  await ledger.tell(article("two"));
  await readAgain();
  const before = await ledger.log.safePosition();
  expect(await readAgain()).toMatchObject({ articles: 2, upToDate: 2, reread: 0 });
  expect(await ledger.log.safePosition()).toBe(before);
});

test("the reading of one text by one version is one event, whichever ledger it is made in", async () => {
  await ledger.tell(article("one"));
  await readAgain();
  await using other = await openLedger();
  await other.tell(article("one"));
  await reread(other.log, other.database.db, {
    ...{ knowledge, topics, version: next, understand: understandAsVersion2 },
  });
  const [, mine] = await understandings("one");
  const stream = streams.document(idsOf("one").documentId);
  const theirs = [];
  for await (const event of other.log.readStream(stream)) theirs.push(event.id);
  expect(theirs[1]).toBe(mine?.id);
});

test("a dry run says what would change and writes nothing; redacted words cannot be read again", async () => {
  await ledger.tell(article("one"));
  await ledger.tell(article("two"));
  const [gone] = await understandings("two");
  await ledger.database.db
    .transaction()
    .execute((trx) => redactText(trx, gone?.data.textHash ?? ""));
  const before = await ledger.log.safePosition();
  const progress: number[] = [];
  const counted = await readAgain({
    dryRun: true,
    onProgress: (articles) => progress.push(articles),
  });
  expect(counted).toEqual({
    ...{ articles: 2, upToDate: 0, redacted: 1, reread: 1, changed: 1 },
  });
  expect(progress.at(-1)).toBe(2);
  expect(await ledger.log.safePosition()).toBe(before);
});

test("of an article that was edited, the last text is read", async () => {
  await ledger.tell(article("one"));
  const [first] = await understandings("one");
  if (!first) throw new Error("no article");
  const title = "Citgo 6: one, corrected";
  await ledger.log.append(first.stream, [articleUnderstood.create({ ...first.data, title })]);
  await readAgain();
  const all = await understandings("one");
  expect(all.map(({ data }) => [data.extractor.version, data.title])).toEqual([
    ["1", "Citgo 6: one"],
    ["1", title],
    ["2", title],
  ]);
});

test("topics are those that the item's own words showed, and those that the page shows to the newer extractor", async () => {
  await ledger.tell({
    ...article("one"),
    text: "Crystallex waits for the sale of Citgo in Delaware.",
  });
  await readAgain();
  const [, second] = await understandings("one");
  expect(second?.data.topics.map(({ topicId }) => topicId)).toEqual(["citgo-6", "us-venezuela"]);
});
