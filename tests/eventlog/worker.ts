// A process of its own, to be killed: handles one subscription slowly, leaving a row for each event in `tally`.
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { openNotes, record } from "./notes.ts";

const pool = new pg.Pool({ connectionString: process.argv[2], max: 4 });
const log = await openNotes(pool);
log.subscribe({
  name: "tally",
  batchSize: 10,
  async handle(events, trx) {
    await record(events, trx);
    await pause(20);
    process.stdout.write(`${events.at(-1)?.position}\n`);
    return undefined;
  },
});
