import {
  addWebhook,
  migrations as alerts,
  claim,
  deliveryLog,
  exampleOf,
  planDeliveries,
  settle,
} from "@newsledger/alerts";
import { newsCodec } from "@newsledger/core";
import { migrations as log, openEventLog } from "@newsledger/eventlog";
import { openVault } from "@newsledger/host";
import { migrations as queue } from "@newsledger/queue";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";

test("what was sent under two claims while the database was away is written down once, and holds nothing up", async () => {
  await using database = await createTestDatabase([...log, ...queue, ...alerts]);
  const { db, pool } = database;
  await using ledger = await openEventLog({ pool, codec: newsCodec });
  const vault = openVault(() => ["a key for tests"]);
  await addWebhook(db, { url: "https://a.example/hook" }, { checkUrl: async () => {}, vault });
  const message = exampleOf("alert.raised");
  await db.transaction().execute((trx) =>
    planDeliveries(trx, {
      cause: "one",
      ruleIds: ["any"],
      caseId: "case",
      compose: () => message,
    }),
  );
  const options = { rooms: new Map(), otherwise: 4, leaseSeconds: 5 };
  const [first] = await claim(db, options);
  await sql`update newsledger.deliveries set lease_until = now() - interval '1 s'`.execute(db);
  const [second] = await claim(db, options);
  if (!first || !second) throw new Error("nothing was claimed");
  expect(second.fence).toBeGreaterThan(first.fence);

  const outcome = {
    ...{ accepted: true, status: 200, retryAfterSeconds: 0 },
    ...{ error: null, response: "ok", durationMs: 5 },
  };
  const made = [first, second].map((delivery) => ({ delivery, outcome }));
  await db
    .transaction()
    .execute((trx) => settle(trx, made, { log: ledger as never, random: () => 0.5 }));
  const [delivery] = await deliveryLog(db);
  expect(delivery).toMatchObject({ state: "delivered" });
  expect(delivery?.attempts).toHaveLength(1);
  const { rows } = await pool.query(
    "select count(*)::int as n from newsledger.events where type = 'delivery.succeeded'",
  );
  expect(rows).toEqual([{ n: 1 }]);
});

test("what a closed proxy of our own kept from a receiver is sent again, and not held against the receiver", async () => {
  await using database = await createTestDatabase([...log, ...queue, ...alerts]);
  const { db, pool } = database;
  await using ledger = await openEventLog({ pool, codec: newsCodec });
  const vault = openVault(() => ["a key for tests"]);
  await addWebhook(db, { url: "https://a.example/hook" }, { checkUrl: async () => {}, vault });
  const failedBy = async (cause: string, closedRoad: boolean) => {
    const compose = () => exampleOf("alert.raised");
    await db
      .transaction()
      .execute((trx) => planDeliveries(trx, { cause, ruleIds: ["any"], caseId: "case", compose }));
    const [delivery] = await claim(db, { rooms: new Map(), otherwise: 4, leaseSeconds: 5 });
    if (!delivery) throw new Error("nothing was claimed");
    const nothing = { accepted: false, status: null, retryAfterSeconds: 0, response: null };
    const outcome = { ...nothing, error: "Closed.", durationMs: 5, closedRoad };
    await db
      .transaction()
      .execute((trx) =>
        settle(trx, [{ delivery, outcome }], { log: ledger as never, random: () => 0.5 }),
      );
    const { rows } = await sql<{ failing: boolean }>`
      select failing_since is not null as failing from newsledger.webhooks`.execute(db);
    return rows[0]?.failing;
  };
  expect(await failedBy("one", true)).toBe(false);
  expect((await deliveryLog(db))[0]).toMatchObject({ state: "planned" });
  expect(await failedBy("two", false)).toBe(true);
});
