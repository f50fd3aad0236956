import { listIssues, previewDigest, sendNow, showIssue } from "@newsledger/digest";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage, server, setStage, stage } from "./stage.ts";

setStage();

const mails = (count: number) =>
  until(
    async () => server.kept,
    (kept) => kept.length >= count,
    { everyMs: 20 },
  );
const issues = (count: number) =>
  until(
    () => listIssues(stage.db),
    (found) => found.filter(({ state }) => state !== "planned").length >= count,
    { everyMs: 20 },
  );

test("what is new since the last digest, and only that, is in the next", async () => {
  await stage.report({ document: "before" }); // before the reader came
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  const [one] = await mails(1);
  expect(one?.mail.subject).toBe("Citgo 6: About first");
  expect(one?.mail.text).not.toContain("About before");

  await stage.report({ document: "second" });
  await stage.comeDue();
  const [, two] = await mails(2);
  expect(two?.mail.subject).toBe("Citgo 6: About second");
  expect(two?.mail.text).not.toContain("About first");
});

test("a further report of a story that was told before is told as its development", async () => {
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  await mails(1);
  await stage.report({ document: "again", joins: "first", source: "El Diario" });
  await stage.comeDue();
  const [, two] = await mails(2);
  expect(two?.mail.text).toContain("About first [Developed]");
  expect(two?.mail.text).toContain("2 independent reports");
  expect(two?.mail.text).toContain("El Diario: About again");
});

test("the case's status stands before the news, on someone's word", async () => {
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  const [{ mail } = { mail: undefined }] = await mails(1);
  const text = mail?.text ?? "";
  expect(text.indexOf("Tomeu Vadell: free")).toBeGreaterThan(0);
  expect(text.indexOf("Tomeu Vadell: free")).toBeLessThan(text.indexOf("About first ["));
  expect(text).toContain("reported by one source: Example Wire");
  expect(text).toContain("Jorge Toledo: no report on custody yet");
});

test("nothing new: no mail, the ledger says so, and the window is not looked at again", async () => {
  await stage.subscribe();
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  const [skipped] = await issues(1);
  expect(skipped).toMatchObject({ state: "skipped", reason: "nothing new", stories: 0 });
  expect(await stage.events("digest.skipped")).toMatchObject([
    { issueId: skipped?.issueId, reason: "nothing new" },
  ]);
  await stage.report({ document: "first" });
  await stage.comeDue();
  await mails(1);
  expect(server.kept).toHaveLength(1);
  // The mail is out before the ledger says so.
  const [sent] = await until(
    () => stage.events("digest.sent"),
    (found) => found.length === 1,
  );
  const [empty] = await stage.events("digest.skipped");
  expect(sent?.from).toBe(empty?.to);
});

test("many missed runs are one digest, and the next is due in the reader's own time", async () => {
  await stage.subscribe({ timeZone: "America/Caracas", at: "07:00" });
  await stage.report({ document: "first" });
  await stage.caughtUp();
  await sql`update newsledger.subscriptions set next_due_at = now() - interval '10 days'`.execute(
    stage.db,
  );
  await stage.start({ smtp: server.port });
  await mails(1);
  const { rows } = await sql<{ local: string; ahead: boolean }>`
    select to_char(next_due_at at time zone 'America/Caracas', 'HH24:MI') as local, next_due_at > now() as ahead
    from newsledger.subscriptions`.execute(stage.db);
  expect(rows).toEqual([{ local: "07:00", ahead: true }]);
  await issues(1);
  expect(await listIssues(stage.db)).toHaveLength(1);
});

test("two services side by side compose and send each issue once", async () => {
  for (const name of ["a", "b", "c", "d"]) await stage.subscribe({ email: `${name}@example.org` });
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  await using second = await Stage.beside(stage);
  await second.start({ smtp: server.port });
  await issues(4);
  expect(
    server.kept.map(({ mail }) => (Array.isArray(mail.to) ? "" : mail.to?.text)).toSorted(),
  ).toEqual(["a", "b", "c", "d"].map((name) => `${name}@example.org`));
});

test("each reader gets their own topics and language", async () => {
  await stage.subscribe({ email: "es@example.org", language: "es", topics: ["us-venezuela"] });
  await stage.subscribe({ email: "en@example.org", topics: ["citgo-6"] });
  await stage.report({ document: "six", topic: "citgo-6" });
  await stage.report({ document: "both", topic: "us-venezuela" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  const subjects = (await mails(2)).map(({ mail }) => mail.subject).toSorted();
  expect(subjects).toEqual(["Citgo 6: About six", "EE. UU. y Venezuela: About both"]);
});

test("a digest out of turn is sent at once and leaves the schedule alone", async () => {
  const { subscriptionId, nextDueAt } = await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.start({ smtp: server.port });
  await stage.caughtUp();
  const composed = await sendNow(stage.press, "READER@example.org");
  expect(composed).toMatchObject({ outcome: "planned", stories: 1 });
  await mails(1);
  await issues(1);
  expect(await sendNow(stage.press, subscriptionId)).toMatchObject({ outcome: "skipped" });
  const { rows } = await sql<{ next_due_at: Date }>`
    select next_due_at from newsledger.subscriptions`.execute(stage.db);
  expect(rows[0]?.next_due_at).toEqual(nextDueAt);
});

test("a preview tells what would be sent, changes nothing, and holds no reader's link", async () => {
  const { subscriptionId } = await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.caughtUp();
  const preview = await previewDigest(stage.press, { subscription: subscriptionId });
  expect(preview?.subject).toBe("Citgo 6: About first");
  expect(preview?.html).not.toMatch(/unsubscribe/i);
  expect(preview?.text).not.toMatch(/unsubscribe/i);
  expect(await previewDigest(stage.press, { topics: ["us-venezuela"] })).toBeNull();
  expect(await listIssues(stage.db)).toEqual([]);
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  expect((await mails(1))[0]?.mail.subject).toBe(preview?.subject);
});

test("an issue can be read again for ever, as it was sent", async () => {
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  await mails(1);
  const [line] = await issues(1);
  const before = await showIssue(stage.db, line?.issueId ?? "");
  await stage.report({ document: "again", joins: "first", title: "Changed" });
  await stage.caughtUp();
  expect(await showIssue(stage.db, line?.issueId ?? "")).toEqual(before);
  expect(before.html).toContain("About first");
});
