import { deliveryLog, enableWebhook, releaseSuspended, resend } from "@newsledger/alerts";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});
afterEach(() => stage[Symbol.asyncDispose]());

const inState = (state: "delivered" | "suspended", count = 1) =>
  until(
    () => deliveryLog(stage.db, { states: [state] }),
    (rows) => rows.length === count,
    { everyMs: 20 },
  );

/** What a dump that was restored elsewhere looks like from inside: all is there, under another database's name. */
const restoreElsewhere = () =>
  sql`
    update newsledger.delivery_instance
    set identity = jsonb_set(identity, '{database}', '"another"')`.execute(stage.db);

/** Nothing is sent for longer than it takes to look for what is due. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1_500));

test("a restored backup sends nothing of what was planned in it, until it is asked to", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await stage.plan("sent before");
  await inState("delivered");
  await stage.stop();
  await stage.plan("planned when the backup was made, and sent since");
  await restoreElsewhere();
  await stage.start();
  const [suspended] = await inState("suspended");
  expect(suspended?.note).toContain("restored");
  await aWhile();
  expect(stage.deliveriesTo("a")).toHaveLength(1);

  // What happens from now on is told as ever.
  await stage.plan("afterwards");
  await inState("delivered", 2);
  expect(await releaseSuspended(stage.db, null)).toBe(1);
  await inState("delivered", 3);
  expect(stage.sink.summary()["/hook/a"]).toMatchObject({ uniqueIds: 3, duplicates: 0 });
});

test("a restart of the same database sends what it has to", async () => {
  await stage.addReceiver("a");
  await stage.start();
  await stage.stop();
  await stage.plan();
  await stage.start();
  await inState("delivered");
});

test("what has been due for longer than any schedule of tries is not sent by itself", async () => {
  const { webhookId } = await stage.addReceiver("a");
  await stage.plan();
  await sql`update newsledger.deliveries set next_attempt_at = now() - interval '8 days'`.execute(
    stage.db,
  );
  await stage.start();
  await inState("suspended");
  await aWhile();
  expect(stage.deliveriesTo("a")).toEqual([]);
  await enableWebhook(stage.db, webhookId);
  expect(await resend(stage.db, { webhookId })).toEqual([]); // it waits to be released
});

test("a machine that slept for three days sends what it has to", async () => {
  await stage.addReceiver("a");
  await stage.plan();
  await sql`update newsledger.deliveries set next_attempt_at = now() - interval '3 days'`.execute(
    stage.db,
  );
  await stage.start();
  await inState("delivered");
});
