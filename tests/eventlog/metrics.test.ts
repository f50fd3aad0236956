import { fenceAge, migrations, openEventLog } from "@newsledger/eventlog";
import { createMetrics } from "@newsledger/host";
import { expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";
import { note } from "./open.ts";

test("the log tells how long appends take, how old the fence is, and how far subscriptions are", async () => {
  await using database = await createTestDatabase(migrations);
  const metrics = createMetrics();
  await using log = await openEventLog({
    pool: database.pool,
    codec: { decode: (_type, _version, data) => data },
    metrics,
  });
  await log.append("a", [note("1")], { key: "a" });
  await log.append("a", [note("1")], { key: "a" });
  await log.append("a", [note("2")], { expected: 7 });
  await log.appendMany([{ stream: "b", events: [note("poison")] }]);
  await using subscription = log.subscribe({
    name: "fragile",
    onError: "park",
    async handle(events) {
      if (events.some(({ stream }) => stream === "b")) throw new Error("no");
      return undefined;
    },
  });
  await subscription.caughtUp();
  await subscription[Symbol.asyncDispose]();
  await log.append("c", [note("not read any more")]);

  const value = async (name: string) => {
    const { body } = await metrics.text();
    const line = body.split("\n").find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1));
  };
  expect(await value("newsledger_append_seconds_count")).toBe(5);
  expect(await value("newsledger_append_seconds_sum")).toBeGreaterThan(0);
  expect(await value('newsledger_appends_total{status="appended"}')).toBe(3);
  expect(await value('newsledger_appends_total{status="duplicate"}')).toBe(1);
  expect(await value('newsledger_appends_total{status="conflict"}')).toBe(1);
  expect(await value('newsledger_subscription_behind{subscription="fragile"}')).toBe(1);
  expect(await value('newsledger_parked_events{subscription="fragile"}')).toBe(1);
  expect(await value("newsledger_fence_age_seconds")).toBe(0);

  const open = await database.db.startTransaction().execute();
  await log.within(open).append("open", [note("x")]);
  const age = await fenceAge(database.pool);
  expect(age).toBeGreaterThan(0);
  expect(await value("newsledger_fence_age_seconds")).toBeGreaterThan(age);
  await open.rollback().execute();
  expect(await fenceAge(database.pool)).toBe(0);
});
