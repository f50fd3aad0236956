import { createPublicKey, generateKeyPairSync } from "node:crypto";
import {
  dkimSigner,
  dnsRecord,
  listIssues,
  listSubscribers,
  smtpTransport,
} from "@newsledger/digest";
import { sql } from "kysely";
import { authenticate } from "mailauth";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { server, setStage, stage } from "./stage.ts";

setStage();

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const settings = { key, selector: "daily", mailFrom: "Newsledger <news@ledger.example>" };

/** What a receiver sees: the sender's key in DNS, and nothing else. */
const resolver = async (name: string, type: string): Promise<string[][]> => {
  const record = dnsRecord(settings);
  if (name === record.name && type === "TXT") return [[record.value]];
  throw Object.assign(new Error(`no ${type} for ${name}`), { code: "ENOTFOUND" });
};

async function signedMail(): Promise<string> {
  await stage.subscribe({ topics: ["citgo-6"] });
  await stage.report({ document: "first", title: "Liberado: «por fin», dice su hija 🙏" });
  await stage.comeDue();
  const sign = dkimSigner(settings);
  await stage.start(
    {},
    { transport: smtpTransport(`smtp://127.0.0.1:${server.port}`, { sign, silenceMs: 2_000 }) },
  );
  const [kept] = await until(
    async () => server.kept,
    (mails) => mails.length > 0,
    { everyMs: 20 },
  );
  return kept?.raw ?? "";
}

const verdict = async (mail: string) => {
  const { dkim } = await authenticate(Buffer.from(mail), {
    ip: "192.0.2.1",
    helo: "mail.ledger.example",
    mta: "mx.example.org",
    sender: "news@ledger.example",
    resolver,
  });
  return dkim.results[0];
};

test("a receiver finds the signature good, and both headers of the one-click button under it", async () => {
  const mail = await signedMail();
  const result = await verdict(mail);
  expect(result?.status.result).toBe("pass");
  expect(result?.signingDomain).toBe("ledger.example");
  const signed = result?.signingHeaders?.keys.split(":").map((name) => name.trim().toLowerCase());
  for (const name of ["list-unsubscribe", "list-unsubscribe-post", "list-id", "from", "subject"])
    expect(signed).toContain(name);
});

test.each([
  [
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    "List-Unsubscribe-Post: List-Unsubscribe=Two",
  ],
  ["<mailto:news@", "<mailto:evil@"],
  ["List-ID: <citgo-6.", "List-ID: <citgo-7."],
])("changed on the way, it is found bad: %s", async (before, after) => {
  const mail = await signedMail();
  const changed = mail.replace(
    new RegExp(before.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i"),
    after,
  );
  expect(changed).not.toBe(mail);
  expect((await verdict(changed))?.status.result).not.toBe("pass");
});

test("the address of a signed mail unsubscribes by one POST without cookies, and not by GET", async () => {
  const mail = await signedMail();
  const [, url = ""] = /^List-Unsubscribe: <(https:[^>]+)>, <mailto:/m.exec(mail) ?? [];
  const { pathname } = new URL(url);
  expect(pathname.slice("/u/".length).length).toBeLessThanOrEqual(30);
  await stage.request(pathname);
  expect((await listSubscribers(stage.db))[0]?.enabled).toBe(true);
  const answer = await stage.request(pathname, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(answer.status).toBe(200);
  expect((await listSubscribers(stage.db))[0]?.enabled).toBe(false);
});

test("tried again, it carries the same signature", async () => {
  server.answers.push("lost");
  await signedMail();
  await until(
    async () => {
      await stage.hurry();
      return listIssues(stage.db);
    },
    (found) => found.some(({ state }) => state === "sent"),
    { everyMs: 100 },
  );
  expect(server.kept).toHaveLength(2);
  expect(server.kept[1]?.raw).toBe(server.kept[0]?.raw);
});

test("the record for DNS holds the public half of the key, and only that", () => {
  const { name, value } = dnsRecord(settings);
  expect(name).toBe("daily._domainkey.ledger.example");
  const [, base64 = ""] = /p=(.+)$/.exec(value) ?? [];
  const published = createPublicKey({
    key: Buffer.from(base64, "base64"),
    type: "spki",
    format: "der",
  });
  expect(published.equals(createPublicKey(privateKey))).toBe(true);
});

test.each([
  "not a key",
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
])("a key that cannot sign is refused at the start, with a sentence", (bad) => {
  expect(() => dkimSigner({ ...settings, key: bad })).toThrow(/DKIM key/);
});

test("the key is read from a file that the environment names", async () => {
  const { loadConfig } = await import("@newsledger/host");
  const { mkdtemp, rm, writeFile } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const directory = await mkdtemp(join(tmpdir(), "newsledger-dkim-"));
  try {
    await writeFile(join(directory, "dkim.pem"), key);
    const config = loadConfig({ env: { DKIM_KEY_FILE: "dkim.pem" }, cwd: directory });
    expect(() => dkimSigner({ ...settings, key: config.dkimKey ?? "" })).not.toThrow();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test("nobody can be unsubscribed by a guess: no token is another's beginning or repeats", async () => {
  for (const name of ["a", "b", "c"]) await stage.subscribe({ email: `${name}@example.org` });
  const { rows } = await sql<{ token: string }>`
    select unsubscribe_token as token from newsledger.subscriptions
    union all select stop_all_token from newsledger.subscribers`.execute(stage.db);
  expect(new Set(rows.map(({ token }) => token)).size).toBe(6);
  expect(rows.every(({ token }) => token.length >= 22 && token.length <= 30)).toBe(true);
});
