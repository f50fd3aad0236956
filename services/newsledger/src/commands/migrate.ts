import { migrate } from "@newsledger/eventlog";
import { withDatabase } from "../bare.ts";
import type { Command } from "../command.ts";
import { migrations } from "../migrations.ts";
import { print } from "../terminal.ts";

export const migrateCommand: Command = {
  name: "migrate",
  summary:
    "bring the database to this version and end; newsledger up does so too, where its role may",
  examples: ["DATABASE_URL=postgres://newsledger_owner@… newsledger migrate"],
  run: (_args, terminal) =>
    withDatabase(terminal, async ({ pool }) => {
      const applied = await migrate(pool, migrations);
      for (const id of applied) print(terminal, id);
      print(
        terminal,
        applied.length === 0 ? "Nothing to do." : `${applied.length} migrations applied.`,
      );
    }),
};
