import {
  composeDue,
  listIssues,
  type Press,
  releaseMail,
  sendTest,
  showIssue,
} from "@newsledger/digest";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { server, setStage, stage } from "./stage.ts";

setStage();

const feeds = async () => [
  {
    title: "Example Wire",
    state: "healthy",
    lastGoodPollAt: new Date("2026-11-24T06:58:00Z"),
    reason: null,
  },
  {
    title: "El Diario",
    state: "silent",
    lastGoodPollAt: new Date("2026-11-24T06:50:00Z"),
    reason: "quiet",
  },
  { title: "Radio Norte", state: "dead", lastGoodPollAt: null, reason: "404" },
  { title: "Gone", state: "retired", lastGoodPollAt: null, reason: null },
];

const settled = (count: number) =>
  until(
    () => listIssues(stage.db),
    (found) => found.length >= count && found.every(({ state }) => state !== "planned"),
    { everyMs: 20 },
  );

test("a week without news: a sign of life that says how the feeds are and what the last find was; not sooner", async () => {
  await stage.report({ document: "old", title: "The last thing found" });
  await stage.subscribe({ topics: ["citgo-6"], heartbeat: true, timeZone: "UTC" });
  await stage.start({ smtp: server.port }, { feeds });
  await stage.comeDue();
  expect((await settled(1))[0]).toMatchObject({ state: "skipped", kind: "news" });

  await sql`update newsledger.subscriptions set confirmed_at = now() - interval '8 days'`.execute(
    stage.db,
  );
  await stage.comeDue();
  expect((await settled(2))[0]).toMatchObject({ state: "sent", kind: "heartbeat", stories: 0 });
  const [kept] = server.kept;
  expect(kept?.mail.subject).toBe("Citgo 6: nothing new, and still watching");
  for (const part of [kept?.mail.text, kept?.mail.html || ""]) {
    expect(part).toContain("2 of 3 feeds work; last read Nov 24, 2026, 06:58.");
    expect(part).toContain("In trouble: Radio Norte.");
    expect(part).toContain("The last thing found");
    expect(part).toMatch(/Tomeu Vadell(: |<\/strong><br><strong>)free/);
  }
  await stage.comeDue();
  expect((await settled(3))[0]).toMatchObject({ state: "skipped" });
});

test("without the wish there is none", async () => {
  await stage.subscribe({ topics: ["citgo-6"] });
  await sql`update newsledger.subscriptions set confirmed_at = now() - interval '80 days'`.execute(
    stage.db,
  );
  await stage.start({ smtp: server.port }, { feeds });
  await stage.comeDue();
  expect((await settled(1))[0]).toMatchObject({ state: "skipped" });
});

test("three hundred stories: the mail stays small, and its link shows all of exactly that issue", async () => {
  await stage.subscribe({ topics: ["citgo-6"] });
  for (let nth = 0; nth < 90; nth++)
    await stage.report({ document: `d${nth}`, title: `Story ${nth} ${"ñ".repeat(150)}` });
  await stage.comeDue();
  await stage.start({ smtp: server.port }, { feeds });
  const [issue] = await settled(1);
  const html = server.kept[0]?.mail.html || "";
  expect(Buffer.byteLength(html)).toBeLessThan(80_000);
  expect(html).toMatch(/\d+ more stories of this period in the full digest/);
  const link = `/digests/${issue?.issueId}`;
  expect(html).toContain(`href="https://ledger.example${link}"`);
  const page = await (await stage.request(link)).text();
  for (let nth = 0; nth < 90; nth++) expect(page).toContain(`Story ${nth} ñ`);
  await stage.report({ document: "later", title: "Not of that issue" });
  await stage.caughtUp();
  expect(await (await stage.request(link)).text()).toBe(page);
});

test("readers of the same words share one edition; each mail has its own links", async () => {
  for (const name of ["a", "b", "c"]) await stage.subscribe({ email: `${name}@example.org` });
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port }, { feeds });
  await settled(3);
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from newsledger.editions`.execute(stage.db);
  expect(rows).toEqual([{ count: 1 }]);
  const links = server.kept.map(({ mail }) => /https:\S+\/u\/\S+/.exec(mail.text ?? "")?.[0]);
  expect(new Set(links).size).toBe(3);
});

test("a test mail goes where it is told, changes nothing, and stops nobody", async () => {
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.caughtUp();
  const sent: { to: string; subject: string; html: string }[] = [];
  const transport = {
    kind: "smtp" as const,
    async send(mail: { to: { address: string }; subject: string; html: string }) {
      sent.push({ to: mail.to.address, subject: mail.subject, html: mail.html });
      return { outcome: "sent" as const };
    },
  };
  await sendTest(stage.press, transport, { subscription: "reader@example.org" }, "me@example.org");
  expect(sent).toMatchObject([{ to: "me@example.org", subject: "[Test] Citgo 6: About first" }]);
  expect(sent[0]?.html).not.toMatch(/\/u\/|unsubscribe/i);
  expect(await listIssues(stage.db)).toEqual([]);
});

test("restored from a backup, nothing is sent until a person says so, and then only what is new", async () => {
  await stage.subscribe({ topics: ["citgo-6"] });
  await stage.report({ document: "told before the backup was restored" });
  await stage.start({ smtp: server.port }, { feeds });
  await stage.stop();
  // What a restored copy looks like: the row came with the data, and names another database.
  await sql`update newsledger.mail_origin set fingerprint = 'another'`.execute(stage.db);
  await stage.comeDue();
  await stage.start({ smtp: server.port }, { feeds });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(server.kept).toEqual([]);
  expect(await composeDue(stage.press as Press, { onError() {} })).toBe(0);

  await releaseMail(stage.db, { tell: false, position: await stage.log.safePosition() });
  expect(await settled(1)).toMatchObject([{ state: "skipped", reason: "nothing new" }]);
  await stage.report({ document: "after" });
  await stage.comeDue();
  await until(
    async () => server.kept,
    (kept) => kept.length === 1,
    { everyMs: 20 },
  );
  expect(server.kept[0]?.mail.text).toContain("About after");
  expect(server.kept[0]?.mail.text).not.toContain("told before");
});

test("restored, and asked to tell everything since the backup", async () => {
  await stage.subscribe({ topics: ["citgo-6"] });
  await stage.report({ document: "since" });
  await stage.start({ smtp: server.port }, { feeds });
  await stage.stop();
  await sql`update newsledger.mail_origin set fingerprint = 'another'`.execute(stage.db);
  await stage.start({ smtp: server.port }, { feeds });
  await releaseMail(stage.db, { tell: true, position: 0n });
  await stage.comeDue();
  const [issue] = await settled(1);
  expect(server.kept[0]?.mail.text).toContain("About since");
  expect((await showIssue(stage.db, issue?.issueId ?? "")).subject).toBe("Citgo 6: About since");
});
