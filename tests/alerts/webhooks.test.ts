import { addWebhook, listWebhooks, testWebhook, WebhookExists } from "@newsledger/alerts";
import { createFetcher } from "@newsledger/feeds";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

const anywhere = () => ({ checkUrl: async () => {}, vault: stage.vault });

test.each([
  "ftp://receiver.example/hook",
  "javascript:alert(1)",
  "not an address",
  "https://user:password@receiver.example/hook",
])("%s is refused as a receiver", async (url) => {
  await expect(addWebhook(stage.db, { url }, anywhere())).rejects.toThrow();
  expect(await listWebhooks(stage.db)).toEqual([]);
});

test("an address that the guard refuses is not kept", async () => {
  const checkUrl = async () => {
    throw new Error("a private address");
  };
  await expect(
    addWebhook(
      stage.db,
      { url: "https://receiver.example/hook" },
      { checkUrl, vault: stage.vault },
    ),
  ).rejects.toThrow("a private address");
  expect(await listWebhooks(stage.db)).toEqual([]);
});

test("one address is one receiver", async () => {
  await addWebhook(stage.db, { url: "https://receiver.example/hook" }, anywhere());
  await expect(
    addWebhook(stage.db, { url: "https://receiver.example/hook" }, anywhere()),
  ).rejects.toThrow(WebhookExists);
});

test("a receiver that turns out to be private is not contacted, and the log says why", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await using guarded = createFetcher({ userAgent: "Newsledger/test" });
  const outcome = await testWebhook(stage.db, webhookId, {
    roads: { ...stage.roads, post: guarded.post },
    vault: stage.vault,
  });
  expect(outcome).toMatchObject({ accepted: false, status: null });
  expect(outcome.error).toContain("private network");
  expect(stage.deliveriesTo("a")).toEqual([]);
});
