import { existsSync } from "node:fs";
import { addKey } from "@newsledger/api";
import { createLogger } from "@newsledger/host";
import { openQueue, type Queue } from "@newsledger/queue";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisMissing, startTestRedis, type TestRedis } from "../harness/redis.ts";
import { openOffice } from "./office.ts";
import type { Site } from "./site.ts";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const logger = createLogger({ logLevel: "silent" });
const kinds = ["postgres", "redis"] as const;

interface Stage extends AsyncDisposable {
  readonly site: Site;
  readonly queue: Queue;
  readonly key: string;
}

/** The site with its queue where it is in an installation, two hints in it, and an administrator. */
async function openStage(kind: (typeof kinds)[number]): Promise<Stage> {
  let redis: TestRedis | undefined;
  let queue: Queue | undefined;
  const site = await openOffice({
    async openQueue(databaseUrl) {
      if (kind === "redis") redis = await startTestRedis();
      queue = await openQueue({ databaseUrl, redisUrl: redis?.url, logger });
      return queue;
    },
  });
  if (!queue) throw new Error("the office opened no queue");
  const data = { itemId: "item-one", contentHash: "aaaa" };
  const later = { itemId: "item-two", contentHash: "bbbb" };
  await queue.enqueue([{ job: "extract-item", key: "item-one-aaaa", data }]);
  await queue.enqueue([{ job: "extract-item", key: "item-two-bbbb", data: later }], {
    delayMs: 600_000,
  });
  const { db } = site.ledger.database;
  const admin = { name: "Maria", scopes: ["read", "admin"], expiresAt: null };
  const { key } = await addKey(db, admin, Buffer.alloc(32, 7));
  return {
    ...{ site, queue, key },
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await redis?.[Symbol.asyncDispose]();
    },
  };
}

/** The cookies of somebody who signed in with a key. */
async function signIn(site: Site, key: string): Promise<string> {
  const door = await site.get("/sign-in?next=/admin/queue", { headers: { Accept: "text/html" } });
  const token = /name="token" value="([^"]+)"/.exec(await door.text())?.[1] ?? "";
  const cookie = (response: Response) =>
    response.headers.getSetCookie().map((one) => one.split(";")[0] ?? "");
  const held = cookie(door);
  const sent = await site.get("/sign-in", {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: held.join("; ") },
    body: new URLSearchParams({ token, key, next: "/admin/queue" }),
  });
  expect([sent.status, sent.headers.get("location")]).toEqual([303, "/admin/queue"]);
  return [...held, ...cookie(sent)].join("; ");
}

describe.each(kinds)("the queue in %s", (kind) => {
  const skipped = kind === "redis" && redisMissing !== undefined;
  let stage: Stage;
  beforeAll(async () => {
    if (!skipped) stage = await openStage(kind);
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  test.skipIf(skipped)("nobody sees it who is not signed in as administrator", async () => {
    const { site, queue } = stage;
    const [script] = await scriptsOf(site, stage.key);
    for (const path of [
      ...["/admin/queue", "/admin/queue/", "/admin/queue/queue/extract-item"],
      ...["/admin/queue/api/queues", "/admin/queue/api/queues/extract-item/w0-item-one-aaaa"],
      script ?? "",
    ]) {
      const answer = await site.get(path, { headers: { Accept: "text/html" } });
      expect([path, answer.status]).toEqual([path, 401]);
      // The path itself is in the page, as where to go on.
      expect(await answer.text()).not.toMatch(/readOnlyMode|contentHash|__UI_CONFIG__/);
    }
    const { db } = site.ledger.database;
    const reading = { name: "Reader", scopes: ["read"], expiresAt: null };
    const { key } = await addKey(db, reading, Buffer.alloc(32, 8));
    const bearer = { headers: { Authorization: `Bearer ${key}` } };
    expect((await site.get("/admin/queue/api/queues", bearer)).status).toBe(401);
    expect(await queue.depth("extract-item")).toMatchObject({ waiting: 1, delayed: 1 });
  });

  test.skipIf(skipped)(
    "an administrator sees what waits in it, and can change nothing",
    async () => {
      const { site, queue, key } = stage;
      const headers = { Cookie: await signIn(site, key) };
      const answer = await site.get("/admin/queue/api/queues?activeQueue=extract-item", {
        headers,
      });
      const { queues } = (await answer.json()) as { queues: Shown[] };
      const extracting = queues.find(({ name }) => name === "extract-item");
      expect(extracting).toMatchObject({ readOnlyMode: true, counts: { waiting: 1, delayed: 1 } });
      expect(queues.map(({ name }) => name).toSorted()).toEqual([
        "extract-item",
        "poll-feed",
        "send-digest",
      ]);
      for (const [method, path] of [
        ["PUT", "/admin/queue/api/queues/extract-item/empty"],
        ["PUT", "/admin/queue/api/queues/extract-item/pause"],
        ["PUT", "/admin/queue/api/queues/extract-item/w0-item-one-aaaa/clean"],
        ["POST", "/admin/queue/api/queues/extract-item/add"],
      ] as const) {
        const refused = await site.get(path, { method, headers });
        expect([path, refused.status]).toEqual([path, 404]);
      }
      expect(await queue.depth("extract-item")).toMatchObject({ waiting: 1, delayed: 1 });
    },
  );

  test.skipIf(skipped)(
    "every page of the administration leads to it, in both languages",
    async () => {
      const { site, key } = stage;
      const cookie = await signIn(site, key);
      for (const section of ["rules", "topics", "deliveries", "digests", "feeds"])
        for (const [language, name] of [
          ["en", "Queue"],
          ["es", "Cola"],
        ] as const) {
          const headers = { Cookie: cookie, Accept: "text/html", "Accept-Language": language };
          const page = await (await site.get(`/admin/${section}`, { headers })).text();
          expect(page, section).toContain(`<a href="/admin/queue">${name}</a></nav>`);
        }
    },
  );

  test.skipIf(skipped || !existsSync(executablePath))(
    "in a browser it asks nobody but this server, and the browser has nothing to complain about",
    async () => {
      const { site, key } = stage;
      const browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
      });
      try {
        const page = await browser.newPage();
        const complaints: string[] = [];
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        page.on("console", (message) => {
          // The door itself answers 401, and is where we come from.
          if (message.type() === "error" && !message.text().includes("401"))
            complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(error.message));
        await page.goto(`${site.origin}/admin/queue`);
        await page.fill('input[name="key"]', key);
        await page.press('input[name="key"]', "Enter");
        await page.getByText("extract-item").first().waitFor({ timeout: 15_000 });
        await page.goto(`${site.origin}/admin/queue/queue/extract-item?status=waiting`);
        await page.getByText("w0-item-one-aaaa").first().waitFor({ timeout: 15_000 });
        expect(
          asked.filter((url) => !url.startsWith(site.origin) && !url.startsWith("data:")),
        ).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );
});

test("a queue in memory has no such page, and nothing leads there", async () => {
  await using site = await openOffice();
  const headers = { Accept: "text/html" };
  expect(await (await site.get("/admin/rules", { headers })).text()).not.toContain("/admin/queue");
  const answer = await site.get("/admin/queue", { headers });
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("it is in memory");
});

interface Shown {
  readonly name: string;
  readonly readOnlyMode: boolean;
  readonly counts: Readonly<Record<string, number>>;
}

/** Where the pages of the queue have their scripts from. */
async function scriptsOf(site: Site, key: string): Promise<string[]> {
  const headers = { Cookie: await signIn(site, key) };
  const page = await (await site.get("/admin/queue", { headers })).text();
  return [...page.matchAll(/src="(static[^"]+)"/g)].map(([, path]) => `/admin/queue/${path}`);
}
