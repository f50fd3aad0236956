import { parseFeed } from "@newsledger/feeds";
import { afterAll, beforeAll, expect, test } from "vitest";
import { revise, type Told, tellTheCase } from "../readmodels/coverage.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await tellTheCase(site.ledger);
  await site.ledger.tell({
    key: "hostile",
    title: "Citgo ]]> <script>alert(1)</script> & \u0001 “quotes”",
    source: "El Eco </name>",
    url: "javascript:alert(1)",
    publishedAt: null,
  });
  await site.ledger.caughtUp();
});
afterAll(() => site[Symbol.asyncDispose]());

interface JsonFeed {
  version: string;
  title: string;
  feed_url: string;
  items: { id: string; title: string; date_modified: string; content_html: string; url: string }[];
}

const asked = async (path: string) => {
  const response = await site.get(path);
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
const jsonFeed = async (path: string): Promise<JsonFeed> => {
  const { response, bytes } = await asked(path);
  expect(response.headers.get("content-type")).toContain("application/feed+json");
  return JSON.parse(bytes.toString()) as JsonFeed;
};

test("a topic is an Atom feed and a JSON Feed with the same entries, which feed readers can read", async () => {
  const { response, bytes } = await asked("/feeds/citgo-6.atom");
  expect(response.headers.get("content-type")).toContain("application/atom+xml");
  const read = parseFeed({ bytes });
  const json = await jsonFeed("/feeds/citgo-6.json");
  expect(read.items).toHaveLength(7);
  const shown = ({ title }: { title: string }) => title.replace(/[^\p{L} ].*/u, "");
  expect(read.items.map(shown)).toEqual(json.items.map(shown));
  expect(json).toMatchObject({ version: "https://jsonfeed.org/version/1.1", title: "Citgo 6" });
});

test("an entry keeps its id and moves its date when its source rewords it", async () => {
  const told: Told = {
    key: "visit",
    title: "Envoy sees the Citgo 6",
    publishedAt: "2021-12-10T12:00:00Z",
  };
  const find = async (title: string) =>
    (await jsonFeed("/feeds/citgo-6.json")).items.find((item) => item.title === title);
  const before = await find("Envoy visits the Citgo 6 at El Helicoide");
  await revise(site.ledger, told, "Envoy visits the Citgo 6 at El Helicoide");
  await site.ledger.caughtUp();
  const after = await find(told.title);
  expect(after?.id).toBe(before?.id);
  expect(after?.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(Date.parse(after?.date_modified ?? "")).toBeGreaterThan(
    Date.parse(before?.date_modified ?? ""),
  );
  const { bytes } = await asked("/feeds/citgo-6.atom");
  expect(bytes.toString()).toContain(`<updated>${after?.date_modified}</updated>`);
});

test("any question is a feed of its own", async () => {
  const titles = async (path: string) =>
    (await jsonFeed(path)).items.map(({ title }) => title.slice(0, 20));
  expect(await titles("/feeds/citgo-6.json?q=helicoide&language=en")).toHaveLength(2);
  expect(await titles("/feeds/citgo-6.json?entity=gustavo-cardenas&role=target")).toEqual([
    "Gustavo Cárdenas is ",
  ]);
  expect(await titles("/feeds/us-venezuela.json")).toHaveLength(1);
  expect((await titles("/feeds/all.json?min_sources=2")).length).toBe(1);
  expect((await jsonFeed("/feeds/all.json?q=nowhere")).items).toEqual([]);
});

test("what an outlet wrote stays text, and addresses that no reader should follow are left out", async () => {
  const { bytes } = await asked("/feeds/citgo-6.atom");
  const text = bytes.toString();
  expect(text).not.toMatch(/<script|javascript:/);
  expect(text).not.toContain("\u0001");
  const { items } = await jsonFeed("/feeds/citgo-6.json");
  const hostile = items.find(({ title }) => title.includes("]]>"));
  expect(hostile?.content_html).not.toMatch(/<script|javascript:/);
  expect(hostile?.url).toContain("/stories/");
});

test("a feed that did not change costs its reader nothing", async () => {
  const { response } = await asked("/feeds/citgo-6.atom");
  const again = await site.get("/feeds/citgo-6.atom", {
    headers: { "If-None-Match": response.headers.get("etag") ?? "" },
  });
  expect(again.status).toBe(304);
});

test("a topic that is not followed has no feed", async () => {
  expect((await site.get("/feeds/nobody.atom")).status).toBe(404);
  expect((await site.get("/feeds/citgo-6.rss")).status).toBe(400);
});
