import { addKey } from "@newsledger/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillDeliveries, openOffice, unfollowed } from "./office.ts";
import type { Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openOffice();
  await fillDeliveries(site);
});
afterAll(() => site[Symbol.asyncDispose]());

/** What these tests read of any answer; each then says what it must be. */
interface Body {
  readonly items: readonly { readonly deliveryId: string }[];
  readonly next: string | null;
  readonly changes: readonly unknown[];
  readonly latest: readonly { readonly why: string }[];
  readonly alerts: number;
  readonly matches: number;
  readonly recorded: number;
  readonly [field: string]: unknown;
}

const ask = async (path: string, init?: RequestInit) => {
  const response = await site.get(path, init);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Body,
  };
};
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("rules", () => {
  test("are listed, in words and as they are kept", async () => {
    const { body } = await ask("/v1/rules");
    expect(body.items).toMatchObject([
      {
        ruleId: "citgo-6-developments",
        definition: { topic: "citgo-6", when: { kind: "report" } },
      },
    ]);
    expect((await ask("/v1/rules/citgo-6-developments")).body).toEqual(body.items[0]);
  });

  test("say what they would have said, saved or not, and send nothing", async () => {
    const before = await site.ledger.log.safePosition();
    const draft = { topic: "citgo-6" };
    const { status, body } = await post("/v1/rules/dry-run?limit=1", draft);
    expect(status).toBe(200);
    expect(body.alerts).toBeGreaterThan(0);
    expect(body.latest).toHaveLength(1);
    expect(body.latest[0]?.why).toContain("citgo-6");
    const nobody = await post("/v1/rules/dry-run", { ...draft, entities: ["nobody"] });
    expect(nobody.body).toMatchObject({ alerts: 0, latest: [] });
    const saved = await ask("/v1/rules/citgo-6-developments/dry-run");
    expect(saved.body).toMatchObject({ says: expect.stringContaining("Citgo 6") });
    expect(await site.ledger.log.safePosition()).toBe(before);
    expect((await ask("/v1/rules")).body.items).toHaveLength(1);
  });

  test.each([
    [{ topic: "citgo-6", when: { kind: "silence" } }, 422, "days"],
    [{ topic: "citgo-6", occurrences: ["dance"] }, 422, "occurrences"],
    [{ topic: "citgo-6", when: { kind: "party" } }, 400, "when.kind"],
    [{}, 400, "topic"],
    ["{", 400, "not JSON"],
  ])("a rule that makes no sense is told so: %j", async (draft, status, sentence) => {
    const answer = await post("/v1/rules/dry-run", draft);
    expect([answer.status, answer.body.detail]).toEqual([
      status,
      expect.stringContaining(sentence),
    ]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });
});

test("JSON within JSON within JSON costs nothing", async () => {
  const deep = `${'{"topic":'.repeat(5_000)}1${"}".repeat(5_000)}`;
  expect((await post("/v1/rules/dry-run", deep)).status).toBe(400);
});

describe("topics", () => {
  test("are tested and replayed on everything ever seen", async () => {
    const before = await site.ledger.log.safePosition();
    const tested = await ask("/v1/topics/citgo-6/test?limit=2");
    expect(tested.body).toMatchObject({ items: 8, found: { length: 2 } });
    expect(tested.body.matches).toBeGreaterThan(2);
    const replayed = await ask("/v1/topics/citgo-6/replay");
    expect(replayed.body).toMatchObject({ items: 8, matches: tested.body.matches });
    expect(replayed.body.changes.length).toBeGreaterThanOrEqual(
      Math.abs(replayed.body.matches - replayed.body.recorded),
    );
    expect(await site.ledger.log.safePosition()).toBe(before);
  });

  test("one that is not followed is tried as a file describes it, in YAML or JSON", async () => {
    const json = await post("/v1/topics/test", unfollowed);
    expect([json.status, json.body.detail]).toEqual([200, undefined]);
    expect(json.body.matches).toBeGreaterThan(0);
    const { rules, ...head } = unfollowed;
    const text = Object.entries(head).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    const file = [...text, "rules:", ...rules.map((rule) => `  - ${JSON.stringify(rule)}`)];
    const written = await post("/v1/topics/replay", file.join("\n"), yaml);
    expect(written.body).toMatchObject({ recorded: 0, matches: json.body.matches });
    expect(written.body.changes[0]).toMatchObject({ change: "new", before: null, now: "digest" });
  });

  test("what is no topic is told so; what is no text for us is not read", async () => {
    const wrong = await post("/v1/topics/test", { id: "x" });
    expect([wrong.status, wrong.body.title]).toEqual([422, "What was sent makes no sense"]);
    expect((await post("/v1/topics/test", "[".repeat(30_000), yaml)).status).toBe(422);
    expect((await post("/v1/topics/test", { id: "x".repeat(70_000) })).status).toBe(413);
    expect((await post("/v1/topics/test", "x=1", { "Content-Type": "text/plain" })).status).toBe(
      415,
    );
  });
});

const yaml = { "Content-Type": "application/yaml" };

describe("deliveries", () => {
  test("are walked through by their cursors, and narrowed", async () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next ? `&cursor=${next}` : "";
      const { body } = await ask(`/v1/deliveries?limit=2${cursor}`);
      seen.push(...body.items.map(({ deliveryId }: { deliveryId: string }) => deliveryId));
      next = body.next;
    } while (next);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    const failed = await ask("/v1/deliveries?state=failed&kind=alert.raised&limit=2");
    expect(failed.body.items).toHaveLength(2);
    expect((await ask(`/v1/deliveries?cursor=${failed.body.next}`)).status).toBe(400);
    expect((await ask("/v1/deliveries?receiver=nobody")).body.items).toEqual([]);
    expect((await ask("/v1/deliveries?since=2099-01-01T00:00:00Z")).body.items).toEqual([]);
    expect((await ask("/v1/deliveries?state=lost")).status).toBe(400);
    expect((await ask("/v1/deliveries?since=yesterday")).body.detail).toContain(
      "since: give a moment",
    );
  });

  test("one shows each attempt with its answer; receivers show no secret", async () => {
    const { body } = await ask("/v1/deliveries/d-0");
    expect(body).toMatchObject({ state: "failed", attempts: 1, status: 500 });
    expect(body.tries).toMatchObject([{ attempt: 1, status: 500, response: "out of order" }]);
    expect((await ask("/v1/deliveries/nothing")).status).toBe(404);
    const { body: receivers } = await ask("/v1/webhooks");
    expect(receivers.items).toMatchObject([{ channel: "webhook", enabled: true, missed: 4 }]);
    expect(JSON.stringify(receivers)).not.toContain("whsec");
  });

  test("one is sent again once; what is on its way is not sent twice", async () => {
    const first = await ask("/v1/deliveries/d-0/resend", { method: "POST" });
    expect(first.status).toBe(202);
    expect(first.headers.get("location")).toBe(`/v1/deliveries/${first.body.deliveryId}`);
    const planned = await ask(first.headers.get("location") ?? "");
    expect(planned.body).toMatchObject({ messageId: "d-0", resend: 1, state: "planned" });
    const again = await ask("/v1/deliveries/d-0/resend", { method: "POST" });
    expect([again.status, again.body.title]).toEqual([409, "Something stands in its way"]);
    expect((await ask("/v1/deliveries/nothing/resend", { method: "POST" })).status).toBe(404);
  });

  test("a page of another site cannot send one again through its visitor's browser", async () => {
    for (const headers of [{ "Sec-Fetch-Site": "cross-site" }, { Origin: "https://evil.example" }])
      expect((await ask("/v1/deliveries/d-1/resend", { method: "POST", headers })).status).toBe(
        403,
      );
    expect((await ask("/v1/deliveries/d-1")).body.state).toBe("failed");
  });
});

test("sending again needs a key of scope admin as soon as there is one", async () => {
  await using own = await openOffice();
  await fillDeliveries(own);
  const { db } = own.ledger.database;
  const keyFor = async (scope: string, nth: number) =>
    (await addKey(db, { name: scope, scopes: [scope], expiresAt: null }, Buffer.alloc(32, nth)))
      .key;
  const resend = async (key?: string) =>
    (
      await own.get("/v1/deliveries/d-0/resend", {
        method: "POST",
        headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
      })
    ).status;
  const admin = await keyFor("admin", 1);
  expect(await resend()).toBe(401);
  expect(await resend(await keyFor("read", 2))).toBe(403);
  expect(await resend(`${admin.slice(0, -1)}_`)).toBe(401);
  expect(await resend(admin)).toBe(202);
});

test("where reading needs a key, a key for reading sends nothing again", async () => {
  await using own = await openOffice({ guarded: true });
  await fillDeliveries(own);
  const { db } = own.ledger.database;
  const asked = { name: "Maria", scopes: ["read"], expiresAt: null };
  const { key } = await addKey(db, asked, Buffer.alloc(32, 3));
  const headers = { Authorization: `Bearer ${key}` };
  expect((await own.get("/v1/deliveries", { headers })).status).toBe(200);
  const sent = await own.get("/v1/deliveries/d-0/resend", { method: "POST", headers });
  expect(sent.status).toBe(403);
});

test("trying out is given up when it takes too long, and says what to do", async () => {
  await using own = await openOffice({ trialSeconds: 0 });
  for (const path of ["/v1/topics/citgo-6/test", "/v1/rules/citgo-6-developments/dry-run"]) {
    const answer = await own.get(path);
    expect(answer.status, path).toBe(503);
    expect(await answer.json()).toMatchObject({
      detail: expect.stringContaining("newsledger topics test"),
    });
  }
});

test("a receiver that was removed cannot be sent anything again", async () => {
  const { db } = site.ledger.database;
  await sql`update newsledger.webhooks set enabled = false`.execute(db);
  const answer = await ask("/v1/deliveries/d-2/resend", { method: "POST" });
  expect([answer.status, answer.body.detail]).toEqual([
    409,
    expect.stringContaining("switched off"),
  ]);
  await sql`update newsledger.webhooks set enabled = true`.execute(db);
});
