import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureAppends } from "./appends.ts";
import { type Emmett, openEmmett } from "./emmett.ts";
import { openFloor } from "./floor.ts";
import { measureImport } from "./imports.ts";
import { measureLarge } from "./large.ts";
import { measureMemory } from "./memory.ts";
import { openOurs } from "./ours.ts";
import { measureLatency, measureReads, stored } from "./reads.ts";
import { type Row, table } from "./report.ts";
import { type Server, startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    "slice-ms": { type: "string", default: "400" },
    events: { type: "string", default: "1000000" },
    large: { type: "string", default: "10000000" },
    only: { type: "string", default: "append,import,read,latency,memory" },
    help: { type: "boolean", default: false },
  },
});

const usage = `npm run bench [-- options]: the event log beside raw Postgres and beside emmett, as ratios

  --rounds 7        rounds of interleaved slices
  --slice-ms 400    length of a slice
  --events 1000000  events streamed for the memory figure
  --large 10000000  events of the large ledger
  --only append,import,read,latency,memory
                    also "large": queries, seals and verify in a large ledger (15 GB of disk, some 15 minutes)

It starts a Postgres of its own (fsync, synchronous_commit and full_page_writes on) and takes some minutes.
Figures are medians of the ratios of each round, so that other load on the machine disturbs both sides alike.`;

const load = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(" ");

async function bench(): Promise<void> {
  const before = load();
  const rows: Row[] = [];
  const add = (more: readonly Row[]) => {
    rows.push(...more);
    for (const { measure, measured, target } of more)
      console.log(`${measure}: ${measured}, target ${target}`);
  };
  await using server = await startServer();
  const { processor } = server;
  const pace = { rounds: Number(values.rounds), sliceMs: Number(values["slice-ms"]), processor };
  await using floor = await openFloor(await server.database("floor"));
  await using ours = await openOurs(await server.database("ours"), { hash: true });
  await using unhashed = await openOurs(await server.database("unhashed"), { hash: false });
  await using emmett = await openEmmett(await server.database("emmett"));
  await using reading = await openOurs(await server.database("reading"), { hash: true });
  const wanted = (part: string): boolean => values.only.split(",").includes(part);
  if (wanted("append")) add(await measureAppends({ floor, ours, unhashed, emmett }, pace));
  if (wanted("import")) add(await measureImport(floor.pool, ours.pool, pace));
  if (wanted("read")) {
    await using filled = await filledEmmett(server);
    add(await measureReads(reading, filled, pace));
  }
  if (wanted("latency")) add(await measureLatency(reading));
  if (wanted("memory"))
    add(await measureMemory(await server.database("large"), Number(values.events)));
  if (wanted("large"))
    add(await measureLarge(await server.database("great"), Number(values.large)));
  const { rows: about } = await floor.pool.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  console.log(`\n${table(rows)}\n`);
  console.log(
    `Postgres ${about[0]?.version}, Node ${process.version}, ${cpus().length} processors; load ${before} before, ${load()} after`,
  );
}

/** Its consumer sorts the whole table for every batch: one of the same size as ours, and no larger. */
async function filledEmmett(server: Server): Promise<Emmett> {
  const emmett = await openEmmett(await server.database("emmett_reading"));
  for (let events = 0; events < stored; events += 1_000) await emmett.append(0, 1_000);
  return emmett;
}

if (values.help) console.log(usage);
else await bench();
