import type { NewsEvents } from "@newsledger/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { examples } from "./examples.ts";
import { alertMessage, message } from "./messages.ts";
import { describeAlert, describeBatch, type Source } from "./payload.ts";
import { messageTypes, schemaOf } from "./schemas.ts";

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
  sequence: 7,
};
const sent = (changes: Partial<typeof alert> = {}, sources = context.sources) =>
  alertMessage.parse(describeAlert({ ...alert, ...changes }, { ...context, sources })).data;

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
  const told = describeAlert(
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
  const body = JSON.stringify(told);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(20_000);
  expect(alertMessage.safeParse(JSON.parse(body)).success).toBe(true);
  expect(body).not.toContain("\\ud83d…");
});

test("the same alert gives the same bytes", () => {
  const bytes = (of: typeof alert) => JSON.stringify(describeAlert(of, context));
  expect(bytes(alert)).toBe(bytes(structuredClone(alert)));
});

test("a batch of more than fits says how many there were", () => {
  const alerts = Array.from({ length: 40 }, () => describeAlert(alert, context));
  const heldSince = new Date("2026-11-24T02:00:00Z");
  const batch = describeBatch(
    { batchId: "b", caseId: "lima-4", heldSince, alerts, notices: [], superseded: [] },
    { at: new Date("2026-11-24T07:00:00Z"), sequence: 8 },
  );
  expect(batch.data.count).toBe(40);
  expect(batch.data.alerts.length).toBeGreaterThan(0);
  expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(20_000);
});

test.each(messageTypes)("the example of %s fits its schema, and no other", (type) => {
  expect(message.safeParse(examples[type]).error).toBeUndefined();
  const schema = z.fromJSONSchema(schemaOf(type) as z.core.JSONSchema.JSONSchema);
  expect(schema.safeParse(examples[type]).error).toBeUndefined();
  expect(schema.safeParse({ ...examples[type], type: "other" }).success).toBe(false);
});
