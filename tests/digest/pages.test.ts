import {
  digestRoutes,
  listIssues,
  listSubscribers,
  seedLocalSubscription,
} from "@newsledger/digest";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { MailServer } from "./mail-server.ts";
import { setStage, stage } from "./stage.ts";

setStage();

const token = async (): Promise<string> => {
  const { rows } = await sql<{ token: string }>`
    select unsubscribe_token as token from newsledger.subscriptions`.execute(stage.db);
  return rows[0]?.token ?? "";
};
const enabled = async () => (await listSubscribers(stage.db))[0]?.enabled;

test("the token is short, random and one per subscription", async () => {
  await stage.subscribe({ email: "a@example.org" });
  await stage.subscribe({ email: "b@example.org" });
  const { rows } = await sql<{ token: string }>`
    select unsubscribe_token as token from newsledger.subscriptions`.execute(stage.db);
  expect(rows.map((row) => row.token.length)).toEqual([22, 22]);
  expect(rows[0]?.token).not.toBe(rows[1]?.token);
});

test("looking at the link asks, and unsubscribes nobody", async () => {
  await stage.subscribe();
  const path = `/u/${await token()}`;
  for (const method of ["GET", "HEAD"]) {
    const answer = await stage.request(path, { method });
    expect(answer.status).toBe(200);
  }
  const page = await (await stage.request(path)).text();
  expect(page).toContain('<form method="post"');
  expect(await enabled()).toBe(true);
});

test("a one-click POST stops the digest at once: 200, no cookie, no redirect, and safe to repeat", async () => {
  await stage.subscribe();
  const path = `/u/${await token()}`;
  for (let i = 0; i < 2; i++) {
    const answer = await stage.request(path, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("location")).toBeNull();
    expect(await enabled()).toBe(false);
  }
});

test("the page speaks the reader's language", async () => {
  await stage.subscribe({ language: "es" });
  const page = await (await stage.request(`/u/${await token()}`)).text();
  expect(page).toContain('<html lang="es">');
  expect(page).toContain("Darme de baja");
});

test.each(["GET", "POST"])("a token that nobody has is a page that says so: %s", async (method) => {
  await stage.subscribe();
  const answer = await stage.request("/u/AAAAAAAAAAAAAAAAAAAAAA", { method });
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("This link is not valid.");
  expect(await enabled()).toBe(true);
});

test("who unsubscribed gets nothing more, also what was already composed", async () => {
  await using server = await MailServer.open();
  server.answers.push({ data: 451 });
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  await until(
    () => listIssues(stage.db),
    ([issue]) => issue?.attempts === 1,
    { everyMs: 20 },
  );
  await stage.request(`/u/${await token()}`, { method: "POST" });
  await until(
    async () => {
      await stage.hurry();
      return listIssues(stage.db);
    },
    ([issue]) => issue?.state === "skipped",
    { everyMs: 50 },
  );
  expect(server.kept).toEqual([]);
});

test("a digest's page is that digest for everyone, without the reader's link", async () => {
  await using server = await MailServer.open();
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  const [issue] = await until(
    () => listIssues(stage.db),
    ([found]) => found?.state === "sent",
  );
  const answer = await stage.request(`/digests/${issue?.issueId}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const page = await answer.text();
  expect(page).toContain("About first");
  expect(page).not.toContain(await token());
  expect(page).not.toMatch(/unsubscribe/i);
  expect(page).not.toContain("\u{f0000}");
  expect((await stage.request("/digests/unknown")).status).toBe(404);
});

test("a new installation has one reader on this machine, and gets no second one", async () => {
  await seedLocalSubscription(stage.db, stage.log);
  await seedLocalSubscription(stage.db, stage.log);
  expect(await listSubscribers(stage.db)).toMatchObject([
    {
      email: "reader@localhost",
      topics: ["citgo-6", "us-venezuela"],
      schedule: "daily",
      at: "07:00",
    },
  ]);
});

test("where somebody reads already, no local reader is made", async () => {
  await stage.subscribe();
  await seedLocalSubscription(stage.db, stage.log);
  expect(await listSubscribers(stage.db)).toHaveLength(1);
});

test.each([
  { email: "a@b, c@d" },
  { email: "reader@example.org\r\nBcc: x@y" },
  { topics: [] },
  { timeZone: "Nowhere/Else" },
  { at: "25:61" },
  { schedule: "whenever" },
])("a subscription with %j is refused", async (changes) => {
  await expect(stage.subscribe(changes)).rejects.toThrow();
  expect(await listSubscribers(stage.db)).toEqual([]);
});

test("an address is one reader, however it is written", async () => {
  await stage.subscribe({ email: "Reader@example.org" });
  await expect(stage.subscribe({ email: "reader@EXAMPLE.org" })).rejects.toThrow(/already/);
});

test("the pages' headers stay with the pages, wherever they are mounted", async () => {
  const app = digestRoutes(stage.press);
  app.get("/elsewhere", (context) => context.text("ours"));
  const elsewhere = await app.request("/elsewhere");
  expect(elsewhere.headers.get("content-security-policy")).toBeNull();
  const here = await app.request("/u/nobody");
  expect(here.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(here.headers.get("referrer-policy")).toBe("no-referrer");
});
