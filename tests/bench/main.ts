import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureAppends } from "./appends.ts";
import { openEmmett } from "./emmett.ts";
import { openFloor } from "./floor.ts";
import { measureImport } from "./imports.ts";
import { measureMemory } from "./memory.ts";
import { openOurs } from "./ours.ts";
import { measureLatency, measureReads } from "./reads.ts";
import { type Row, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    "slice-ms": { type: "string", default: "400" },
    events: { type: "string", default: "1000000" },
    help: { type: "boolean", default: false },
  },
});

const usage = `npm run bench [-- options]: the event log beside raw Postgres and beside emmett, as ratios

  --rounds 7        rounds of interleaved slices
  --slice-ms 400    length of a slice
  --events 1000000  events streamed for the memory figures

It starts a Postgres of its own (fsync, synchronous_commit and full_page_writes on) and takes some minutes.
Figures are medians of the ratios of each round, so that other load on the machine disturbs both sides alike.`;

const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(" ");

async function bench(): Promise<void> {
  const pace = { rounds: Number(values.rounds), sliceMs: Number(values["slice-ms"]) };
  const before = load();
  const rows: Row[] = [];
  const add = (more: readonly Row[]) => {
    rows.push(...more);
    for (const { measure, measured, target } of more)
      console.log(`${measure}: ${measured}, target ${target}`);
  };
  await using server = await startServer();
  await using floor = await openFloor(await server.database("floor"));
  await using ours = await openOurs(await server.database("ours"), { hash: true });
  await using unhashed = await openOurs(await server.database("unhashed"), { hash: false });
  await using emmett = await openEmmett(await server.database("emmett"));
  await using reading = await openOurs(await server.database("reading"), { hash: true });
  add(await measureAppends({ floor, ours, unhashed, emmett }, pace));
  add(await measureImport(floor.pool, ours.pool, pace));
  add(await measureReads(reading, emmett, pace));
  add(await measureLatency(reading));
  add(await measureMemory(await server.database("large"), Number(values.events)));
  const { rows: about } = await floor.pool.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  console.log(`\n${table(rows)}\n`);
  console.log(
    `Postgres ${about[0]?.version}, Node ${process.version}, ${cpus().length} processors; load ${before} before, ${load()} after`,
  );
}

if (values.help) console.log(usage);
else await bench();
