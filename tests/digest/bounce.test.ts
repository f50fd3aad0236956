import {
  liftSuppression,
  listIssues,
  listSubscribers,
  personalData,
  renewLinks,
  takeReturn,
} from "@newsledger/digest";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { server, setStage, stage } from "./stage.ts";

setStage();

async function sentMail(): Promise<{ from: string; messageId: string; unsubscribe: string }> {
  await stage.subscribe();
  await stage.report({ document: "first" });
  await stage.comeDue();
  await stage.start({ smtp: server.port });
  const [issue] = await until(
    () => listIssues(stage.db),
    ([found]) => found?.state === "sent",
    { everyMs: 20 },
  );
  expect(issue).toBeDefined();
  const [{ raw, mail } = { raw: "", mail: undefined }] = server.kept;
  const [, unsubscribe = ""] = /subject=(unsubscribe%20[\w-]+)/.exec(raw) ?? [];
  return { from: server.senders[0] ?? "", messageId: mail?.messageId ?? "", unsubscribe };
}

const report = (
  { to, messageId }: { to: string; messageId: string },
  { status = "5.1.1", action = "failed", recipient = "reader@example.org" } = {},
) => `Return-Path: <>
From: Mail Delivery System <mailer-daemon@mx.example.org>
To: ${to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="=_b"

--=_b
Content-Type: text/plain

I could not deliver your mail.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 24 Nov 2026 07:00:00 +0000

Final-Recipient: rfc822; ${recipient}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} <${recipient}>:
 user unknown in virtual mailbox table

--=_b
Content-Type: text/rfc822-headers

From: Newsledger <news@ledger.example>
Message-ID: ${messageId}
Subject: Citgo 6

--=_b--
`;

const suppressed = async () => (await listSubscribers(stage.db))[0]?.suppressedReason ?? null;

test("a mailbox that is no more: nothing is sent there again, and the reason names no address", async () => {
  const { from, messageId } = await sentMail();
  const taken = await takeReturn(stage.db, report({ to: from, messageId: "<other@x>" }));
  expect(taken.outcome).toBe("suppressed");
  expect(await suppressed()).toContain("user unknown in virtual mailbox table");
  expect(await suppressed()).not.toContain("example.org");
  expect((await listIssues(stage.db))[0]?.reason).toContain("came back");
  expect(messageId).not.toBe("");
  await stage.report({ document: "second" });
  await stage.comeDue();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(server.kept).toHaveLength(1);
});

test("lifted, the reader is written to again, and what came back before counts no more", async () => {
  const { from, messageId } = await sentMail();
  await takeReturn(stage.db, report({ to: from, messageId }));
  const [reader] = await listSubscribers(stage.db);
  expect(await liftSuppression(stage.db, reader?.subscriberId ?? "")).toBe(true);
  expect(await suppressed()).toBeNull();
  expect((await personalData(stage.db, "reader@example.org", "")).cameBack).toEqual([]);
});

test("without its own return address the Message-ID and the recipient together name the digest", async () => {
  const { messageId } = await sentMail();
  const to = "news@ledger.example";
  const stranger = report({ to, messageId }, { recipient: "other@example.org" });
  expect((await takeReturn(stage.db, stranger)).outcome).toBe("ignored");
  expect((await takeReturn(stage.db, report({ to, messageId }))).outcome).toBe("suppressed");
});

test("a forged return address stops nobody", async () => {
  const { from } = await sentMail();
  const forged = from.replace(/\.[0-9a-f]{10}@/, ".0123456789@");
  expect((await takeReturn(stage.db, report({ to: forged, messageId: "<x@y>" }))).outcome).toBe(
    "ignored",
  );
  expect(await suppressed()).toBeNull();
});

test("not delivered yet is no bounce; a mailbox that stayed full is one of three", async () => {
  const { from, messageId } = await sentMail();
  const delayed = report({ to: from, messageId }, { action: "delayed", status: "4.4.1" });
  expect((await takeReturn(stage.db, delayed)).outcome).toBe("ignored");
  const full = report({ to: from, messageId }, { status: "4.2.2" });
  expect((await takeReturn(stage.db, full)).outcome).toBe("noted");
  expect((await takeReturn(stage.db, full)).outcome).toBe("noted"); // the same again is still one
  expect(await suppressed()).toBeNull();
});

test("a complaint of spam ends it", async () => {
  const { from } = await sentMail();
  const complaint = `From: staff@mail.example.org
To: ${from}
Content-Type: multipart/report; report-type=feedback-report; boundary=z

--z
Content-Type: message/feedback-report

Feedback-Type: abuse
Original-Rcpt-To: reader@example.org

--z--
`;
  expect((await takeReturn(stage.db, complaint)).outcome).toBe("suppressed");
  expect(await suppressed()).toContain("spam");
});

test("a mail with the code of the unsubscribe header ends it; any other reply is for a person", async () => {
  const { unsubscribe } = await sentMail();
  const reply = (subject: string) =>
    `From: reader@example.org\nTo: news@ledger.example\nSubject: ${subject}\n\nHi\n`;
  expect((await takeReturn(stage.db, reply("Re: Citgo 6"))).outcome).toBe("ignored");
  expect((await takeReturn(stage.db, reply("unsubscribe AAAAAAAAAAAAAAAAAAAAAA"))).outcome).toBe(
    "ignored",
  );
  expect((await listSubscribers(stage.db))[0]?.enabled).toBe(true);
  expect((await takeReturn(stage.db, reply(decodeURIComponent(unsubscribe)))).outcome).toBe(
    "unsubscribed",
  );
  expect((await listSubscribers(stage.db))[0]?.enabled).toBe(false);
});

test.each([
  "",
  "\n\n",
  'Content-Type: multipart/report; boundary=""\n\n----',
  "To: a\n",
  "\u0000".repeat(1_000),
])("what is no mail is left to a person: %j", async (mail) => {
  expect((await takeReturn(stage.db, mail)).outcome).toBe("ignored");
});

test("links can be renewed: those of earlier mails lead nowhere", async () => {
  const { unsubscribe } = await sentMail();
  const token = decodeURIComponent(unsubscribe).split(" ")[1] ?? "";
  expect((await stage.request(`/u/${token}`)).status).toBe(200);
  await renewLinks(stage.db, "reader@example.org");
  expect((await stage.request(`/u/${token}`, { method: "POST" })).status).toBe(404);
  expect((await listSubscribers(stage.db))[0]?.enabled).toBe(true);
});

test("a reader can have everything that is kept about them, and nothing of it is in the ledger", async () => {
  await sentMail();
  const data = await personalData(stage.db, "reader@example.org", "https://ledger.example");
  expect(data).toMatchObject({
    email: "reader@example.org",
    subscriptions: [{ topics: ["citgo-6", "us-venezuela"], timeZone: "America/Caracas" }],
    digests: [{ state: "sent", subject: "Citgo 6: About first" }],
  });
  const { rows } = await sql`
    select count(*)::int as told from newsledger.events e where e.data::text ilike '%reader@example%'`.execute(
    stage.db,
  );
  expect(rows).toEqual([{ told: 0 }]);
});
