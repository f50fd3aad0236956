import { addKey, listKeys, removeKey } from "@newsledger/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite({
    guarded: true,
    mounts: [{ path: "/u", fetch: () => new Response("a page with its own token") }],
  });
});
afterAll(() => site[Symbol.asyncDispose]());

let made = 0;
async function key(scopes: string[], expiresAt: Date | null = null): Promise<string> {
  made += 1;
  const { db } = site.ledger.database;
  return (await addKey(db, { name: "someone", scopes, expiresAt }, Buffer.alloc(32, made))).key;
}
const bearer = (value: string) => ({ headers: { Authorization: `Bearer ${value}` } });

describe("without a key", () => {
  test.each([
    "/",
    "/cases/citgo-6",
    "/v1/events",
    "/v1/events/stream",
    "/feeds/citgo-6.atom",
    "/v1/export/events.csv",
    "/metrics",
    "/openapi.json",
  ])("%s is closed, and says how to get one", async (path) => {
    const response = await site.get(path);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain("Basic");
    expect(await response.json()).toMatchObject({
      status: 401,
      detail: expect.stringContaining("newsledger keys add"),
    });
  });

  test.each(["/healthz", "/readyz", "/style.css", "/u/token"])("%s is open", async (path) => {
    expect((await site.get(path)).status).not.toBe(401);
  });
});

test("a key opens what it is for, and nothing else", async () => {
  const read = await key(["read"]);
  expect((await site.get("/v1/events", bearer(read))).status).toBe(200);
  expect((await site.get("/cases/citgo-6", bearer(read))).status).toBe(200);
  const refused = await site.get("/v1/export/events.csv", bearer(read));
  expect(refused.status).toBe(403);
  expect(await refused.text()).not.toContain(read);
  expect((await site.get("/v1/export/events.csv", bearer(await key(["export"])))).status).toBe(200);
});

test("browsers and feed readers send it as a password, under any name", async () => {
  const basic = Buffer.from(`anyone:${await key(["read"])}`).toString("base64");
  const response = await site.get("/feeds/citgo-6.atom", {
    headers: { Authorization: `Basic ${basic}` },
  });
  expect(response.status).toBe(200);
});

test("a wrong, a changed, an expired and a removed key are nobody's", async () => {
  const { db } = site.ledger.database;
  const good = await key(["read"]);
  const soon = await key(["read"], new Date(Date.now() + 3_600_000));
  expect((await site.get("/v1/events", bearer(soon))).status).toBe(200);
  await sql`update newsledger.api_keys set expires_at = now()
    where key_id = ${soon.slice(0, 9)}`.execute(db);
  await removeKey(db, good.slice(0, 9));
  for (const value of [good, soon, `${await key(["read"])}x`, "nl_", "' or true --", "\u00ff"])
    expect((await site.get("/v1/events", bearer(value))).status, value).toBe(401);
});

test("the database holds no key, only what recognises it, and when it was used", async () => {
  const { db } = site.ledger.database;
  const mine = await key(["read"]);
  await site.get("/v1/events", bearer(mine));
  const rows = await db.selectFrom("newsledger.api_keys").selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(mine.slice(12));
  const [listed] = (await listKeys(db)).filter(({ keyId }) => mine.startsWith(keyId));
  expect(listed).toMatchObject({ scopes: ["read"], lastUsedAt: expect.any(Date) });
});

test("a key that could never work is not made", async () => {
  await expect(key(["everything"])).rejects.toThrow("read, export, mcp");
  await expect(key(["read"], new Date(0))).rejects.toThrow("of no use");
  await expect(removeKey(site.ledger.database.db, "nl_nobody")).rejects.toThrow("there is no key");
});

test("who asks too much is told when to come again, and others are not held up", async () => {
  await using own = await openSite({ guarded: true, requestsPerMinute: 20 });
  const { db } = own.ledger.database;
  const add = (fill: number) =>
    addKey(db, { name: "x", scopes: ["read"], expiresAt: null }, Buffer.alloc(32, fill));
  const [greedy, modest] = [(await add(1)).key, (await add(2)).key];
  const statuses = [];
  for (let nth = 0; nth < 5; nth += 1)
    statuses.push((await own.get("/v1/topics", bearer(greedy))).status);
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
  const refused = await own.get("/v1/topics", bearer(greedy));
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.headers.get("ratelimit")).toMatch(/^"default";r=0;t=\d+$/);
  expect((await own.get("/v1/topics", bearer(modest))).status).toBe(200);
  expect((await own.get("/healthz")).status).toBe(200);
});
