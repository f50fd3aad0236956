import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";
import { Installation } from "../harness/newsledger.ts";

test("on the command line: a reader is asked, listed, exported and erased; a bounce of nobody's is left alone", async () => {
  await using database = await createTestDatabase([]);
  await using newsledger = await Installation.create({ DATABASE_URL: database.url });
  const added = await newsledger.rows(
    "subscribers",
    "add",
    "ana@example.org",
    "--confirm",
    "--heartbeat",
  );
  expect(added).toMatchObject([{ email: "ana@example.org", confirmedAt: null, heartbeat: true }]);
  expect(await newsledger.ask("subscribers", "list")).toContain("asked, not confirmed yet");

  await newsledger.up("--only", "digest");
  const mail = join(newsledger.directory, "data", "mail");
  let letters: string[] = [];
  for (let tries = 0; tries < 100 && letters.length === 0; tries++) {
    letters = (await readdir(mail).catch(() => [])).filter((name) => name.endsWith(".eml"));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const letter = await simpleParser(await readFile(join(mail, letters[0] ?? "")));
  expect(letter.subject).toMatch(/^Please confirm: digest of Citgo 6/);
  await newsledger.stop();

  const data = JSON.parse(await newsledger.ask("subscribers", "export", "ana@example.org"));
  expect(data).toMatchObject({ email: "ana@example.org", digests: [{ kind: "confirmation" }] });
  expect(await newsledger.rows("subscribers", "bounce")).toMatchObject([{ outcome: "ignored" }]);
  await newsledger.ask("subscribers", "remove", "ana@example.org");
  expect(await newsledger.rows("subscribers", "list")).toEqual([]);
  expect((await newsledger.run("digest", "dkim")).stderr).toContain("openssl genrsa");
}, 180_000);
