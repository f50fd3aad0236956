import { listRules } from "@newsledger/alerts";
import { addKey, removeKey } from "@newsledger/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openOffice } from "./office.ts";
import type { Site } from "./site.ts";

/** What a browser keeps between two pages. */
class Visitor {
  readonly cookies = new Map<string, string>();
  readonly site: Site;
  constructor(site: Site) {
    this.site = site;
  }
  async get(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { Accept: "text/html", Cookie: cookie, ...init.headers };
    const response = await this.site.get(path, { redirect: "manual", ...init, headers });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.get(path, { method: "POST", body: new URLSearchParams(fields), headers });
  }
  async token(path: string): Promise<string> {
    const page = await (await this.get(path)).text();
    return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
  }
  /** Opens the page, and sends its form. */
  async send(page: string, path: string, fields: Record<string, string>): Promise<Response> {
    return this.post(path, { token: await this.token(page), ...fields });
  }
}

let made = 100;
async function keyFor(site: Site, scopes: string[]): Promise<string> {
  made += 1;
  const { db } = site.ledger.database;
  return (await addKey(db, { name: "Maria", scopes, expiresAt: null }, Buffer.alloc(32, made))).key;
}

const rule = {
  name: "Any release",
  topic: "citgo-6",
  kind: "report",
  entity: "citgo-6",
  occurrence: "release",
  min_reports: "1",
  days: "14",
  severity: "important",
  note: "",
};

describe("on this machine, while nobody has a key for it", () => {
  let site: Site;
  beforeAll(async () => {
    site = await openOffice();
  });
  afterAll(() => site[Symbol.asyncDispose]());

  test("the administration is open, and says so", async () => {
    const page = await new Visitor(site).get("/admin/rules");
    expect(page.status).toBe(200);
    expect(page.headers.get("cache-control")).toBe("no-store");
    const text = await page.text();
    expect(text).toContain("Any development about the Citgo 6");
    expect(text).toContain("Everyone who uses this machine can change things here");
  });

  test("a rule is tried before it is saved, saved, snoozed, woken and removed", async () => {
    const { db } = site.ledger.database;
    const maria = new Visitor(site);
    const tried = await maria.send("/admin/rules", "/admin/rules", { ...rule, do: "try" });
    expect(tried.status).toBe(200);
    const page = await tried.text();
    expect(page).toContain("What it would have said");
    expect(page).toContain('value="Any release"');
    expect(await listRules(db)).toHaveLength(1);

    const added = await maria.send("/admin/rules", "/admin/rules", { ...rule, do: "add" });
    expect([added.status, added.headers.get("location")]).toEqual([303, "/admin/rules?done=added"]);
    const again = await maria.send("/admin/rules", "/admin/rules", { ...rule, do: "add" });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain("one with the name");
    const [ours] = (await listRules(db)).filter(({ name }) => name === "Any release");
    const act = (what: string, more = {}) =>
      maria.send("/admin/rules", "/admin/rules", { do: what, rule: ours?.ruleId ?? "", ...more });
    expect((await act("test")).status).toBe(200);
    await act("snooze", { hours: "24" });
    const asleep = await (await maria.get("/admin/rules?done=snoozed")).text();
    expect(asleep).toContain("Snoozed until");
    await act("wake");
    expect((await act("remove")).status).toBe(303);
    expect(await listRules(db)).toHaveLength(1);
    expect((await act("remove")).status).toBe(422);
  });

  test("a form that makes no sense is refused with a sentence, and nothing is saved", async () => {
    const maria = new Visitor(site);
    for (const wrong of [
      { name: "" },
      { kind: "party" },
      { min_reports: "1e9" },
      { topic: "nothing" },
      { severity: "" },
      { kind: "silence", min_reports: "3" },
    ]) {
      const fields = { ...rule, name: "Wrong", ...wrong, do: "add" };
      const answer = await maria.send("/admin/rules", "/admin/rules", fields);
      expect(answer.status, JSON.stringify(wrong)).toBe(422);
      expect(await answer.text()).toContain('role="alert"');
    }
    expect(await listRules(site.ledger.database.db)).toHaveLength(1);
    const strange = await maria.send("/admin/rules", "/admin/rules", { do: "dance" });
    expect(strange.status).toBe(400);
  });

  test("what another site sends through a visitor's browser changes nothing", async () => {
    const maria = new Visitor(site);
    const token = await maria.token("/admin/rules");
    const remove = { do: "remove", rule: "citgo-6-developments" };
    const others = [
      maria.post("/admin/rules", remove),
      maria.post("/admin/rules", { ...remove, token: "x" }),
      maria.post("/admin/rules", { ...remove, token }, { "Sec-Fetch-Site": "cross-site" }),
      maria.post("/admin/rules", { ...remove, token }, { Origin: "https://evil.example" }),
      maria.post("/admin/rules", { ...remove, token }, { Origin: "null" }),
      new Visitor(site).post("/admin/rules", { ...remove, token }),
    ];
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual(others.map(() => 403));
    expect(await listRules(site.ledger.database.db)).toHaveLength(1);
  });

  test("deliveries, digests, topics and feeds are there, with what can be done", async () => {
    const maria = new Visitor(site);
    for (const path of ["/admin/deliveries?state=failed", "/admin/digests", "/admin/topics"])
      expect((await maria.get(path)).status, path).toBe(200);
    const unknown = await maria.send("/admin/rules", "/admin/deliveries", { delivery: "d1" });
    expect([unknown.status, await unknown.text()]).toEqual([
      422,
      expect.stringContaining("no such delivery"),
    ]);
    const feeds = await (await maria.get("/admin/feeds")).text();
    const [, feed = ""] = /name="feed" value="([^"]+)"/.exec(feeds) ?? [];
    const asked = await maria.send("/admin/feeds", "/admin/feeds", { feed });
    expect(asked.headers.get("location")).toBe("/admin/feeds?done=asked");
    expect((await maria.send("/admin/feeds", "/admin/feeds", { feed: "all" })).status).toBe(422);
    const preview = await maria.get("/admin/digests/preview?topic=citgo-6&language=es");
    expect(await preview.text()).toContain("Citgo");
    expect(preview.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("testing a topic reads everything ever seen, and writes nothing", async () => {
    const before = await site.ledger.log.safePosition();
    const answer = await new Visitor(site).send("/admin/topics", "/admin/topics", {
      topic: "citgo-6",
    });
    expect(await answer.text()).toMatch(/<b>\d+<\/b> \/ 8 items would match now/);
    expect(await site.ledger.log.safePosition()).toBe(before);
  });
});

describe("where somebody has a key for it", () => {
  let site: Site;
  let admin: string;
  beforeAll(async () => {
    site = await openOffice();
    admin = await keyFor(site, ["admin"]);
  });
  afterAll(() => site[Symbol.asyncDispose]());

  const signIn = async (visitor: Visitor, key: string, next = "/admin/rules") =>
    visitor.send(`/sign-in?next=${encodeURIComponent(next)}`, "/sign-in", { key, next });

  test("the administration asks for it; reading does not", async () => {
    const closed = await new Visitor(site).get("/admin/rules");
    expect(closed.status).toBe(401);
    expect(await closed.text()).toContain('action="/sign-in"');
    expect((await new Visitor(site).get("/cases/citgo-6")).status).toBe(200);
  });

  test("signing in opens it, signing out closes it for good", async () => {
    const maria = new Visitor(site);
    const answer = await signIn(maria, admin);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/admin/rules"]);
    expect(answer.headers.getSetCookie().join()).toMatch(
      /newsledger-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict/,
    );
    expect((await maria.get("/admin/rules")).status).toBe(200);
    const kept = new Map(maria.cookies);
    expect((await maria.send("/admin/rules", "/sign-out", {})).status).toBe(303);
    for (const [name, value] of kept) maria.cookies.set(name, value);
    expect((await maria.get("/admin/rules")).status).toBe(401);
  });

  test("a wrong key, a key for reading, and a session whose key was removed do not open it", async () => {
    const maria = new Visitor(site);
    expect((await signIn(maria, `${admin}x`)).status).toBe(401);
    expect((await signIn(maria, await keyFor(site, ["read"]))).status).toBe(403);
    const brief = await keyFor(site, ["admin"]);
    await signIn(maria, brief);
    expect((await maria.get("/admin/rules")).status).toBe(200);
    await removeKey(site.ledger.database.db, brief.slice(0, 9));
    expect((await maria.get("/admin/rules")).status).toBe(401);
  });

  test("the way on leads to this site only", async () => {
    for (const next of [
      "//evil.example",
      "https://evil.example",
      "/\\evil.example",
      "javascript:1",
    ])
      expect((await signIn(new Visitor(site), admin, next)).headers.get("location")).toBe("/");
  });

  test("the database holds no session, only what recognises it", async () => {
    const maria = new Visitor(site);
    await signIn(maria, admin);
    const rows = await site.ledger.database.db
      .selectFrom("newsledger.api_sessions")
      .selectAll()
      .execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const value of maria.cookies.values()) expect(JSON.stringify(rows)).not.toContain(value);
  });
});

test("guessing keys is slowed down", async () => {
  await using site = await openOffice();
  const visitor = new Visitor(site);
  const token = await visitor.token("/sign-in");
  const statuses = [];
  for (let nth = 0; nth < 11; nth += 1)
    statuses.push((await visitor.post("/sign-in", { token, key: `nl_${nth}` })).status);
  expect(statuses.slice(0, 10)).toEqual(statuses.slice(0, 10).map(() => 401));
  expect(statuses.at(-1)).toBe(429);
});

test("where reading needs a key too, a browser is shown the door, and a session opens what its key is for", async () => {
  await using site = await openOffice({ guarded: true });
  const maria = new Visitor(site);
  const closed = await maria.get("/cases/citgo-6");
  expect(closed.status).toBe(401);
  expect(closed.headers.get("www-authenticate")).not.toContain("Basic");
  expect(await closed.text()).toContain('name="next" value="/cases/citgo-6"');
  expect((await maria.get("/admin/rules")).status).toBe(401);
  await maria.send("/sign-in", "/sign-in", { key: await keyFor(site, ["read"]), next: "/" });
  expect((await maria.get("/cases/citgo-6")).status).toBe(200);
  expect((await maria.get("/v1/export/events.csv")).status).toBe(403);
  expect((await maria.get("/admin/rules")).status).toBe(403);
  await maria.send("/sign-in", "/sign-in", { key: await keyFor(site, ["admin"]), next: "/" });
  expect((await maria.get("/admin/rules")).status).toBe(200);
  expect((await maria.get("/cases/citgo-6")).status).toBe(200);
});
