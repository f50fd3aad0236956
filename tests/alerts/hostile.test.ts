import net from "node:net";
import {
  addWebhook,
  guardedPost,
  listWebhooks,
  receiverCheck,
  testWebhook,
} from "@newsledger/alerts";
import { createFetcher, type FetcherOptions } from "@newsledger/feeds";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
let arrived = 0;
let port = 0;
const trap = net.createServer((socket) => {
  arrived += 1;
  socket.destroy();
});

beforeAll(async () => {
  stage = await Stage.set();
  await new Promise<void>((ready) => trap.listen(0, "127.0.0.1", ready));
  port = (trap.address() as net.AddressInfo).port;
});
afterAll(async () => {
  await new Promise((closed) => trap.close(closed));
  await stage[Symbol.asyncDispose]();
});

type Resolve = NonNullable<FetcherOptions["resolve"]>;

/** Names that lead inside, by one address or by one among others. */
const names: Readonly<Record<string, readonly string[]>> = {
  localhost: ["127.0.0.1"],
  "inward.example": ["127.0.0.1"],
  "mixed.example": ["93.184.216.34", "10.0.0.7"],
  "six.example": ["2606:4700::1111", "::1"],
  "mapped.example": ["::ffff:169.254.169.254"],
  "translated.example": ["64:ff9b::a00:1"],
  "public.example": ["93.184.216.34"],
};
const resolve: Resolve = (host, _options, done) => {
  const found = names[host.toLowerCase().replace(/\.$/, "")] ?? [];
  if (found.length === 0)
    return done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []);
  done(
    null,
    found.map((address) => ({ address, family: net.isIP(address) })),
  );
};

const hosts = `
  127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1 017700000001 0177.0.0.1 0 0.0.0.0
  127.0.0.1. localhost LOCALHOST localhost. ①②⑦.⓪.⓪.① 127。0。0。1 %31%32%37.0.0.1
  [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:0001] [::127.0.0.1] [::7f00:1]
  [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:a00:1::1] [2001::1] [100::1]
  [fe80::1] [fc00::1] [fd12:3456::1] [fec0::1] [ff02::1] [2001:db8::1] [3fff::1]
  10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 0xa9fea9fe 100.64.0.1 192.0.0.1 192.0.2.1 198.18.0.1
  198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255
  inward.example mixed.example six.example mapped.example translated.example INWARD.example.`
  .split(/\s+/)
  .filter(Boolean);
const addresses = hosts.flatMap((host) =>
  ["http", "https"].map((scheme) => `${scheme}://${host}/hook`),
);

/** As they would be without a rule about ports, so that the guard of addresses alone has to hold. */
const atTrap = (address: string): string =>
  address.replace(/(\w)\/hook$|([\].①])\/hook$/, `$1$2:${port}/hook`);

test("there are more than forty of them, on http and on https", () => {
  expect(hosts.length).toBeGreaterThan(40);
});

test.each(addresses)("%s is refused when it is saved, and kept nowhere", async (url) => {
  const add = addWebhook(
    stage.db,
    { url },
    { checkUrl: receiverCheck([], { resolve }), vault: stage.vault },
  );
  await expect(add).rejects.toThrow();
  expect(await listWebhooks(stage.db)).toEqual([]);
});

test.each(addresses)("%s is refused when it is dialled, should it have been saved", async (url) => {
  await using fetcher = createFetcher({ userAgent: "Newsledger/test", resolve });
  const bare = await fetcher.post(atTrap(url), { body: "{}" });
  expect(bare).toMatchObject({ outcome: "failed", code: "blocked-address", hard: true });
  expect(await guardedPost(fetcher.post, [])(url, { body: "{}" })).toMatchObject({
    outcome: "failed",
    code: url.startsWith("https:") ? "blocked-address" : "bad-address",
  });
  expect(arrived).toBe(0);
});

describe("an address that is public is refused all the same", () => {
  const check = receiverCheck([], { resolve });

  test.each([
    "http://public.example/hook",
    "https://public.example:22/hook",
    "https://public.example:25/",
    "https://public.example:80/",
    "https://public.example:5432/",
    "https://public.example:6379/",
    "https://public.example:9200/",
    "https://me:secret@public.example/hook",
    "https://127.0.0.1@public.example/hook",
    "https://public.example@127.0.0.1/hook",
    "https://:secret@public.example/hook",
    "file:///etc/passwd",
    "gopher://public.example/",
    "ftp://public.example/",
    "javascript:alert(1)",
    "data:text/plain,x",
    "//public.example/hook",
    "https://",
    "https://nowhere.example/hook",
    "mailto:one@example.org,two@example.org",
    "mailto:one@example.org?bcc=two@example.org",
    "mailto:one@example.org%0D%0ABcc:two@example.org",
  ])("%s", async (url) => {
    const add = addWebhook(stage.db, { url }, { checkUrl: check, vault: stage.vault });
    await expect(add).rejects.toThrow();
    await expect(add).rejects.not.toThrow(/secret/);
    expect(await listWebhooks(stage.db)).toEqual([]);
  });

  test.each(["https://public.example/hook", "https://public.example:8443/hook?key=1"])(
    "but %s is taken",
    async (url) => {
      await expect(check(url)).resolves.toBeUndefined();
    },
  );
});

test("a name that was public when it was saved, and leads inside when it is dialled, is not dialled", async () => {
  let asked = 0;
  const turning: Resolve = (_host, _options, done) =>
    done(null, [{ address: asked++ === 0 ? "93.184.216.34" : "127.0.0.1", family: 4 }]);
  const { webhookId } = await addWebhook(
    stage.db,
    { url: "https://turning.example:8443/hook" },
    { checkUrl: receiverCheck([], { resolve: turning }), vault: stage.vault },
  );
  await using fetcher = createFetcher({ userAgent: "Newsledger/test", resolve: turning });
  const outcome = await testWebhook(stage.db, webhookId, {
    roads: { ...stage.roads, post: guardedPost(fetcher.post, []) },
    vault: stage.vault,
  });
  expect(outcome).toMatchObject({ accepted: false, status: null });
  expect(outcome.error).toContain("private network");
  expect([arrived, asked]).toEqual([0, 2]);
});

test("nothing is sent for as long as the guard does not hold", async () => {
  await stage.addReceiver("guarded");
  let asked = 0;
  await stage.start({
    guardHolds: async () => {
      asked += 1;
      return { holds: false };
    },
  });
  await stage.plan();
  await until(
    async () => asked,
    (times) => times > 0,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(stage.deliveriesTo("guarded")).toEqual([]);
  await stage.stop();
  await stage.start();
  await until(
    async () => stage.deliveriesTo("guarded"),
    (records) => records.length === 1,
  );
  await stage.stop();
});
