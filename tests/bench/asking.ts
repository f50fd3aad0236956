import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { freePort } from "../harness/cluster.ts";
import { build, openBenchLedger } from "./ledger.ts";
import { machine, productFlags } from "./machine.ts";
import { atMost, conclude, perSecond, type Row } from "./report.ts";

const { values } = parseArgs({
  options: {
    articles: { type: "string", default: "100000" },
    keep: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/asking.ts [options]: taking everything away over HTTP, and the first load of a page

  --articles 100000  ten events each
  --keep DIRECTORY   fill the ledger there once, and use it again next time

The web service runs in a process of its own; its memory is the most it ever held, everything included.`;

async function bench(): Promise<void> {
  await using ledger = await openBenchLedger(Number(values.articles), values.keep);
  await build(ledger);
  const port = await freePort();
  const database = (ledger.pool.options as { connectionString?: string }).connectionString ?? "";
  const server = await serve(database, port);
  const origin = `http://127.0.0.1:${port}`;
  const rows: Row[] = [];
  for (const page of ["/", "/cases/citgo-6", "/search?q=venezuela"]) {
    const paths = [page, "/style.css", "/icon.svg", "/live.js"];
    const sizes = await Promise.all(paths.map((path) => compressedBytes(origin + path)));
    const kb = sizes.reduce((sum, size) => sum + size, 0) / 1_024;
    rows.push(atMost(`first load of ${page}, compressed`, kb, 50, " KB"));
  }
  for (const [format, others] of Object.entries(notEvents)) {
    const began = performance.now();
    const lines = (await countLines(`${origin}/v1/export/events.${format}`)) - others;
    const speed = lines / ((performance.now() - began) / 1_000);
    rows.push({
      measure: `export of all events as ${format.toUpperCase()}`,
      measured: `${perSecond(speed)} (${lines} of ${ledger.events})`,
      target: `≥ ${perSecond(30_000)}`,
      reached: speed >= 30_000 && lines === ledger.events,
    });
  }
  rows.push(atMost("memory of the process that serves it", await end(server), 200, " MB"));
  conclude(rows);
  console.log(`${ledger.events} events; ${machine()}`);
}

/** Lines of a file that are no events: the header; the brackets. */
const notEvents = { ndjson: 0, csv: 1, json: 2 } as const;

async function serve(database: string, port: number): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("serve.ts", import.meta.url));
  const child = spawn(process.execPath, [...productFlags(), script, database, String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
    // The program keeps its code compiled, too (main.ts).
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") },
  });
  await once(child.stdout, "data");
  return child;
}

async function end(server: ChildProcess): Promise<number> {
  const output = server.stdout ? once(createInterface(server.stdout), "line") : Promise.resolve([]);
  server.kill("SIGTERM");
  const [line] = await output;
  await once(server, "exit");
  return (JSON.parse(String(line)) as { peakMb: number }).peakMb;
}

async function countLines(url: string): Promise<number> {
  let lines = 0;
  const response = await fetch(url, { headers: { "Accept-Encoding": "identity" } });
  for await (const chunk of response.body ?? [])
    for (const byte of chunk) if (byte === 10) lines += 1;
  return lines;
}

/** As it travels, without headers. */
const compressedBytes = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { "Accept-Encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.once("end", () => resolve(bytes));
    }).once("error", reject);
  });

if (values.help) console.log(usage);
else await bench();
