import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { migrations as alerts } from "@newsledger/alerts";
import { migrations as api } from "@newsledger/api";
import { migrations as digest } from "@newsledger/digest";
import { migrations as eventlog, type Migration } from "@newsledger/eventlog";
import { migrations as extractor } from "@newsledger/extractor";
import { migrations as poller } from "@newsledger/poller";
import { migrations as queue } from "@newsledger/queue";
import { migrations as readmodels } from "@newsledger/readmodels";
import { expect, test } from "vitest";

const migrations: readonly Migration[] = [
  ...[eventlog, queue, poller, extractor],
  ...[readmodels, alerts, digest, api],
].flat();
const file = new URL("migrations.json", import.meta.url);

/**
 * A database refuses a step that is not what made it: whoever edits one keeps every installation from starting. New steps
 * are added to the file; a line that is there changes only with `formerly`, which names what stood there before.
 */
test("no step of the schema changes once it is there", async () => {
  const known = JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
  const now = new Map(
    migrations.map((one) => [
      one.id,
      { checksum: createHash("sha256").update(one.sql).digest("hex"), before: one.formerly ?? [] },
    ]),
  );
  for (const [id, checksum] of Object.entries(known)) {
    const { checksum: mine, before = [] } = now.get(id) ?? {};
    expect([mine, ...before], `${id} is not what databases were made with`).toContain(checksum);
  }
  const missing = Object.fromEntries(
    [...now].filter(([id]) => !(id in known)).map(([id, { checksum }]) => [id, checksum]),
  );
  expect(missing, "add these to tests/operations/migrations.json").toEqual({});
});
