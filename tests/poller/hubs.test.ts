import { createHmac } from "node:crypto";
import { askHubs, hubCallback } from "@newsledger/poller";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Newsroom } from "./newsroom.ts";

let newsroom: Newsroom;
const asked: URLSearchParams[] = [];
let hubStatus = 202;

beforeAll(async () => {
  newsroom = await Newsroom.open({ PUBLIC_URL: "https://ledger.example" });
  newsroom.press.answer("/hub", (request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      asked.push(new URLSearchParams(body));
      response.writeHead(hubStatus).end();
    });
  });
});
beforeEach(() => {
  asked.length = 0;
  hubStatus = 202;
});
afterAll(() => newsroom[Symbol.asyncDispose]());

const document = (path: string, title: string, hub: string | null): string => {
  const { press } = newsroom;
  const links = hub
    ? `<link rel="hub" href="${hub}"/><link rel="self" href="${press.url(path)}"/>`
    : "";
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><id>urn:desk</id>${links}<entry><id>urn:${title}</id><title>${title}</title><link href="${press.url(`/${title}`)}"/><updated>2026-03-02T10:00:00Z</updated></entry></feed>`;
};

function publish(path: string, title: string, hub: string | null): void {
  newsroom.press.answer(path, (_, response) => {
    response.writeHead(200, { "content-type": "application/atom+xml" });
    response.end(document(path, title, hub));
  });
}

async function followed(path: string): Promise<string> {
  publish(path, `first-of-${path.slice(1)}`, newsroom.press.url("/hub"));
  const feedId = await newsroom.follow(path);
  await newsroom.poll(feedId);
  return feedId;
}

const hubOf = async (feedId: string) => {
  const { rows } = await sql<{
    token: string;
    secret: string;
    reason: string | null;
    lease_until: Date | null;
    calls: string;
    asks: number;
  }>`select * from newsledger.feed_hubs where feed_id = ${feedId}`.execute(newsroom.resources.db);
  return rows[0];
};

const ask = () => askHubs(newsroom.resources, newsroom.fetcher);

const call = (path: string, init?: RequestInit): Promise<Response> =>
  hubCallback(newsroom.resources)(new Request(`https://ledger.example${path}`, init));

const confirmation = (topic: string, more: Record<string, string> = {}): string =>
  `?${new URLSearchParams({ "hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "c0ffee", "hub.lease_seconds": "864000", ...more })}`;

test("a hub that a feed names is asked once, confirms, and its call makes the feed due", async () => {
  const feedId = await followed("/called");
  expect(await ask()).toBe(1);
  expect(await ask()).toBe(0);
  const [request] = asked;
  const callback = request?.get("hub.callback") ?? "";
  expect(callback).toMatch(/^https:\/\/ledger\.example\/websub\/[\w-]{24}$/);
  expect(request?.get("hub.mode")).toBe("subscribe");
  expect(request?.get("hub.topic")).toBe(newsroom.press.url("/called"));
  expect(request?.get("hub.secret"), "a secret over an open line would be none").toBeNull();

  const path = new URL(callback).pathname;
  const confirmed = await call(path + confirmation(newsroom.press.url("/called")));
  expect([confirmed.status, await confirmed.text()]).toEqual([200, "c0ffee"]);
  expect(confirmed.headers.get("content-type")).toContain("text/plain");
  expect((await hubOf(feedId))?.lease_until?.getTime()).toBeGreaterThan(
    Date.now() + 9 * 86_400_000,
  );

  await sql`update newsledger.feeds set next_poll_at = now() + interval '1 hour',
    last_polled_at = now() - interval '1 minute' where feed_id = ${feedId}`.execute(
    newsroom.resources.db,
  );
  expect((await call(path, { method: "POST", body: "<feed/>" })).status).toBe(202);
  const { rows } = await sql<{ due: boolean }>`
    select next_poll_at <= now() as due from newsledger.feeds where feed_id = ${feedId}`.execute(
    newsroom.resources.db,
  );
  expect(rows[0]?.due).toBe(true);
  expect((await hubOf(feedId))?.calls).toBe("1");
});

test("however often a hub calls, the publisher is not asked again at once", async () => {
  const feedId = await followed("/eager");
  await ask();
  const path = `/websub/${(await hubOf(feedId))?.token}`;
  for (let calls = 0; calls < 5; calls++) await call(path, { method: "POST", body: "x" });
  const { rows } = await sql<{ wait: number }>`
    select extract(epoch from next_poll_at - last_polled_at)::float8 as wait
    from newsledger.feeds where feed_id = ${feedId}`.execute(newsroom.resources.db);
  expect(rows[0]?.wait).toBeGreaterThanOrEqual(30);
});

test.each([
  [
    "the right signature",
    (secret: string) => `sha256=${createHmac("sha256", secret).update("body").digest("hex")}`,
    "1",
  ],
  [
    "an older method",
    (secret: string) => `sha1=${createHmac("sha1", secret).update("body").digest("hex")}`,
    "1",
  ],
  [
    "another body's signature",
    (secret: string) => `sha256=${createHmac("sha256", secret).update("else").digest("hex")}`,
    "0",
  ],
  ["a method nobody knows", () => "md5=00", "0"],
  ["half a signature", () => "sha256=ab", "0"],
  ["no signature", () => "", "0"],
])("a call of a hub that was given a secret, with %s", async (name, sign, calls) => {
  const feedId = await followed(`/signed-${name.replaceAll(/\W/g, "-")}`);
  await ask();
  await sql`update newsledger.feed_hubs set hub = 'https://hub.example/' where feed_id = ${feedId}`.execute(
    newsroom.resources.db,
  );
  const hub = await hubOf(feedId);
  const answer = await call(`/websub/${hub?.token}`, {
    method: "POST",
    body: "body",
    headers: { "x-hub-signature": sign(hub?.secret ?? "") },
  });
  expect(answer.status, "a false signature is dropped without a word").toBe(202);
  expect((await hubOf(feedId))?.calls).toBe(calls);
});

test("what was not asked for is not confirmed, and strangers' addresses are gone", async () => {
  const feedId = await followed("/careful");
  const topic = newsroom.press.url("/careful");
  const path = `/websub/${(await hubOf(feedId))?.token}`;
  expect((await call(path + confirmation(topic))).status, "nobody was asked yet").toBe(410);
  await ask();
  expect((await call(path + confirmation(`${topic}/else`))).status).toBe(404);
  expect((await call(path + confirmation(topic, { "hub.mode": "unsubscribe" }))).status).toBe(404);
  expect((await call(path + confirmation(topic, { "hub.challenge": "" }))).status).toBe(404);
  expect((await call(path, { method: "PUT", body: "x" })).status).toBe(405);
  expect((await call("/websub/nothing")).status).toBe(410);
  expect((await call(`/websub/${"a".repeat(24)}`, { method: "POST", body: "x" })).status).toBe(410);
  expect((await hubOf(feedId))?.lease_until).toBeNull();
});

test("a hub that refuses is noted in a sentence, and asked again later", async () => {
  const feedId = await followed("/refused");
  hubStatus = 500;
  await ask();
  expect((await hubOf(feedId))?.reason).toMatch(/^The hub did not accept our request: /);
  const topic = newsroom.press.url("/refused");
  const path = `/websub/${(await hubOf(feedId))?.token}`;
  const denied = { "hub.mode": "denied", "hub.reason": "not\nhere" };
  expect((await call(path + confirmation(topic, denied))).status).toBe(200);
  expect((await hubOf(feedId))?.reason).toBe("The hub refused: not here");
  expect(await ask()).toBe(0);
});

test("a feed that changes its hub is subscribed anew, one that drops it is forgotten", async () => {
  const feedId = await followed("/moving");
  await ask();
  const before = await hubOf(feedId);
  publish("/moving", "second", newsroom.press.url("/hub?other"));
  await newsroom.poll(feedId);
  const after = await hubOf(feedId);
  expect(after?.token).not.toBe(before?.token);
  expect(after?.asks).toBe(0);
  publish("/moving", "third", null);
  await newsroom.poll(feedId);
  expect(await hubOf(feedId)).toBeUndefined();
});

test("nobody is asked to call an address that only this machine has", async () => {
  await using local = await Newsroom.open();
  await local.follow("/feed");
  const elsewhere = { ...local.resources.config, allowHosts: [] };
  await sql`insert into newsledger.feed_hubs (feed_id, hub, topic, token, secret)
    select feed_id, 'https://hub.example/', url, 'a', 'b' from newsledger.feeds`.execute(
    local.resources.db,
  );
  expect(await askHubs({ ...local.resources, config: elsewhere }, local.fetcher)).toBe(0);
});
