import { fenceAge } from "@newsledger/eventlog";
import { describeConfig, loadConfig } from "@newsledger/host";
import { closedRoads, feedHealth } from "@newsledger/poller";
import { openWork } from "@newsledger/queue";
import { sql } from "kysely";
import type { Command } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { roadsOf } from "../outbound.ts";
import { bold, print } from "../terminal.ts";

/** Appends take milliseconds. */
const longestQuietAppend = 5;

export const doctorCommand: Command = {
  name: "doctor",
  summary: "how the ledger, its readers, the feeds and the work are; every setting",
  options: {
    settings: { type: "boolean", meaning: "list every setting, its environment name and default" },
    ...ledgerOptions,
  },
  async run(args, terminal) {
    if (args.options.settings) {
      for (const { key, env, default: standard, meaning, secret } of describeConfig()) {
        print(terminal, `${bold(terminal, env)}${secret ? ` (or ${env}_FILE)` : ""}`);
        print(
          terminal,
          `  ${meaning}. ${standard ? `Default: ${standard}. ` : ""}In newsledger.yaml: ${key}`,
        );
      }
      return;
    }
    const { dataDir } = loadConfig({ env: terminal.env, cwd: terminal.cwd });
    await withLedger(args, terminal, async ({ db, pool, log, config }) => {
      const { rows } = await sql<{ version: string }>`select version()`.execute(db);
      print(
        terminal,
        `database    ${rows[0]?.version.split(" on ")[0]} (${config.databaseUrl ? "yours" : `built in, ${dataDir}`})`,
      );
      print(terminal, `queue       ${config.queueUrl ? "Redis" : "in Postgres"}`);
      print(
        terminal,
        `mail        ${config.smtpUrl ? "by SMTP" : `as files in ${config.dataDir}/mail`}`,
      );
      const { proxy } = roadsOf(config);
      if (proxy) {
        const { host } = new URL(proxy.url);
        const shut = await closedRoads(db);
        const state = shut > 0 ? `; ${shut} feeds could not be asked through it` : "";
        print(terminal, `proxy       ${host}${state}`);
      }
      print(terminal, `ledger      safe position ${await log.safePosition()}`);
      const openFor = await fenceAge(pool);
      if (openFor > longestQuietAppend)
        print(
          terminal,
          `  a transaction that has appended has been open for ${Math.round(openFor)} s: everything after it waits to be read. Look for a process that hangs.`,
        );
      for (const { name, behind, parked } of await log.lag()) {
        const state = behind === 0 ? "up to date" : `${behind} behind`;
        print(
          terminal,
          `  ${name.padEnd(28)} ${state}${parked > 0 ? `, ${parked} put aside: once the fault is mended, newsledger replay ${name}` : ""}`,
        );
      }
      for (const { subscription, position, error } of await latestParked(db))
        print(terminal, `  ${subscription} put event ${position} aside: ${error.split("\n")[0]}`);
      const feeds = Object.entries(await feedHealth(db)).filter(([, count]) => count > 0);
      print(
        terminal,
        `feeds       ${feeds.map(([state, count]) => `${count} ${state}`).join(", ") || "none"}`,
      );
      const work = openWork(db);
      for (const { job, state, count } of await work.count())
        print(terminal, `work        ${job}: ${count} ${state}`);
      for (const { job, key, lastError } of await work.quarantined(20)) {
        print(terminal, `put aside   ${job} ${key}: ${lastError}`);
      }
    });
  },
};

async function latestParked(db: Ledger["db"]) {
  const { rows } = await sql<{ subscription: string; position: string; error: string }>`
    select subscription, position, error from newsledger.parked order by parked_at desc limit 10`.execute(
    db,
  );
  return rows;
}
