import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { textHash } from "@newsledger/core";
import { redactText } from "@newsledger/eventlog";
import { evidence, verifyBundle } from "@newsledger/readmodels";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ledger, openLedger, revise, tellTheCase } from "./coverage.ts";

let ledger: Ledger;
let storyId: string;
let documentId: string;
const secret = "An article with “quotes”, ñandúes and a \ud83d\ude00, told on its own.";
beforeAll(async () => {
  ledger = await openLedger();
  await tellTheCase(ledger);
  const told = { key: "own", title: "Citgo: an own story", text: secret };
  ({ storyId, documentId } = await ledger.tell(told));
  await ledger.tell({
    key: "own-copy",
    title: "Citgo: told again",
    joins: "own",
    relation: "copy",
  });
  await revise(ledger, { ...told, title: "Citgo: a story of its own" }, told.title);
  await ledger.caughtUp();
});
afterAll(() => ledger[Symbol.asyncDispose]());

async function bundle(id: string): Promise<string> {
  const { pool, db } = ledger.database;
  const lines = [];
  const question = { id, now: new Date("2026-01-01T00:00:00Z"), version: "0.0.0" };
  for await (const line of evidence(pool, db, question)) lines.push(`${line}\n`);
  return lines.join("");
}
const check = (text: string) => verifyBundle(Buffer.from(text));

test("a story's bundle holds every event of its articles, their texts, and is whole", async () => {
  const text = await bundle(storyId);
  // Two items (seen, matched; one revised), two articles, and the story that both tell.
  expect(check(text)).toEqual({ events: 9, streams: 5, texts: 2, problems: [] });
  expect(text).toContain("ñandúes");
  expect(check(await bundle(documentId)).problems).toEqual([]);
});

test("one changed byte is found, wherever it is", async () => {
  const text = Buffer.from(await bundle(storyId));
  const whole = verifyBundle(text);
  for (let at = 0; at < text.length; at += Math.ceil(text.length / 150)) {
    const changed = Buffer.from(text);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(verifyBundle(changed).problems.length, `byte ${at}`).toBeGreaterThan(0);
  }
  expect(whole.problems).toEqual([]);
});

test("who writes a new end under changed events is found by the hashes of the events", async () => {
  const lines = (await bundle(storyId)).split("\n").slice(0, -2);
  const forged = (change: (lines: string[]) => string[]) => {
    const text = change(lines)
      .map((line) => `${line}\n`)
      .join("");
    return check(`${text}{"end":{"sha256":"${textHash(text)}"}}\n`).problems.join(" ");
  };
  expect(forged((all) => all)).toBe("");
  expect(
    forged((all) => all.map((line) => line.replace("an own story", "no own story"))),
  ).toContain("does not fit its hash");
  expect(forged((all) => all.filter((line) => !line.includes('"item.seen"')))).toContain(
    "event 1 of this stream should stand here",
  );
  expect(forged((all) => all.filter((line) => !line.startsWith('{"text"')))).toContain(
    "the bundle lacks it",
  );
  expect(forged((all) => all.map((line) => line.replace("ñandúes", "nandues")))).toContain(
    "was changed",
  );
});

test("on a machine with only Node, the verifier and the bundle, it is checked", async () => {
  const directory = await mkdtemp(join(tmpdir(), "evidence-"));
  try {
    const verifier = fileURLToPath(import.meta.resolve("@newsledger/readmodels/verify-bundle.ts"));
    await copyFile(verifier, join(directory, "verify-bundle.ts"));
    const text = await bundle(storyId);
    await writeFile(join(directory, "evidence.ndjson"), text);
    await writeFile(join(directory, "bad.ndjson"), text.replace("Citgo", "Cigto"));
    const run = (file: string) =>
      promisify(execFile)(process.execPath, ["verify-bundle.ts", file], {
        cwd: directory,
        env: {},
      });
    expect((await run("evidence.ndjson")).stdout).toContain(
      "Whole: 9 events of 5 streams and 2 texts",
    );
    await expect(run("bad.ndjson")).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("NOT whole"),
    });
  } finally {
    await rm(directory, { recursive: true });
  }
});

test("a text that was erased leaves its hash, and the bundle stays whole", async () => {
  await ledger.database.db.transaction().execute((trx) => redactText(trx, textHash(secret)));
  const text = await bundle(storyId);
  expect(text).not.toContain("ñandúes");
  expect(check(text)).toMatchObject({ texts: 1, problems: [] });
});

test("what is unknown is no evidence", async () => {
  await expect(bundle("unheard-of")).rejects.toThrow("no story and no article");
});
