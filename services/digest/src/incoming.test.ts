import { expect, test } from "vitest";
import { readIncoming } from "./incoming.ts";
import { issueOf, markOf, returnPath, withoutAddresses } from "./returns.ts";

const issueId = "abcdefghijklmnopqrstuvwxyz";

test("a return address names its issue, and nobody can make one up", () => {
  const path = returnPath("bounce@example.org", issueId, "secret");
  expect(path).toBe(`bounce+${issueId}.${markOf(issueId, "secret")}@example.org`);
  expect(issueOf(path.toUpperCase())).toEqual({ issueId, mark: markOf(issueId, "secret") });
  expect(markOf(issueId, "other")).not.toBe(markOf(issueId, "secret"));
  expect(issueOf("bounce@example.org")).toBeNull();
});

test("a mailbox whose name leaves no room keeps its plain address", () => {
  const mailbox = `${"a".repeat(40)}@example.org`;
  expect(returnPath(mailbox, issueId, "secret")).toBe(mailbox);
});

test("reasons are kept without addresses", () => {
  expect(withoutAddresses("550 5.1.1 <ana@example.org>: no such user ana@example.org")).toBe(
    "550 5.1.1 (address): no such user (address)",
  );
});

test("of several recipients the one that failed is told, with the server's own words over folded lines", () => {
  const read = readIncoming(
    [
      "To: x@y.example",
      "Content-Type: multipart/report; boundary=b",
      "",
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx",
      "",
      "Final-Recipient: rfc822; one@example.org",
      "Action: delivered",
      "Status: 2.0.0",
      "",
      "Final-Recipient: rfc822; two@example.org",
      "Action: failed",
      "Status: 5.2.1 (mailbox disabled)",
      "Diagnostic-Code: smtp; 550 5.2.1 The",
      "  mailbox is disabled",
      "--b--",
    ].join("\r\n"),
  );
  expect(read).toMatchObject({
    kind: "bounce",
    status: "5.2.1",
    recipients: ["two@example.org"],
    reason: "550 5.2.1 The mailbox is disabled",
  });
});

test("a report in base64 is read as well", () => {
  const body = Buffer.from("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.0.0\n");
  const read = readIncoming(
    `Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${body.toString("base64")}\n--b--`,
  );
  expect(read).toMatchObject({ kind: "bounce", status: "5.0.0" });
});
