import { readFileSync } from "node:fs";
import type { NewsEvents } from "@newsledger/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { alertBody, alertMessage, type Source } from "./payload.ts";

const alert: NewsEvents["alert.raised"] = {
  alertId: "alert1",
  ruleId: "rule1",
  ruleName: "The Lima four",
  topicId: "lima-4",
  storyId: "story1",
  documentId: "doc1",
  title: "Ana Prado freed",
  source: "Example Wire",
  url: "https://news.example/prado",
  publishedAt: "2026-11-24T10:00:00Z",
  foundAt: "2026-11-24T12:00:00Z",
  lateFind: false,
  why: "topic lima-4; names Ana Prado",
  entities: [{ id: "ana-prado", name: "Ana Prado", type: "person" }],
  occurrences: [
    {
      code: "release",
      actors: [],
      targets: [{ id: "ana-prado", name: "Ana Prado" }],
      sentence: "Ana Prado was freed on Monday.",
      start: 0,
      end: 30,
    },
  ],
  evidence: [{ quote: "Ana Prado was freed on Monday.", start: 0, end: 30 }],
};
const source = (name: string): Source => ({
  name,
  title: "Ana Prado freed",
  url: "https://news.example/prado",
  publishedAt: "2026-11-24T10:00:00Z",
});
const context = {
  sources: [source("Example Wire")],
  raisedAt: new Date("2026-11-24T12:00:01Z"),
  publicUrl: "https://ledger.example",
};
const sent = (changes: Partial<typeof alert> = {}, sources = context.sources) =>
  alertMessage.parse(JSON.parse(alertBody({ ...alert, ...changes }, { ...context, sources }))).data;

test("one outlet reports, two confirm, and the same outlet twice is still one", () => {
  expect(sent().status).toBe("reported");
  expect(sent({}, [source("Example Wire"), source("Example Wire")]).status).toBe("reported");
  expect(sent({}, [source("Example Wire"), source("El Diario")]).status).toBe("confirmed");
});

test("a late find says so, and when it was published", () => {
  const late = sent({ lateFind: true, publishedAt: "2021-12-10T10:00:00Z" });
  expect(late.late_find).toBe(true);
  expect(late.summary).toBe("Found late (Example Wire, 2021-12-10): Ana Prado freed");
});

test("a link that is not http(s) is left out", () => {
  expect(sent({ url: "javascript:alert(1)" }).evidence[0]?.url).toBeNull();
});

test("however much there is, the message stays below 20,000 bytes and valid", () => {
  const long = "ñ😀".repeat(3_000);
  const body = alertBody(
    {
      ...alert,
      title: long,
      why: long,
      entities: Array.from({ length: 200 }, (_, i) => ({
        id: `e${i}`,
        name: long,
        type: "person",
      })),
      evidence: Array.from({ length: 50 }, () => ({ quote: long, start: 0, end: long.length })),
    },
    {
      ...context,
      sources: Array.from({ length: 100 }, (_, i) => ({ ...source(`S${i}`), title: long })),
    },
  );
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(20_000);
  expect(alertMessage.safeParse(JSON.parse(body)).success).toBe(true);
  expect(body).not.toContain("\\ud83d…");
});

test("the same alert gives the same bytes", () => {
  expect(alertBody(alert, context)).toBe(alertBody(structuredClone(alert), context));
});

const published = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../schema/${name}`, import.meta.url), "utf8"));

test("the published schema is the one that is sent by", () => {
  expect(published("alert.raised.json")).toEqual({
    $id: "https://newsledger.example/schema/alert.raised.json",
    title: "alert.raised",
    ...z.toJSONSchema(alertMessage, { io: "input" }),
  });
});

test("the published example fits the published schema", () => {
  const schema = z.fromJSONSchema(published("alert.raised.json") as z.core.JSONSchema.JSONSchema);
  const example = published("alert.raised.example.json");
  expect(schema.safeParse(example).error).toBeUndefined();
  expect(schema.safeParse({ ...(example as object), type: "other" }).success).toBe(false);
});
