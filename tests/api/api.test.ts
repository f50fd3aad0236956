import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { fillDeliveries, openOffice, unfollowed } from "./office.ts";
import { openSite, type Site } from "./site.ts";

interface Operation {
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

let site: Site;
let document: OpenApi;
let storyId: string;
beforeAll(async () => {
  site = await openOffice();
  await fillDeliveries(site);
  await site.ledger.tell({
    key: "no-link",
    title: "A Citgo story without an address",
    url: "javascript:alert(1)",
    publishedAt: null,
  });
  await site.ledger.caughtUp();
  const stories = (await (await site.get("/v1/stories?q=detenidos")).json()) as {
    items: { storyId: string }[];
  };
  storyId = stories.items[0]?.storyId ?? "";
  document = (await (await site.get("/openapi.json")).json()) as OpenApi;
});
afterAll(() => site[Symbol.asyncDispose]());

/** How a route is written here: its path, after its method where that is not GET. */
const split = (route: string): [method: string, path: string] => {
  const [path = "", method = "GET"] = route.split(" ").toReversed();
  return [method, path];
};

/** The schema that the OpenAPI document gives for one answer, as a parser. */
function schemaOf(route: string, status: number): { parser: z.ZodType; type: string } {
  const [method, path] = split(route);
  const response = document.paths[path]?.[method.toLowerCase()]?.responses[status];
  const [type, { schema }] = Object.entries(response?.content ?? {})[0] ?? ["", { schema: {} }];
  const whole = { ...schema, $defs: document.components.schemas };
  const text = JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/");
  return { parser: z.fromJSONSchema(JSON.parse(text)), type };
}

const release = { topic: "citgo-6", occurrences: ["release"] };

const answers: [route: string, url: string, status: number, body?: object][] = [
  ["/v1/events", "/v1/events", 200],
  ["/v1/events", "/v1/events?topic=citgo-6&type=story.opened&limit=2&direction=forward", 200],
  ["/v1/events", "/v1/events?known_at=3&as_of=2021-12-31", 200],
  ["/v1/events", "/v1/events?known_at=2026-01-01T00:00:00%2B02:00", 200],
  ["/v1/events", "/v1/events?limit=0", 400],
  ["/v1/events/stream", "/v1/events/stream?after=x", 400],
  ["/v1/events/{position}", "/v1/events/1", 200],
  ["/v1/events/{position}", "/v1/events/999999", 404],
  ["/v1/events/{position}", "/v1/events/x", 400],
  ["/v1/events", "/v1/events?entity=tomeu-vadell&language=en&source=Diario%20Uno", 200],
  ["/v1/articles", "/v1/articles", 200],
  ["/v1/articles", "/v1/articles?entity=gustavo-cardenas&role=target&occurrence=release", 200],
  ["/v1/articles", "/v1/articles?q=helicoide&as_of=2021-12-31&known_at=99", 200],
  ["/v1/articles", "/v1/articles?role=actor", 400],
  ["/v1/occurrences", "/v1/occurrences", 200],
  ["/v1/occurrences", "/v1/occurrences?happened_from=2021-01-01&happened_to=2021-12-31", 200],
  ["/v1/occurrences", "/v1/occurrences?occurrence=dance", 400],
  ["/v1/stories", "/v1/stories?min_sources=2&limit=3", 200],
  ["/v1/stories", "/v1/stories?min_sources=0", 400],
  ["/v1/stories/{id}", "/v1/stories/{story}", 200],
  ["/v1/stories/{id}", "/v1/stories/unheard-of", 404],
  ["/v1/stories/{id}/evidence", "/v1/stories/unheard-of/evidence", 404],
  ["/v1/verify-bundle.ts", "/v1/verify-bundle.ts?x=1", 400],
  ["/v1/entities/{id}", "/v1/entities/tomeu-vadell", 200],
  ["/v1/entities/{id}", "/v1/entities/tomeu-vadell?known_at=1", 404],
  ["/v1/stories", "/v1/stories?happened_from=2022-10-01&found_to=2023-12-31", 200],
  ["/v1/stories", "/v1/stories?found_from=soon", 400],
  ["/v1/entities/{id}/graph", "/v1/entities/tomeu-vadell/graph", 200],
  ["/v1/entities/{id}/graph", "/v1/entities/nobody/graph", 404],
  ["/v1/topics", "/v1/topics", 200],
  ["/v1/topics", "/v1/topics?limit=1", 400],
  ["/v1/topics/{id}", "/v1/topics/citgo-6", 200],
  ["/v1/topics/{id}", "/v1/topics/nothing", 404],
  ["/v1/topics/{id}/test", "/v1/topics/citgo-6/test?limit=3", 200],
  ["/v1/topics/{id}/test", "/v1/topics/nothing/test", 404],
  ["/v1/topics/{id}/replay", "/v1/topics/us-venezuela/replay", 200],
  ["/v1/topics/{id}/replay", "/v1/topics/citgo-6/replay?limit=0", 400],
  ["POST /v1/topics/test", "/v1/topics/test", 422, { id: "x" }],
  ["POST /v1/topics/test", "/v1/topics/test", 200, unfollowed],
  ["POST /v1/topics/replay", "/v1/topics/replay?limit=9", 200, unfollowed],
  ["POST /v1/topics/replay", "/v1/topics/replay?limit=1e9", 400, unfollowed],
  ["/v1/rules", "/v1/rules", 200],
  ["/v1/rules", "/v1/rules?x=1", 400],
  ["/v1/rules/{id}", "/v1/rules/citgo-6-developments", 200],
  ["/v1/rules/{id}", "/v1/rules/nothing", 404],
  ["/v1/rules/{id}/dry-run", "/v1/rules/citgo-6-developments/dry-run?limit=2", 200],
  ["/v1/rules/{id}/dry-run", "/v1/rules/nothing/dry-run", 404],
  ["POST /v1/rules/dry-run", "/v1/rules/dry-run", 200, release],
  ["POST /v1/rules/dry-run", "/v1/rules/dry-run", 400, {}],
  ["POST /v1/rules/dry-run", "/v1/rules/dry-run", 422, { ...release, when: { kind: "silence" } }],
  ["/v1/deliveries", "/v1/deliveries?state=failed&limit=2", 200],
  ["/v1/deliveries", "/v1/deliveries?cursor=AAAA", 400],
  ["/v1/deliveries/{id}", "/v1/deliveries/d-0", 200],
  ["/v1/deliveries/{id}", "/v1/deliveries/nothing", 404],
  ["POST /v1/deliveries/{id}/resend", "/v1/deliveries/d-0/resend", 202, {}],
  ["POST /v1/deliveries/{id}/resend", "/v1/deliveries/d-0/resend", 409, {}],
  ["POST /v1/deliveries/{id}/resend", "/v1/deliveries/nothing/resend", 404, {}],
  ["/v1/webhooks", "/v1/webhooks", 200],
  ["/v1/webhooks", "/v1/webhooks?secret=1", 400],
  ["/v1/export/{file}", "/v1/export/events.xlsx", 400],
  ["/v1/export/{file}", "/v1/export/stories.csv?type=item.seen", 400],
  ["/feeds/{file}", "/feeds/nobody.atom", 404],
  ["/feeds/{file}", "/feeds/citgo-6.atom?limit=2", 400],
  ["/v1/search", "/v1/search?q=citgo", 200],
  ["/v1/search", "/v1/search?q=tomeu+vadel", 200],
  ["/v1/search", "/v1/search?q=citgo&topic=citgo-6&language=es&from=2017-01-01&to=2021-12-31", 200],
  ["/v1/search", "/v1/search", 400],
  ["/v1/cases", "/v1/cases", 200],
  ["/v1/cases", "/v1/cases?x=1", 400],
  ["/v1/cases/{id}", "/v1/cases/citgo-6", 200],
  ["/v1/cases/{id}", "/v1/cases/nobody", 404],
  ["/v1/cases/{id}/timeline", "/v1/cases/citgo-6/timeline", 200],
  ["/v1/cases/{id}/timeline", "/v1/cases/citgo-6/timeline?as_of=2017-11-22", 200],
  ["/v1/cases/{id}/timeline", "/v1/cases/nobody/timeline", 404],
  ["/v1/cases/{id}/volume", "/v1/cases/citgo-6/volume", 200],
  ["/v1/cases/{id}/volume", "/v1/cases/nobody/volume", 404],
  ["/v1/cases/{id}/status", "/v1/cases/citgo-6/status", 200],
  ["/v1/cases/{id}/status", "/v1/cases/citgo-6/status?as_of=2021-12-31", 200],
  ["/v1/cases/{id}/status", "/v1/cases/us-venezuela/status", 200],
  ["/v1/cases/{id}/status", "/v1/cases/nobody/status", 404],
  ["/v1/feeds", "/v1/feeds", 200],
  ["/v1/feeds", "/v1/feeds?x=1", 400],
  ["/v1/feeds/{id}", "/v1/feeds/feed-one", 200],
  ["/v1/feeds/{id}", "/v1/feeds/nothing", 404],
  ["/healthz", "/healthz", 200],
  ["/readyz", "/readyz", 200],
];

test.each(answers)("%s answers as its schema says: %s → %i", async (route, url, status, body) => {
  const { parser, type } = schemaOf(route, status);
  const response = await site.get(url.replace("{story}", storyId), {
    method: split(route)[0],
    ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  });
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toContain(type);
  const answer: unknown = await response.json();
  expect(parser.safeParse(answer).error?.issues ?? []).toEqual([]);
});

/** Their answers are no JSON, or there is no way to ask them wrongly; each has tests of its own. */
const otherwise = {
  answered: [
    ...["/v1/events/stream", "/v1/export/{file}", "/feeds/{file}"],
    ...["/v1/stories/{id}/evidence", "/v1/verify-bundle.ts"],
  ],
  refused: ["/healthz", "/readyz"],
};

test("every documented route was asked, rightly and wrongly, and the document is OpenAPI 3.1", () => {
  expect(document.openapi).toBe("3.1.0");
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => (method === "get" ? path : `POST ${path}`)),
  );
  const asked = (rightly: boolean) =>
    new Set(answers.filter(([, , status]) => status < 300 === rightly).map(([route]) => route));
  const all = new Set(documented);
  expect(new Set([...asked(true), ...otherwise.answered])).toEqual(all);
  expect(new Set([...asked(false), ...otherwise.refused])).toEqual(all);
});

test("a schema of the document refuses what is not so", () => {
  const { parser } = schemaOf("/v1/events", 200);
  expect(parser.safeParse({ items: [{ title: "no evidence" }], next: null }).success).toBe(false);
});

test("status over HTTP is the read model's, as of any day", async () => {
  const status = await (await site.get("/v1/cases/citgo-6/status?as_of=2021-12-31")).json();
  expect(status).toMatchObject({
    on: "2021-12-31",
    persons: Array(6).fill({ status: "imprisoned-again" }),
  });
});

describe("wrong questions get a sentence", () => {
  test.each([
    ["/v1/events?topik=citgo-6", "“topik”: no such parameter"],
    ["/v1/events?limit=201", "limit"],
    ["/v1/events?limit=ten", "limit"],
    ["/v1/events?limit=1&limit=2", "limit"],
    ["/v1/events?cursor=!!", "cursor"],
    ["/v1/events?cursor=AAAA", "cursor"],
    ["/v1/events?as_of=2021-02-30", "as_of: give a day"],
    ["/v1/events?as_of=", "as_of"],
    ["/v1/events?known_at=yesterday", "known_at"],
    ["/v1/events?known_at=99999999999999999999", "known_at"],
    ["/v1/events?type=DROP%20TABLE", "type"],
    ["/v1/events?topic=", "topic"],
    ["/v1/search?q=-only", "nothing to find"],
    [`/v1/search?q=${"x".repeat(600)}`, "q:"],
    ["/v1/search?q=a&language=fr", "language"],
    ["/v1/search?q=a&from=1.1.2020", "from: give a day"],
    ["/v1/cases/citgo-6/timeline?cursor=eyJ4IjoxfQ", "cursor"],
    ["/v1/events?%00=1", "is no text"],
    ["/v1/events?__proto__=1", "no such parameter"],
  ])("%s", async (url, sentence) => {
    const response = await site.get(url);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = (await response.json()) as { detail: string; status: number };
    expect(problem.detail).toContain(sentence);
    expect(problem.status).toBe(400);
  });

  test.each(["%27%29%3B%20drop%20table%20x%3B--", "%00", "%ff", "%ed%a0%80", "a%00b"])(
    "a hostile value %s is answered without failing inside",
    async (value) => {
      for (const url of [
        `/v1/search?q=${value}`,
        `/v1/events?topic=${value}`,
        `/v1/cases/${value}`,
        `/search?q=${value}`,
        `/search?q=a&topic=${value}`,
        `/cases/citgo-6?as_of=${value}`,
      ])
        expect((await site.get(url)).status, url).toBeLessThan(500);
    },
  );
});

test("unknown paths and cases are 404 problems; writing is refused", async () => {
  expect(await (await site.get("/nowhere")).json()).toMatchObject({
    status: 404,
    title: "Not found",
  });
  expect(await (await site.get("/v1/cases/nobody")).json()).toMatchObject({
    detail: "There is no case “nobody” here; followed: citgo-6, us-venezuela.",
  });
  const written = await site.get("/v1/events", { method: "POST" });
  expect([written.status, written.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

test("an address that is not http(s) is never given out", async () => {
  const events = (await (await site.get("/v1/events?limit=200")).json()) as {
    items: { url: string | null; title: string }[];
  };
  const line = events.items.find(({ title }) => title.includes("without an address"));
  expect(line).toMatchObject({ url: null });
  expect(JSON.stringify(events)).not.toContain("javascript:");
});

test("an unchanged answer costs nothing the second time", async () => {
  for (const url of ["/v1/cases/citgo-6/status", "/cases/citgo-6", "/style.css"]) {
    const first = await site.get(url);
    const tag = first.headers.get("etag") ?? "";
    await first.arrayBuffer();
    const second = await site.get(url, { headers: { "If-None-Match": tag } });
    expect([second.status, await second.text()], url).toEqual([304, ""]);
  }
});

test("answers travel compressed, for whoever can read them so", async () => {
  const headers = (encoding: string) => ({ headers: { "Accept-Encoding": encoding } });
  const packed = await site.get("/cases/citgo-6", headers("gzip"));
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(await packed.text()).toContain("</html>");
  const tag = packed.headers.get("etag") ?? "";
  const again = await site.get("/cases/citgo-6", {
    headers: { "Accept-Encoding": "gzip", "If-None-Match": tag },
  });
  expect(again.status).toBe(304);
  const plain = await site.get("/cases/citgo-6", headers("identity"));
  expect(plain.headers.get("content-encoding")).toBeNull();
});

test("pages walk through the whole timeline by their cursors", async () => {
  const titles: string[] = [];
  let next: string | null = null;
  do {
    const query: string = next ? `&cursor=${encodeURIComponent(next)}` : "";
    const page = (await (await site.get(`/v1/cases/citgo-6/timeline?limit=2${query}`)).json()) as {
      items: { title: string }[];
      next: string | null;
    };
    titles.push(...page.items.map(({ title }) => title));
    next = page.next;
  } while (next);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles).toHaveLength(7);
});

test("every answer carries the headers that keep a browser safe", async () => {
  for (const url of ["/", "/cases/citgo-6", "/v1/events", "/nowhere", "/openapi.json"]) {
    const { headers } = await site.get(url);
    expect(headers.get("content-security-policy"), url).toContain("default-src 'none'");
    expect(headers.get("content-security-policy"), url).not.toContain("unsafe");
    expect(headers.get("x-content-type-options"), url).toBe("nosniff");
    expect(headers.get("referrer-policy"), url).toBe("no-referrer");
  }
});

test("metrics are there for whoever scrapes them", async () => {
  expect((await site.get("/metrics")).headers.get("content-type")).toContain("text/plain");
});

test("not ready says what is missing", async () => {
  await using own = await openSite();
  await own.ledger.database.db
    .deleteFrom("newsledger.migrations")
    .where("id", "like", "readmodels-%")
    .execute();
  const response = await own.get("/readyz");
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    ready: false,
    checks: expect.arrayContaining([
      { name: "database", ok: true, detail: "answers" },
      { name: "migrations", ok: false, detail: expect.stringContaining("readmodels-001-words") },
    ]),
  });
});

test("a failure inside is not shown to whoever asked", async () => {
  await using own = await openSite({
    feeds: async () => {
      throw new Error("password=hunter2 refused");
    },
  });
  const response = await own.get("/v1/feeds");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("hunter2");
});
