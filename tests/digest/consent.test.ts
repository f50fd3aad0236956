import { inviteSubscriber, listIssues, listSubscribers, sendNow } from "@newsledger/digest";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { server, setStage, stage } from "./stage.ts";

setStage();

const mails = (count: number) =>
  until(
    async () => server.kept,
    (kept) => kept.length >= count,
    { everyMs: 20 },
  );

const signUp = (fields: Record<string, string> = {}) =>
  stage.request("/subscribe", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      email: "new@example.org",
      topics: "citgo-6",
      timeZone: "America/Chicago",
      ...fields,
    }).toString(),
  });

const linkIn = (text: string | undefined): string =>
  new URL(/https:\S+\/confirm\/\S+/.exec(text ?? "")?.[0] ?? "").pathname;

async function askedByMail(): Promise<string> {
  await stage.start({ smtp: server.port });
  const [kept] = await mails(1);
  return linkIn(kept?.mail.text);
}

test("the page asks for an address without a script, and offers every topic", async () => {
  const answer = await stage.request("/subscribe?topic=us-venezuela");
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expect(page).toContain('<form method="post"');
  expect(page).toContain('value="us-venezuela" checked');
  expect(page).toContain('value="citgo-6"');
  expect(page).not.toMatch(/<script/);
  const spanish = await stage.request("/subscribe", { headers: { "accept-language": "es-VE" } });
  expect(await spanish.text()).toContain("Recibir el boletín por correo");
});

test("asked for on the page: a question comes, nothing else does before a yes, and looking is no yes", async () => {
  expect((await signUp()).status).toBe(202);
  const link = await askedByMail();
  expect(server.kept[0]?.raw).not.toMatch(/^List-Unsubscribe/m);
  await stage.report({ document: "before" });
  await stage.comeDue();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(server.kept).toHaveLength(1);
  await expect(sendNow(stage.press, "new@example.org")).rejects.toThrow(/not confirmed/);

  const page = await stage.request(link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<form method="post"');
  expect((await listSubscribers(stage.db))[0]?.confirmedAt).toBeNull();

  expect((await stage.request(link, { method: "POST" })).status).toBe(200);
  expect((await listSubscribers(stage.db))[0]?.confirmedAt).toBeInstanceOf(Date);
  await stage.report({ document: "after" });
  await stage.comeDue();
  const [, digest] = await mails(2);
  expect(digest?.mail.text).toContain("About after");
  expect(digest?.mail.text).not.toContain("About before");
  expect((await stage.request(link, { method: "POST" })).status).toBe(404); // a link is used once
});

test("whatever is known of an address, the page answers the same", async () => {
  await stage.subscribe({ email: "known@example.org", topics: ["citgo-6"] });
  await stage.subscribe({ email: "bounced@example.org", topics: ["citgo-6"] });
  await sql`
    update newsledger.subscribers set suppressed_reason = 'gone'
    where email = 'bounced@example.org'`.execute(stage.db);
  const answers = [];
  for (const email of [
    "known@example.org",
    "KNOWN@example.org",
    "bounced@example.org",
    "new@example.org",
  ]) {
    const answer = await signUp({ email });
    answers.push([answer.status, await answer.text(), [...answer.headers].sort().join()].join());
  }
  expect(new Set(answers).size).toBe(1);
  expect((await listIssues(stage.db)).map(({ kind }) => kind)).toEqual(["confirmation"]);
});

test("an address is asked three times a day, whoever enters it; one client thirty times an hour", async () => {
  for (let nth = 0; nth < 5; nth++) expect((await signUp()).status).toBe(202);
  expect(await listIssues(stage.db)).toHaveLength(3);
  const refused: number[] = [];
  for (let nth = 0; nth < 28; nth++) refused.push((await signUp({ email: "" })).status);
  expect(refused.slice(0, 25)).toEqual(Array(25).fill(400));
  expect(refused.at(-1)).toBe(429);
});

test.each([
  { email: "a@b, c@d" },
  { email: "x@example.org\r\nBcc: y@example.org" },
  { topics: "nothing-like-it" },
  { timeZone: "Mars/Olympus" },
  { at: "99:99" },
])("%j is refused with a sentence, and nobody is asked", async (fields) => {
  const answer = await signUp(fields);
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/did not work/);
  expect(await listIssues(stage.db)).toEqual([]);
});

test("a program that fills in what people do not see is thanked, and forgotten", async () => {
  expect((await signUp({ website: "https://spam.example" })).status).toBe(202);
  expect(await listSubscribers(stage.db)).toEqual([]);
});

test("JSON is taken too", async () => {
  const answer = await stage.request("/subscribe", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ email: "json@example.org", topics: ["citgo-6"], language: "es" }),
  });
  expect(answer.status).toBe(202);
  expect((await listSubscribers(stage.db))[0]).toMatchObject({ language: "es", confirmedAt: null });
});

test("asked on the command line, in the reader's language; a link that is too old says so, and the address is forgotten", async () => {
  await inviteSubscriber(stage.press, {
    email: "ana@example.org",
    topics: ["citgo-6"],
    language: "es",
    timeZone: "America/Caracas",
  });
  const link = await askedByMail();
  expect(server.kept[0]?.mail.subject).toBe("Por favor, confirme: boletín de Los seis de Citgo");
  await sql`update newsledger.confirmations set expires_at = now() - interval '2 days'`.execute(
    stage.db,
  );
  expect((await stage.request(link, { method: "POST" })).status).toBe(404);
  await sql`update newsledger.subscriptions set created_at = now() - interval '5 days'`.execute(
    stage.db,
  );
  await sql`update newsledger.subscribers set created_at = now() - interval '5 days'`.execute(
    stage.db,
  );
  await until(
    () => listSubscribers(stage.db),
    (found) => found.length === 0,
    { everyMs: 50 },
  );
  const { rows } = await sql`select from newsledger.subscribers`.execute(stage.db);
  expect(rows).toEqual([]);
});

test("who unsubscribed and asks again is asked, and gets what comes after the yes", async () => {
  const { subscriptionId } = await stage.subscribe({
    email: "new@example.org",
    topics: ["citgo-6"],
  });
  await sql`update newsledger.subscriptions set enabled = false`.execute(stage.db);
  await signUp();
  const link = await askedByMail();
  await stage.request(link, { method: "POST" });
  expect(await listSubscribers(stage.db)).toMatchObject([{ subscriptionId, enabled: true }]);
});

test("the question is not among the digests that anyone can read", async () => {
  await signUp();
  const [{ issueId } = { issueId: "" }] = await listIssues(stage.db);
  expect((await stage.request(`/digests/${issueId}`)).status).toBe(404);
});

test("one reader, two cases: each mail stops its own, one topic of several, or all", async () => {
  await stage.subscribe({ topics: ["citgo-6"] });
  await stage.subscribe({ topics: ["us-venezuela", "citgo-6"] });
  const tokens = async () => {
    const { rows } = await sql<{ token: string; all: string }>`
      select unsubscribe_token as token, stop_all_token as all
      from newsledger.subscriptions join newsledger.subscribers using (subscriber_id)
      order by subscriptions.created_at`.execute(stage.db);
    return rows;
  };
  const state = async () =>
    (await listSubscribers(stage.db)).map(({ topics, enabled }) =>
      enabled ? topics.join("+") : "off",
    );
  const post = (token: string, body: string) =>
    stage.request(`/u/${token}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    });
  const [one, two] = await tokens();
  await post(two?.token ?? "", "topic=citgo-6");
  expect(await state()).toEqual(["citgo-6", "us-venezuela"]);
  await post(one?.token ?? "", "List-Unsubscribe=One-Click");
  expect(await state()).toEqual(["off", "us-venezuela"]);
  await post(one?.all ?? "", "List-Unsubscribe=One-Click");
  expect(await state()).toEqual(["off", "off"]);
});
