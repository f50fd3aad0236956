// A process of its own, to be killed: migrates with these steps, and says when it begins.
import { migrate } from "@newsledger/eventlog";
import pg from "pg";
import { steps } from "./steps.ts";

const pool = new pg.Pool({ connectionString: process.argv[2], max: 1 });
pool.on("error", () => {});
await pool.query("select 1");
process.stdout.write("begin\n");
await migrate(pool, steps);
await pool.end();
