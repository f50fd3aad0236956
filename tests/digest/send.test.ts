import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  composeDue,
  liftSuppression,
  listIssues,
  listSubscribers,
  removeSubscriber,
  smtpTransport,
} from "@newsledger/digest";
import { sql } from "kysely";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { createSmtpSink } from "../tools/smtp-sink.mjs";
import { server, setStage, stage } from "./stage.ts";

setStage();

const inState = (state: string, count = 1) =>
  until(
    () => listIssues(stage.db),
    (found) => found.filter((issue) => issue.state === state).length >= count,
    { everyMs: 20 },
  );

/** Once the issue was tried, it is tried again at once, until it is in this state. */
const hurriedInto = (state: string, count = 1) =>
  until(
    async () => {
      await stage.hurry();
      return listIssues(stage.db);
    },
    (found) => found.filter((issue) => issue.state === state).length >= count,
    { everyMs: 100 },
  );

const cursor = async (): Promise<string | undefined> => {
  const { rows } = await sql<{
    cursor: string;
  }>`select cursor from newsledger.subscriptions`.execute(stage.db);
  return rows[0]?.cursor;
};

async function readerWithNews(document = "first"): Promise<void> {
  await stage.subscribe();
  await stage.report({ document });
  await stage.comeDue();
}

test("the mail has both parts, the headers of a list, and addresses that are one each", async () => {
  await stage.subscribe({ name: "Prado, Ana" });
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  const [issue] = await inState("sent");
  const [{ raw, mail } = { raw: "", mail: undefined }] = server.kept;
  expect(mail?.from?.value).toEqual([{ name: "Newsledger", address: "news@ledger.example" }]);
  expect(mail?.to).toMatchObject({
    value: [{ name: "Prado, Ana", address: "reader@example.org" }],
  });
  expect(mail?.messageId).toBe(`<${issue?.issueId}@ledger.example>`);
  expect(mail?.text).toContain("About first");
  expect(mail?.html).toContain("About first");
  const { rows } = await sql<{ token: string }>`
    select unsubscribe_token as token from newsledger.subscriptions`.execute(stage.db);
  const link = `https://ledger.example/u/${rows[0]?.token}`;
  expect(`\r\n${raw}`).toContain(
    `\r\nList-Unsubscribe: <${link}>, <mailto:news@ledger.example?subject=unsubscribe%20${rows[0]?.token}>\r\n`,
  );
  expect(raw).toContain("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
  expect(raw).toContain("\r\nAuto-Submitted: auto-generated\r\n");
  expect(raw).toMatch(/\r\nList-ID: <digest\.ledger\.example>\r\n/i);
  expect(mail?.html).toContain(`href="${link}"`);
  expect(mail?.text).toContain(link);
  expect(await stage.events("digest.sent")).toMatchObject([
    { issueId: issue?.issueId, messageId: mail?.messageId, transport: "smtp", stories: 1 },
  ]);
});

test("a headline cannot write headers", async () => {
  await stage.subscribe();
  await stage.report({
    document: "hostile",
    title: "News\r\nBcc: victim@example.org\r\nX-Injected: 1\r\n\r\n<b>body</b>",
    source: "Wire\r\nSubject: other",
  });
  await stage.comeDue();
  await using sink = await withSink();
  await stage.start({ smtp: sink.port });
  await inState("sent");
  expect(sink.summary()).toMatchObject({ accepted: 1, injected: 0, bareLf: 0 });
  expect(sink.mails[0]?.rcpt).toEqual(["<reader@example.org>"]);
});

test("451 after the data, then ok: one mail, and the cursor moves only then", async () => {
  server.answers.push({ data: 451 });
  await readerWithNews();
  const before = await cursor();
  await stage.start({ smtp: server.port });
  await until(
    () => listIssues(stage.db),
    ([issue]) => issue?.attempts === 1,
    { everyMs: 20 },
  );
  expect(await listIssues(stage.db)).toMatchObject([
    { state: "planned", reason: expect.stringContaining("try again later") },
  ]);
  expect(await cursor()).toBe(before);
  await hurriedInto("sent");
  expect(server.kept).toHaveLength(1);
  const [sent] = await stage.events("digest.sent");
  expect(await cursor()).toBe(sent?.to);
});

test("550 at the door: the address is written to no more, the ledger says why without naming it, and once that is lifted nothing is missing", async () => {
  server.answers.push({ rcpt: 550 });
  await readerWithNews();
  await stage.start({ smtp: server.port });
  const [failed] = await inState("failed");
  expect(failed?.reason).toContain("no such mailbox");
  expect(await stage.events("digest.failed")).toMatchObject([{ issueId: failed?.issueId }]);
  const [reader] = await listSubscribers(stage.db);
  expect(reader?.suppressedReason).toContain("no such mailbox");
  await stage.report({ document: "second" });
  await stage.comeDue();
  await new Promise((resolve) => setTimeout(resolve, 500)); // ten rounds of looking
  expect(server.tries).toBe(1);

  expect(await liftSuppression(stage.db, reader?.subscriberId ?? "")).toBe(true);
  await inState("sent");
  expect(server.kept[0]?.mail.text).toContain("About first");
  expect(server.kept[0]?.mail.text).toContain("About second");
});

test("554 after the data stops the address too", async () => {
  server.answers.push({ data: 554 });
  await readerWithNews();
  await stage.start({ smtp: server.port });
  await inState("failed");
  expect((await listSubscribers(stage.db))[0]?.suppressedReason).toContain("no such mailbox");
});

/** The mailbox puts the digest off, for a day, until it is given up. */
async function putOffForADay(count: number): Promise<void> {
  await until(
    () => listIssues(stage.db),
    (found) => found.some(({ state, attempts }) => state === "planned" && attempts === 1),
    { everyMs: 20 },
  );
  await sql`
    update newsledger.issues set composed_at = now() - interval '25 hours'
    where state = 'planned'`.execute(stage.db);
  await hurriedInto("failed", count);
}

test("450 for a day, three times in thirty days and nothing taken in between: written to no more", async () => {
  await readerWithNews();
  server.answers.push({ rcpt: 450 }, "ok");
  await stage.start({ smtp: server.port });
  await putOffForADay(1);
  await inState("sent"); // the next one tells at once what this one could not
  server.answers.push({ rcpt: 450 }, { rcpt: 450 }, { rcpt: 450 });
  await stage.report({ document: "second" });
  await stage.comeDue();
  await putOffForADay(2);
  await putOffForADay(3);
  expect((await listSubscribers(stage.db))[0]?.suppressedReason).toBeNull();
  await putOffForADay(4);
  const [reader] = await listSubscribers(stage.db);
  expect(reader?.suppressedReason).toContain("3 digests in 30 days were put off");
});

test("a mail server of ours that does not let us in suppresses nobody", async () => {
  server.answers.push({ from: 550 }, { from: 550 });
  await readerWithNews();
  await stage.start({ smtp: server.port });
  await until(
    () => listIssues(stage.db),
    ([issue]) => issue?.attempts === 1,
    { everyMs: 20 },
  );
  expect(await listIssues(stage.db)).toMatchObject([{ state: "planned" }]);
  expect((await listSubscribers(stage.db))[0]?.suppressedReason).toBeNull();
});

test("each issue comes back to an address of its own; a server that wants the plain sender gets it", async () => {
  await readerWithNews();
  await stage.start({ smtp: server.port });
  const [first] = await inState("sent");
  expect(server.senders).toEqual([
    expect.stringMatching(`^news\\+${first?.issueId}\\.[0-9a-f]{10}@ledger\\.example$`),
  ]);
  server.answers.push({ from: 553 });
  await stage.report({ document: "second" });
  await stage.comeDue();
  await inState("sent", 2);
  expect(server.senders.at(-1)).toBe("news@ledger.example");
});

test("an answer that was lost is `unknown`, and the same mail goes out again under the same Message-ID", async () => {
  server.answers.push("lost");
  await readerWithNews();
  await stage.start({ smtp: server.port });
  await inState("unknown");
  await hurriedInto("sent");
  const [one, two, ...more] = server.kept;
  expect(more).toEqual([]);
  expect(two?.raw).toBe(one?.raw);
  expect(await stage.events("digest.sent")).toHaveLength(1);
});

test("a server that is not there is tried again, and nothing is called unknown", async () => {
  await readerWithNews();
  const { port } = server;
  await server[Symbol.asyncDispose]();
  await stage.start({ smtp: port });
  await until(
    () => listIssues(stage.db),
    ([issue]) => issue?.attempts === 1,
    { everyMs: 20 },
  );
  expect(await listIssues(stage.db)).toMatchObject([{ state: "planned" }]);
});

test("a process that was killed twenty times over the same digest does not make it another", async () => {
  await readerWithNews();
  await composeDue(stage.press, {
    onError(_id, error) {
      throw error;
    },
  });
  const [planned] = await listIssues(stage.db);
  await sql`update newsledger.work set starts = 20 where job = 'send-digest'`.execute(stage.db);
  await stage.start({ smtp: server.port });
  const [sent] = await inState("sent");
  expect(sent?.issueId).toBe(planned?.issueId);
  expect(server.kept).toHaveLength(1);
});

test("killed between the send and the commit: once more, with the same Message-ID and the same bytes", async () => {
  await readerWithNews();
  const transport = smtpTransport(`smtp://127.0.0.1:${server.port}`);
  let sends = 0;
  await stage.start(
    {},
    {
      transport: {
        kind: "smtp",
        async send(mail) {
          const result = await transport.send(mail);
          sends += 1;
          if (sends === 1) throw new Error("the process ends here");
          return result;
        },
      },
    },
  );
  await until(
    async () => sends,
    (count) => count === 1,
    { everyMs: 20 },
  );
  expect(await stage.events("digest.sent")).toEqual([]);
  await hurriedInto("sent");
  expect(server.kept).toHaveLength(2);
  expect(server.kept[1]?.raw).toBe(server.kept[0]?.raw);
  expect(await stage.events("digest.sent")).toHaveLength(1);
});

test("a restart between composing and sending loses nothing", async () => {
  server.answers.push({ data: 451 });
  await readerWithNews();
  await stage.start({ smtp: server.port });
  await until(
    () => listIssues(stage.db),
    ([issue]) => issue?.attempts === 1,
    { everyMs: 20 },
  );
  await stage.stop();
  await stage.start({ smtp: server.port });
  await hurriedInto("sent");
  expect(server.kept).toHaveLength(1);
});

test("issues of one subscription are one conversation", async () => {
  await readerWithNews();
  await stage.start({ smtp: server.port });
  await inState("sent");
  await stage.report({ document: "second" });
  await stage.comeDue();
  await inState("sent", 2);
  const [one, two] = server.kept;
  expect(one?.mail.inReplyTo).toBeUndefined();
  expect(two?.mail.inReplyTo).toBe(one?.mail.messageId);
  expect(two?.mail.references).toEqual(one?.mail.messageId);
});

test("a reader who is erased leaves no address, and what was planned is not sent", async () => {
  server.answers.push({ data: 451 });
  await readerWithNews();
  await stage.start({ smtp: server.port });
  await until(
    () => listIssues(stage.db),
    ([issue]) => issue?.attempts === 1,
    { everyMs: 20 },
  );
  await removeSubscriber(stage.db, "reader@example.org");
  await hurriedInto("skipped");
  expect(server.kept).toEqual([]);
  const { rows } = await sql`
    select (select count(*)::int from newsledger.subscribers) as subscribers,
      (select count(*)::int from newsledger.issues i where i::text ilike '%reader@example%') as traces,
      (select count(*)::int from newsledger.events e where e.data::text ilike '%reader@example%') as told`.execute(
    stage.db,
  );
  expect(rows).toEqual([{ subscribers: 0, traces: 0, told: 0 }]);
});

test("without a mail server the mail is a file; the same issue is the same file", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "newsledger-mail-"));
  try {
    await readerWithNews();
    await stage.start({ dataDir });
    const [issue] = await inState("sent");
    const names = await readdir(join(dataDir, "mail"));
    expect(names).toEqual([
      expect.stringMatching(`^\\d{4}-\\d\\d-\\d\\d-${issue?.issueId}\\.eml$`),
    ]);
    const mail = await simpleParser(await readFile(join(dataDir, "mail", names[0] ?? "")));
    expect(mail.subject).toBe("Citgo 6: About first");
    expect(await stage.events("digest.sent")).toMatchObject([{ transport: "file" }]);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

async function withSink() {
  const sink = await createSmtpSink();
  return {
    port: sink.cfg.port,
    summary: () => sink.summary(),
    get mails() {
      return sink.st.mail;
    },
    [Symbol.asyncDispose]: () => sink.close(),
  };
}
