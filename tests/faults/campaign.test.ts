import { describe, expect, test } from "vitest";
import { redisMissing } from "../harness/redis.ts";
import type { Scale } from "./campaign/case.ts";
import { type Medley, runMedley } from "./campaign/cases/medley.ts";
import { PostgresServer } from "./campaign/postgres-server.ts";
import type { Backend } from "./campaign/world.ts";

/** The short form, for every change. The whole of it: npm run faults -- --full */
const scale: Scale = { form: "smoke", kills: 8, items: 600, rounds: 1 };

/** What came of the same press with the queue elsewhere. */
let reference: string | null = null;

async function survive(backend: Backend): Promise<Medley> {
  // A kill -9 is no power loss: what was written is in the system's hands.
  await using postgres = await PostgresServer.start({ settings: { fsync: "off" } });
  return await runMedley({ backend, scale, ground: { postgres, seed: 41, say: () => {} } });
}

function expectWhole({ findings, done, ids }: Medley): void {
  console.log(done);
  expect(findings.length).toBeGreaterThan(20);
  expect(findings.filter(({ holds }) => !holds)).toEqual([]);
  const found = (what: string) => findings.find((one) => one.what === what)?.found;
  expect(found("items released")).toBe(600);
  expect(Number(found("webhook messages"))).toBeGreaterThan(0);
  expect(Number(found("digests sent"))).toBeGreaterThan(0);
  // Ids are functions of content: the same press gives the same facts on every queue, however often we died.
  reference ??= ids;
  expect(ids).toBe(reference);
}

const survived =
  "600 items survive kills, a process that sleeps through its leases, a wiped queue and a dead server: none lost, none twice";

test(`queue in Postgres: ${survived}`, async () => {
  expectWhole(await survive("postgres"));
}, 400_000);

describe.skipIf(redisMissing)(
  `queue in Redis${redisMissing ? ` (skipped: ${redisMissing})` : ""}`,
  () => {
    test(survived, async () => {
      expectWhole(await survive("redis"));
    }, 400_000);
  },
);
