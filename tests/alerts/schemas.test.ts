import {
  exampleOf,
  type Message,
  messageTypes,
  schemaOf,
  schemaRoutes,
  seedRules,
  testWebhook,
} from "@newsledger/alerts";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

/** Strict: an unknown keyword in a schema of ours is a fault of ours. Formats are for people to read. */
const validator = () =>
  new Ajv2020({ strict: true, allErrors: true, formats: { "date-time": true } });

test.each(messageTypes)(
  "the schema of %s is one that a validator takes, and its example fits",
  (type) => {
    const validate = validator().compile(schemaOf(type));
    expect(validate(exampleOf(type)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...exampleOf(type), data: {} })).toBe(false);
  },
);

test("what is really sent fits the schemas that are published", async () => {
  await seedRules(stage.db);
  const { webhookId } = await stage.addReceiver("a");
  const bodies: Message[] = [];
  const post: typeof stage.fetcher.post = (url, request) => {
    bodies.push(JSON.parse(String(request.body)));
    return stage.fetcher.post(url, request);
  };
  await stage.start({ post });
  await stage.report({ document: "one", occurrence: "release", publishedDaysAgo: 400 });
  await stage.report({ document: "two", title: "<b>ñ</b>\r\n".repeat(2_000) });
  await until(
    async () => bodies.length,
    (count) => count === 2,
  );
  await testWebhook(stage.db, webhookId, {
    roads: { ...stage.roads, post },
    vault: stage.vault,
  });
  expect(bodies.map(({ type }) => type)).toEqual(["alert.raised", "alert.raised", "webhook.test"]);
  for (const body of bodies) {
    const validate = validator().compile(schemaOf(body.type));
    expect(validate(body), JSON.stringify(validate.errors)).toBe(true);
  }
});

const ask = async (path: string) => {
  const response = await schemaRoutes().fetch(new Request(`http://ledger.example${path}`));
  return { status: response.status, body: response.status === 200 ? await response.json() : null };
};

test("schemas and examples are served under /schemas, and nothing else is", async () => {
  expect((await ask("/schemas")).body).toHaveLength(messageTypes.length);
  for (const type of messageTypes) {
    expect((await ask(`/schemas/${type}.json`)).body).toEqual(schemaOf(type));
    expect((await ask(`/schemas/${type}.example.json`)).body).toEqual(exampleOf(type));
  }
  for (const path of ["/schemas/other.json", "/schemas/../secret", "/schemasx", "/v1/webhooks"])
    expect((await ask(path)).status).toBe(404);
});
