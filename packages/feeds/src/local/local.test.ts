import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FeedOutcome } from "../fetch/types.ts";
import { parseFeed } from "../parse/parse.ts";
import { localAddress, readLocal } from "./local.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "newsledger-local-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const itemsOf = (answer: FeedOutcome) => {
  if (answer.outcome !== "fetched") throw new Error(JSON.stringify(answer));
  return parseFeed({ bytes: answer.bytes, url: answer.finalUrl }).items;
};
const etagOf = (answer: FeedOutcome) => ("etag" in answer ? (answer.etag ?? "") : "");

describe("a file", () => {
  test("is read when it has changed, and only then", async () => {
    const path = join(directory, "cables.ndjson");
    writeFileSync(path, '{"id":"1","title":"One"}\n');
    const url = await localAddress("cables.ndjson", directory);
    expect(url).toBe(pathToFileURL(path).href);
    const first = await readLocal(url ?? "");
    expect(itemsOf(first).map(({ title }) => title)).toEqual(["One"]);
    const known = { etag: etagOf(first) };
    expect(await readLocal(url ?? "", known)).toMatchObject({ outcome: "not-modified", ...known });
    writeFileSync(path, '{"id":"1","title":"One"}\n{"id":"2","title":"Two"}\n');
    expect(itemsOf(await readLocal(url ?? "", known))).toHaveLength(2);
  });

  test("that has grown beyond measure is read from a line near its end", async () => {
    const path = join(directory, "large.ndjson");
    const line = (n: number) => `{"id":"${n}","title":"${"long ".repeat(200)}${n}"}\n`;
    writeFileSync(path, Array.from({ length: 18_000 }, (_, n) => line(n)).join(""));
    const items = itemsOf(await readLocal(pathToFileURL(path).href));
    expect(items).toHaveLength(2_000);
    expect(items[0]?.guid).toBe("17999");
  });

  test.each([
    ["nowhere.ndjson", "no-file", /nowhere\.ndjson does not exist on this machine\.$/],
    [".", "no-file", /is a directory, and no mailbox/],
  ])("%s cannot be read, and that is said", async (name, code, reason) => {
    const url = pathToFileURL(join(directory, name)).href;
    const answer = await readLocal(url);
    expect(answer).toMatchObject({ outcome: "failed", code, hard: false });
    expect("reason" in answer && answer.reason).toMatch(reason);
  });
});

describe("a mailbox", () => {
  const mail = (id: string, subject: string, more = "", body = "The office says so.") =>
    `Message-ID: <${id}@office.example>\r\nFrom: "Press Office" <press@office.example>\r\nSubject: ${subject}\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\n${more}\r\n${body}\r\n`;
  const deliver = (box: string, part: string, name: string, text: string) => {
    mkdirSync(join(directory, box, part), { recursive: true });
    writeFileSync(join(directory, box, part, name), text);
  };

  test("gives each mail as an item, whoever reads it meanwhile; only new mail is a change", async () => {
    deliver("box", "new", "1000.a.host", mail("one", "=?utf-8?Q?Sanci=C3=B3n?="));
    deliver(
      "box",
      "cur",
      "999.b.host:2,S",
      mail(
        "zero",
        "Older",
        "Archived-At: <https://office.example/news/0>\r\nContent-Type: text/html\r\n",
        "<p>Whole <b>text</b></p>",
      ),
    );
    const url = await localAddress("box", directory);
    expect(url).toMatch(/^maildir:\/\/\//);
    const first = await readLocal(url ?? "");
    expect(itemsOf(first)).toMatchObject([
      {
        guid: "<one@office.example>",
        title: "Sanción",
        author: "Press Office",
        link: null,
        summary: "The office says so.",
        published: "2026-03-02T09:00:00.000Z",
      },
      { title: "Older", link: "https://office.example/news/0", summary: "Whole text" },
    ]);
    const known = { etag: etagOf(first) };
    mkdirSync(join(directory, "box", "cur"), { recursive: true });
    renameSync(join(directory, "box/new/1000.a.host"), join(directory, "box/cur/1000.a.host:2,S"));
    expect(await readLocal(url ?? "", known)).toMatchObject({ outcome: "not-modified" });
    deliver("box", "new", "1001.c.host", mail("two", "Newest"));
    expect(itemsOf(await readLocal(url ?? "", known)).map(({ title }) => title)).toEqual([
      "Newest",
      "Sanción",
      "Older",
    ]);
  });

  test("keeps the mails beside one that is made to be unreadable", async () => {
    const nested = Array.from(
      { length: 400 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    ).join("");
    deliver("bad", "new", "1.bad", `Subject: x\r\n${nested}`);
    deliver("bad", "new", "2.good", mail("g", "Good"));
    deliver("bad", "new", "3.empty", "");
    const items = itemsOf(await readLocal((await localAddress("bad", directory)) ?? ""));
    expect(items.map(({ title }) => title)).toEqual([
      "(no subject)",
      "Good",
      "(a mail that could not be read)",
    ]);
  });

  test("that is none is said to be none", async () => {
    mkdirSync(join(directory, "plain"));
    const answer = await readLocal((await localAddress("plain", directory)) ?? "");
    expect(answer).toMatchObject({ outcome: "failed", code: "no-mailbox" });
  });
});

test("what is no path of this machine is no local address", async () => {
  expect(await localAddress("https://gazette.example/feed", directory)).toBeNull();
  expect(await localAddress("gazette.example", directory)).toBeNull();
});
