import { addRule, message, type NewRule } from "@newsledger/alerts";
import {
  articleUnderstood,
  contentId,
  itemRevised,
  itemWithdrawn,
  type NewsEvents,
  streams,
  textHash,
  textRedacted,
} from "@newsledger/core";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { publish, type Report, textOf, understood } from "../harness/reports.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

const told: Report = {
  document: "freed",
  title: "Tomeu Vadell freed",
  text: "Tomeu Vadell was freed on Monday. His family said so.",
  occurrences: [{ code: "release" }],
};
const itemId = contentId("item", told.document);

/** A rule, two receivers of which one wants it, and an alert that has been received. */
async function alerted(rule: Partial<NewRule> = {}): Promise<NewsEvents["alert.raised"]> {
  const { ruleId } = await addRule(stage.db, {
    ...{ name: "Mine", topic: "citgo-6", entities: ["citgo-6"] },
    ...rule,
  });
  await stage.addReceiver("mine", [ruleId]);
  await stage.addReceiver("other", ["another rule"]);
  await stage.start({ lookEveryMs: 50 });
  await publish(stage, told);
  const [alert] = await until(
    () => stage.events("alert.raised"),
    (found) => found.length === 1,
    { everyMs: 20 },
  );
  await until(
    async () => stage.deliveriesTo("mine"),
    (found) => found.length === 1,
    { everyMs: 20 },
  );
  if (!alert) throw new Error("no alert");
  return alert;
}

const corrections = (count: number) =>
  until(
    () => stage.events("alert.corrected"),
    (found) => found.length >= count,
    { everyMs: 20 },
  );

/** Another article is told of: when its alert is there, everything before it has been judged. */
async function judged(): Promise<void> {
  await publish(stage, { document: "marker" });
  await until(
    () => stage.events("alert.raised"),
    (found) => found.some(({ title }) => title === "About marker"),
    { everyMs: 20 },
  );
}

const readAnew = (report: Report) =>
  stage.log.append(streams.document(contentId("document", told.document)), [
    articleUnderstood.create(understood({ ...report, document: told.document })),
  ]);

test("an edited article that no longer says it: whoever was told is told, once, in the same thread", async () => {
  const alert = await alerted();
  const edited = { ...told, text: "Tomeu Vadell is still waiting.", occurrences: [] };
  await readAnew(edited);
  await readAnew({ ...edited });
  const [corrected] = await corrections(1);
  expect(corrected).toMatchObject({
    alertId: alert.alertId,
    reason: "revised",
    what: "The article was edited: it no longer reports: release.",
  });
  await until(
    async () => stage.deliveriesTo("mine"),
    (found) => found.length === 2,
    { everyMs: 20 },
  );
  await judged();
  expect(await stage.events("alert.corrected")).toHaveLength(1);
  expect(stage.deliveriesTo("other")).toEqual([]);
  const { rows } = await sql<{ payload: string }>`
    select payload from newsledger.deliveries where kind = 'alert.corrected'`.execute(stage.db);
  expect(rows.map(({ payload }) => message.parse(JSON.parse(payload)))).toMatchObject([
    {
      type: "alert.corrected",
      data: { corrects: alert.alertId, sequence: 2, summary: told.title },
    },
  ]);
});

test("an edit of another article of the story, copy or not, is told of too", async () => {
  await alerted();
  const copy: Report = { ...told, document: "copied", source: "Mirror", joins: "freed" };
  await publish(stage, { ...copy, relation: "copy" });
  const edited = { ...copy, text: "Tomeu Vadell is still waiting.", occurrences: [] };
  await stage.log.append(streams.document(contentId("document", "copied")), [
    articleUnderstood.create(understood(edited)),
  ]);
  expect(await corrections(1)).toMatchObject([
    {
      reason: "revised",
      what: "Mirror, which told the same story: The article was edited: it no longer reports: release.",
      by: { source: "Mirror" },
    },
  ]);
});

test("an edit that changes no fact, and a new reading of the same words, are no corrections", async () => {
  await alerted();
  await readAnew({ ...told, text: "Tomeu Vadell was freed on Monday, his family said." });
  await readAnew({ ...told, occurrences: [] });
  await judged();
  expect(await stage.events("alert.corrected")).toEqual([]);
});

test("a withdrawn item is told of", async () => {
  await alerted();
  await stage.log.append(streams.item(itemId), [
    itemWithdrawn.create({
      ...{ itemId, feedId: "feed1", contentHash: textHash("x"), title: "Tomeu Vadell freed" },
      ...{ reason: "It is gone from the feed.", missingSince: "2026-03-02T12:00:00Z" },
    }),
  ]);
  expect(await corrections(1)).toMatchObject([
    { reason: "withdrawn", what: "Example Wire withdrew it: It is gone from the feed." },
  ]);
});

test("a feed that takes the name out is told of, though the item concerns nobody any more", async () => {
  await alerted();
  await stage.log.append(streams.item(itemId), [
    itemRevised.create({
      ...{ itemId, feedId: "feed1", source: "Example Wire", link: null, url: null },
      ...{ title: "Man freed", summary: "", author: null, language: "en", publishedAt: null },
      ...{ contentHash: textHash("y"), textHash: null, backfill: false },
      ...{ previousHash: textHash("x"), changed: ["title"] },
      diff: {
        title: [
          { kind: "removed", text: "Tomeu Vadell" },
          { kind: "added", text: "Man" },
          { kind: "same", text: "freed" },
        ],
      },
    }),
  ]);
  expect(await corrections(1)).toMatchObject([
    { reason: "revised", what: "The outlet's feed no longer names Tomeu Vadell: “Man freed”." },
  ]);
});

test("redacted words are told of", async () => {
  await alerted();
  const hash = textHash(textOf(told));
  await stage.log.append(streams.text(hash), [
    textRedacted.create({ textHash: hash, reason: "asked for by the family" }),
  ]);
  expect(await corrections(1)).toMatchObject([
    {
      reason: "redacted",
      what: "The words of the article were removed from the ledger: asked for by the family",
    },
  ]);
});

test("a later report that denies it is told of, with its words and its source", async () => {
  const alert = await alerted();
  const text = "Nothing of the sort: Tomeu Vadell was not freed, the ministry said.";
  await publish(stage, {
    ...{ document: "denied", source: "El Diario", text, title: "Ministry denies it" },
    publishedAt: new Date(Date.now() + 1_000),
  });
  const [corrected] = await corrections(1);
  expect(corrected).toMatchObject({
    alertId: alert.alertId,
    reason: "contradicted",
    what: `El Diario says otherwise: “${text}”`,
    by: { source: "El Diario", title: "Ministry denies it" },
  });
});

test("a correction that an outlet publishes as an article of the story is told of", async () => {
  await alerted();
  await publish(stage, {
    ...{ document: "corrected", source: "El Diario", joins: "freed", relation: "update" as const },
    title: "Correction: Vadell was freed on Sunday, not Monday",
    publishedAt: new Date(Date.now() + 1_000),
  });
  expect(await corrections(1)).toMatchObject([
    {
      reason: "revised",
      what: "El Diario has published a correction: “Correction: Vadell was freed on Sunday, not Monday”",
    },
  ]);
});

test("a later report that confirms it is no correction", async () => {
  await alerted();
  await publish(stage, {
    ...{ document: "confirmed", source: "El Diario", joins: "freed" },
    text: "Tomeu Vadell was freed, the ministry said.",
    occurrences: [{ code: "release" }],
    publishedAt: new Date(Date.now() + 1_000),
  });
  await judged();
  expect(await stage.events("alert.corrected")).toEqual([]);
});

test("in quiet hours a correction of what was told before waits, and comes by itself", async () => {
  const clock = (hours: number) =>
    new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  await alerted();
  await sql`
    update newsledger.rules set definition = definition || ${JSON.stringify({
      quietHours: { timeZone: "UTC", from: clock(-1), to: clock(5) },
    })}::jsonb`.execute(stage.db);
  await readAnew({ ...told, text: "Tomeu Vadell is still waiting.", occurrences: [] });
  await corrections(1);
  const state = async () =>
    (
      await sql<{ state: string }>`
        select state from newsledger.deliveries where kind = 'alert.corrected'`.execute(stage.db)
    ).rows[0]?.state;
  expect(await state()).toBe("held");
  await sql`update newsledger.deliveries set next_attempt_at = now() where state = 'held'`.execute(
    stage.db,
  );
  await until(state, (one) => one === "delivered", { everyMs: 20 });
});

test("reading the ledger again corrects nothing again", async () => {
  await alerted();
  await readAnew({ ...told, text: "Tomeu Vadell is still waiting.", occurrences: [] });
  await corrections(1);
  await stage.stop();
  await sql`delete from newsledger.checkpoints where name = 'alerts'`.execute(stage.db);
  await sql`truncate newsledger.alert_reports, newsledger.alert_firsts, newsledger.alert_standings, newsledger.alerts_told`.execute(
    stage.db,
  );
  await stage.start();
  await judged();
  expect(await stage.events("alert.corrected")).toHaveLength(1);
  expect(await stage.events("alert.raised")).toHaveLength(2);
});
