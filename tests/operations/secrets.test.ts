import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { freePort } from "../harness/cluster.ts";
import { Installation, until } from "../harness/newsledger.ts";
import { Newspaper } from "../harness/press.ts";
import { TestProxy } from "../harness/proxy.ts";
import { redisMissing, startTestRedis } from "../harness/redis.ts";
import { Sink } from "../harness/sink.ts";
import { envoyVisit } from "../pipeline/envoy-visit.ts";

const run = promisify(execFile);

test("secrets that were planted are in no backup, no log, no metric, no command line and no queue", async () => {
  const watch = await freePort();
  const mail = await freePort();
  await using paper = await Newspaper.open("The Harbour Gazette");
  await using sink = await Sink.open();
  await using redis = redisMissing ? null : await startTestRedis();
  paper.publish(envoyVisit.headline, envoyVisit.paragraphs);
  const planted = {
    mail: "planted-mail-password",
    key: "planted-passphrase-of-the-vault",
    proxy: "planted-proxy-password",
  };
  // A proxy that wants another password, so that what is told of it has something to give away.
  await using proxy = await TestProxy.open({ world: {}, password: "another:one" });
  await using newsledger = await Installation.create({
    NEWSLEDGER_ALLOW_HOSTS: `${paper.host},${sink.host}`,
    NEWSLEDGER_WATCH_PORT: String(watch),
    NEWSLEDGER_SECRET_KEY: planted.key,
    SMTP_URL: `smtp://newsledger:${planted.mail}@127.0.0.1:${mail}`,
    NEWSLEDGER_PROXY: `http://newsledger:${planted.proxy}@${proxy.host}`,
    NEWSLEDGER_PROXY_NAMES: "proxy",
    LOG_LEVEL: "trace",
    ...(redis ? { QUEUE_URL: redis.url } : {}),
  });
  await newsledger.up();
  const [webhook] = await newsledger.rows<{ secret: string }>(
    "webhooks",
    "add",
    `${sink.origin}/hook`,
  );
  const [key] = await newsledger.rows<{ key: string }>("keys", "add", "Maria");
  await newsledger.ask("subscribers", "add", "family@example.org", "--topic", "citgo-6");
  sink.status = 500;
  await newsledger.ask("feeds", "add", paper.feedUrl);
  await until(
    async () => sink.received.length,
    (count) => count > 0,
    { seconds: 90 },
  );
  await newsledger.ask("feeds", "add", "https://beyond.example/feed", "--as-is");
  await until(
    async () => (await newsledger.run("feeds", "list")).stdout,
    (list) => /no way out.*\(407\)/.test(list),
    { seconds: 60 },
  );
  await newsledger.ask("digest", "send", "family@example.org"); // to a mail server that is not there
  const access = await readFile(join(newsledger.directory, "data", "postgres.json"), "utf8").catch(
    () => "{}",
  );
  const { password } = JSON.parse(access) as { password?: string };
  const secrets = [
    planted.mail,
    planted.key,
    planted.proxy,
    Buffer.from(`newsledger:${planted.proxy}`).toString("base64"),
    webhook?.secret,
    webhook?.secret.slice(6),
    key?.key,
    password,
  ].filter((secret) => secret !== undefined);
  expect(secrets.length).toBeGreaterThanOrEqual(7);

  const file = join(newsledger.directory, "all.backup");
  const told = await newsledger.run("backup", file);
  const metrics = await (await fetch(`http://127.0.0.1:${watch}/metrics`)).text();
  const system = await newsledger.run("status", "--system");
  const checked = await newsledger.run("feeds", "check", "https://beyond.example/feed");
  const doctor = await newsledger.run("doctor");
  const places: Record<string, string> = {
    backup: gunzipSync(await readFile(file)).toString(),
    log: newsledger.notes,
    metrics,
    commands: [told, system, checked, doctor]
      .map(({ stdout, stderr }) => stdout + stderr)
      .join("\n"),
    "command line": (await run("ps", ["-o", "args=", "-p", String(newsledger.pid)])).stdout,
    queue: redis ? await everythingIn(redis.url) : "",
  };
  for (const [place, text] of Object.entries(places))
    for (const secret of secrets)
      expect(text.includes(secret), `${secret} in the ${place}`).toBe(false);
  expect(places.backup).toContain("sealed:1:");
  expect(newsledger.notes.length).toBeGreaterThan(1_000);
}, 400_000);

async function everythingIn(url: string): Promise<string> {
  const client = new Redis(url);
  const keys = await client.keys("*");
  const values = await Promise.all(keys.map((key) => client.dump(key)));
  client.disconnect();
  return [...keys, ...values].join("\n");
}
