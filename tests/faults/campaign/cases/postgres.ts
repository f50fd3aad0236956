import { setTimeout as pause } from "node:timers/promises";
import { disturb, type FaultCase } from "../case.ts";
import type { World } from "../world.ts";
import { answersLost } from "./proxy.ts";

const both = ["postgres", "redis"] as const;

export const postgresKilled: FaultCase = {
  name: "postgres-killed",
  title: "kill -9 of Postgres and all its backends, started again at once",
  expected: "what was acknowledged is there; first effect within 2 s of its taking connections",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      rounds: setting.scale.rounds,
      reachMs: 2_000,
      async fault({ ground }) {
        await ground.postgres.kill();
        await ground.postgres.start();
      },
    }),
};

/** Of the fleet's connections, whatever they are for. */
const cut = (world: World, which = "true") =>
  world.ledger.rows(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
       and application_name like 'newsledger%' and ${which}`,
  );

export const connectionsCut: FaultCase = {
  name: "connections-cut",
  title: "every connection to Postgres cut by the server",
  expected: "0 lost, first effect within 2 s",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      rounds: setting.scale.rounds,
      reachMs: 2_000,
      fault: async (world) => void (await cut(world)),
    }),
};

export const oneConnectionCut: FaultCase = {
  name: "one-connection-cut",
  title: "one connection to Postgres cut at a time, any, five times a round",
  expected: "0 lost, first effect within 2 s",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      rounds: setting.scale.rounds * 2,
      reachMs: 2_000,
      async fault(world) {
        for (let nth = 0; nth < 5; nth++) {
          await cut(
            world,
            `pid = (select pid from pg_stat_activity where datname = current_database()
               and application_name like 'newsledger%' order by random() limit 1)`,
          );
          await pause(world.random() * 200);
        }
      },
    }),
};

export const listenersCut: FaultCase = {
  name: "listeners-cut",
  title: "the connections that LISTEN cut: of the log and of the queue",
  expected: "0 lost, first effect within 2 s",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      rounds: setting.scale.rounds,
      reachMs: 2_000,
      fault: async (world) => void (await cut(world, "query ilike 'listen %'")),
    }),
};

export const postgresHalfOpen: FaultCase = {
  name: "postgres-half-open",
  title:
    "Postgres takes what it is sent and its answers are lost, for 20 s; then every connection is cut",
  expected: "0 lost, first effect within 2 s",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      scene: { proxied: true },
      rounds: Math.min(setting.scale.rounds, 3),
      reachMs: 2_000,
      fault: answersLost("postgres", { forMs: 20_000, after: "reset" }),
    }),
};

/** New connections work; what was asked on the old ones is never answered, and nobody says so. */
export const postgresMute: FaultCase = {
  name: "postgres-mute",
  title:
    "what was asked of Postgres within 2 s is never answered, and the connections stay open for ever",
  expected: "given up and asked again: first effect within 2 s, all in hand again within 120 s",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      scene: { proxied: true },
      rounds: 1,
      reachMs: 60_000,
      fault: answersLost("postgres", { forMs: 2_000, after: "ok" }),
    }),
};

export const postgresReadOnly: FaultCase = {
  name: "postgres-read-only",
  title:
    "Postgres refuses every write for 10 s (default_transaction_read_only), as after a failover",
  expected: "0 lost, first effect within 2 s of its end",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      rounds: Math.min(setting.scale.rounds, 3),
      reachMs: 2_000,
      async fault({ ground: { postgres } }) {
        await postgres.ask("alter system set default_transaction_read_only = on");
        await postgres.ask("select pg_reload_conf()");
        await pause(10_000);
        await postgres.ask("alter system reset default_transaction_read_only");
        await postgres.ask("select pg_reload_conf()");
      },
    }),
};
