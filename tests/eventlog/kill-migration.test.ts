import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { migrate, migrations } from "@newsledger/eventlog";
import pg from "pg";
import { expect, inject, test } from "vitest";
import { note, openNotes } from "./open.ts";
import { sequence } from "./sequence.ts";
import { steps } from "./steps.ts";

const migrator = fileURLToPath(new URL("./migrator.ts", import.meta.url));

async function inFreshDatabase(
  name: string,
  work: (pool: pg.Pool, url: string) => Promise<void>,
): Promise<void> {
  const url = new URL(inject("postgresUrl"));
  const admin = new pg.Pool({ connectionString: url.href, max: 1 });
  await admin.query(`create database ${name}`);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4 });
  pool.on("error", () => {}); // connections that the drop cuts off
  try {
    await work(pool, url.href);
  } finally {
    await pool.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}

/** Resolves when some process is in the middle of this step. */
async function inTheMiddleOf(pool: pg.Pool, step: number): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(
      `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'
         and query like $1`,
      [`%as step_${step};%`],
    );
    if (rows.length > 0) return;
    await pause(5);
  }
}

test("killed with -9 in the middle of a migration twenty times over, each next start completes it", async () => {
  const random = sequence(7);
  let incomplete = 0;
  for (let round = 0; round < 20; round++) {
    await inFreshDatabase(`killed_${process.pid}_${round}`, async (pool, url) => {
      const child = spawn(process.execPath, [migrator, url], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const gone = once(child, "exit");
      await once(child.stdout, "data");
      // Every other time somewhere among the log's own steps, else in the middle of a known one.
      if (round % 2) await pause(random() * 60);
      else await inTheMiddleOf(pool, 1 + ((round / 2) % 3));
      child.kill("SIGKILL");
      await gone;

      const applied = await migrate(pool, steps);
      if (applied.length > 0) incomplete += 1;
      const all = [...migrations, ...steps].map(({ id }) => id);
      expect(all.slice(all.length - applied.length)).toEqual(applied);
      const { rows } = await pool.query<{ ids: string[]; n: number }>(
        `select (select array_agg(id) from newsledger.migrations) as ids,
                (select count(*)::int from (table newsledger.step_1 union all table newsledger.step_2
                                            union all table newsledger.step_3) s) as n`,
      );
      expect(rows[0]?.ids.sort()).toEqual(all.sort());
      expect(rows[0]?.n).toBe(6);
      await using log = await openNotes(pool);
      expect(await log.append("works", [note("x")])).toMatchObject({ status: "appended" });
    });
  }
  expect(incomplete).toBeGreaterThan(10); // else the kills came too late to prove anything
}, 300_000);
