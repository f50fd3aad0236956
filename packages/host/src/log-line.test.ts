import { expect, test } from "vitest";
import { formatLine } from "./log-line.ts";
import { createLogger, secretsHidden } from "./logger.ts";

const noon = new Date(2026, 0, 2, 12, 3, 4).toISOString();

test.each([
  [
    { level: "info", time: noon, service: "poller", msg: "2 new items", feedId: "f1" },
    "12:03:04 info  poller 2 new items feedId=f1",
  ],
  [
    { level: "warn", time: noon, msg: "slow", seconds: 3, host: "a b" },
    '12:03:04 warn  slow seconds=3 host="a b"',
  ],
  [{ level: "info", msg: "no time" }, "--:--:-- info  no time"],
  [
    { level: "info", time: noon, msg: "title \u001b[31mred\u202e" },
    "12:03:04 info  title \ufffd[31mred\ufffd",
  ],
])("%j is read as one line", (entry, line) => {
  expect(formatLine(JSON.stringify(entry), false)).toBe(line);
});

test("an error stands below its note, with where it happened", () => {
  const err = {
    type: "Error",
    message: "no route",
    stack: "Error: no route\n    at dial (a.ts:1:2)",
  };
  expect(
    formatLine(JSON.stringify({ level: "error", time: noon, msg: "poll failed", err }), false),
  ).toBe("12:03:04 error poll failed\n    Error: no route\n    at dial (a.ts:1:2)");
});

test("what is not JSON is passed on as it is", () => {
  expect(formatLine("plain words\n", false)).toBe("plain words");
});

test("colour is used only when asked for", () => {
  const line = JSON.stringify({ level: "error", time: noon, msg: "x" });
  expect(formatLine(line, true)).toContain("\u001b[31m");
  expect(formatLine(line, false)).not.toContain("\u001b");
});

test("passwords in addresses and known secrets never reach the notes", () => {
  const lines: string[] = [];
  const logger = createLogger(
    { logLevel: "info", databaseUrl: "postgres://ledger:p%40ssphrase@db.test/news" },
    { write: (line) => lines.push(line), readable: false },
  );
  logger.info(
    { url: "redis://:hushhush@queue.test:6379", token: "abc" },
    "connect postgres://ledger:p%40ssphrase@db.test/news",
  );
  logger.error(
    { err: new Error("password p@ssphrase refused"), headers: { authorization: "Bearer xyz" } },
    "failed",
  );
  const all = lines.join("");
  expect(lines).toHaveLength(2);
  for (const secret of ["hushhush", "ssphrase", "abc", "xyz"]) expect(all).not.toContain(secret);
  expect(all).toContain("redis://:[hidden]@queue.test:6379");
});

test("an address without a password is left alone", () => {
  const text = "see https://news.example:8443/people/@someone and a@b.example";
  expect(secretsHidden([])(text)).toBe(text);
});
