import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tellTheCase } from "../readmodels/coverage.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await tellTheCase(site.ledger);
  await site.ledger.caughtUp();
});
afterAll(() => site[Symbol.asyncDispose]());

interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
}

const many = (count: number, text: string) => Array.from({ length: count }, () => text).join("+");
const cursorOf = (...key: string[]) => Buffer.from(key.join("|")).toString("base64url");
const terms = many(10_000, "citgo");

/** What may be sent in any place, and must be refused in a sentence, never answered by accident or by a failure. */
const refused: [what: string, path: string, status: number][] = [
  ["a limit without bound", "/v1/events?limit=1e9", 400],
  ["a limit in hexadecimal", "/v1/events?limit=0x10", 400],
  ["a negative limit", "/v1/events?limit=-1", 400],
  ["a broken limit", "/v1/events?limit=1.5", 400],
  ["an empty limit", "/v1/events?limit=", 400],
  ["a limit that is no number", "/v1/events?limit=NaN", 400],
  ["a parameter twice", "/v1/events?limit=1&limit=2", 400],
  ["a parameter twice, the same", "/v1/stories?topic=citgo-6&topic=citgo-6", 400],
  ["a parameter as a list", "/v1/events?limit[]=1", 400],
  ["a parameter as an object", "/v1/events?limit[a][b][c]=1", 400],
  ["a parameter that reaches for prototypes", "/v1/events?__proto__=1", 400],
  ["an unknown parameter", "/v1/events?limitt=1", 400],
  ["SQL as a topic", "/v1/events?topic=x'%20or%201=1--", 400],
  ["SQL as an entity", "/v1/articles?entity=x');drop%20table%20newsledger.events;--", 400],
  ["SQL as a type", "/v1/events?type=item.seen'%20or%20'1'='1", 400],
  ["SQL as a day", "/v1/articles?from=2021-01-01';select%20pg_sleep(9)", 400],
  ["a search without words", "/v1/search?q=", 400],
  ["a search of signs", "/v1/search?q=!!!%20%26%26%20---", 400],
  ["a search that only excludes", "/v1/search?q=-citgo", 400],
  ["a search of ten thousand words", `/v1/search?q=${terms.slice(0, 9_000)}`, 400],
  ["a NUL in an outlet", "/v1/articles?source=a%00b", 400],
  ["a NUL in a search", "/v1/search?q=citgo%00caracas", 400],
  ["a NUL in an id", "/v1/entities/tomeu%00vadell", 400],
  ["a NUL in a story's page", "/stories/a%00b", 400],
  ["a half of a surrogate pair", "/v1/articles?source=%ED%A0%80", 400],
  ["a half of a surrogate pair in a search", "/v1/search?q=%ED%A0%80citgo", 400],
  ["bytes that are no UTF-8", "/v1/articles?source=%C3%28", 400],
  ["a broken percent sign", "/v1/articles?source=%zz", 400],
  ["a day that is none", "/v1/articles?as_of=2021-02-30", 400],
  ["a day before all calendars", "/v1/articles?as_of=0000-01-01", 400],
  ["a moment without zone", "/v1/events?known_at=2026-01-01T00:00:00", 400],
  ["a position beyond 64 bits", "/v1/events?known_at=99999999999999999999", 400],
  ["a position below zero", "/v1/events?known_at=-1", 400],
  ["an event beyond 64 bits", "/v1/events/99999999999999999999", 400],
  ["a cursor that is none", "/v1/events?cursor=abc", 400],
  ["a cursor that is not base64", "/v1/events?cursor=%25%25%25", 400],
  [
    "a cursor of another list",
    `/v1/events?cursor=${cursorOf("a", "2021-01-01T00:00:00.000Z", "1")}`,
    400,
  ],
  [
    "a cursor of another direction",
    `/v1/events?direction=forward&cursor=${cursorOf("eb", "5")}`,
    400,
  ],
  ["a cursor with SQL in it", `/v1/events?cursor=${cursorOf("eb", "5;select 1")}`, 400],
  ["a cursor with a number too large", `/v1/events?cursor=${cursorOf("eb", "9".repeat(19))}`, 400],
  [
    "a cursor with a day that is none",
    `/v1/articles?cursor=${cursorOf("a", "2021-99-99T99:99:99.999Z", "1")}`,
    400,
  ],
  ["a cursor with more than it should", `/v1/events?cursor=${cursorOf("eb", "5", "6")}`, 400],
  ["a cursor without end", `/v1/events?cursor=${"A".repeat(5_000)}`, 400],
  [
    "a cursor of search with a rank too large",
    `/v1/search?q=citgo&cursor=${cursorOf("s", "9", "9e99", "1")}`,
    400,
  ],
  ["more outlets than there can be", "/v1/stories?min_sources=1000000", 400],
  ["a role of nobody", "/v1/stories?role=actor", 400],
  ["a language there is not", "/v1/search?q=citgo&language=xx", 400],
  ["a place on the disk", "/v1/export/../../etc/passwd", 404],
  ["a place on the disk, hidden", "/v1/export/..%2f..%2fetc%2fpasswd", 400],
  ["a path there is not", "/v1/nothing", 404],
  ["a case there is not", "/v1/cases/nobody/status", 404],
  ["a feed of a case there is not", "/feeds/nobody.atom", 404],
  ["a page of a day that is none", "/cases/citgo-6?as_of=yesterday", 400],
  ["a slider that is nowhere", "/cases/citgo-6?at_month=", 400],
  ["a slider before its first stop", "/cases/citgo-6?at_month=573", 400],
  ["a slider after its last stop", "/cases/citgo-6?at_month=646", 400],
  ["a slider below zero", "/cases/citgo-6?at_month=-1", 400],
  ["a slider in hexadecimal", "/cases/citgo-6?at_month=0x26f", 400],
  ["a slider beyond all calendars", "/cases/citgo-6?at_day=999999", 400],
  ["a slider without end", `/cases/citgo-6?at_day=${"9".repeat(5_000)}`, 400],
  ["a slider in other digits", "/cases/citgo-6?at_month=%EF%BC%96%EF%BC%92%EF%BC%93", 400],
  ["a slider with SQL in it", "/cases/citgo-6?at_month=623;select%201", 400],
  ["a slider with a NUL in it", "/cases/citgo-6?at_month=623%00", 400],
  ["a slider in two places", "/cases/citgo-6?at_month=623&at_month=624", 400],
  ["a slider in two places, by two names", "/cases/citgo-6?at_month=623&at_day=18992", 400],
  ["a slider of a case there is not", "/cases/nobody?at_month=623", 404],
];

test.each(refused)("%s is refused in a sentence: %s", async (_, path, status) => {
  const response = await site.get(path, { headers: { Accept: "application/json" } });
  const text = await response.text();
  expect([response.status, text.slice(0, 200)]).toEqual([status, expect.any(String)]);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  const body = JSON.parse(text) as ProblemBody;
  expect(body).toMatchObject({ type: "about:blank", status });
  expect(body.detail.length).toBeGreaterThan(10);
  expect(body.detail.length).toBeLessThan(600);
  expect(text).not.toMatch(/node_modules|\.ts:\d|\bat [A-Z]\w+\.|syntax error|pg_|select |kysely/i);
});

test("an address longer than the server reads is refused in a sentence too", async () => {
  const response = await site.get(`/v1/search?q=${terms}`);
  expect(response.status).toBe(431);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await response.json()).toMatchObject({
    status: 431,
    detail: expect.stringContaining("16"),
  });
});

test.each([
  ["what is no HTTP", "HELO newsledger\r\n\r\n"],
  ["a header with a NUL", "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n"],
  [
    "two lengths of one body",
    "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
  ],
])("%s is answered with 400 and the connection is closed", async (_, sent) => {
  const answer = await raw(sent);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain("application/problem+json");
});

/** What comes back until the server hangs up. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site.origin);
    let heard = "";
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on("data", (chunk) => {
      heard += chunk.toString("utf8");
    });
    socket.once("close", () => resolve(heard));
    socket.once("error", reject);
  });

test.each(["POST", "PUT", "PATCH", "DELETE"])("%s is not for reading", async (method) => {
  const response = await site.get("/v1/events", { method });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("GET, HEAD");
  expect(await response.json()).toMatchObject({ status: 405 });
});

test("an assistant that sends JSON without an end in depth or length is refused", async () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const post = (body: string) =>
    site.get("/mcp", {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json, text/event-stream",
      },
    });
  for (const body of [deep, "{", "null", `"${"x".repeat(3_000_000)}"`]) {
    const response = await post(body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toMatch(/node_modules|\.ts:\d/);
  }
});

test("whatever was refused, the next honest question is answered", async () => {
  expect((await site.get("/v1/events?limit=1")).status).toBe(200);
});
