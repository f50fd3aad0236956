import { createService } from "@newsledger/api";
import { type NewsEvents, newsCodec } from "@newsledger/core";
import { openEventLog } from "@newsledger/eventlog";
import { createLogger, loadConfig, openDatabase, openPool } from "@newsledger/host";
import { openMemoryQueue } from "@newsledger/queue";

/** `node serve.ts <database> <port>`: the web service and nothing else, until SIGTERM; then tells how much memory it took. */
const [url = "", port = ""] = process.argv.slice(2);
const pool = openPool(url, { max: 10 });
const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
const config = loadConfig({
  env: { PORT: port, LOG_LEVEL: "fatal" },
  cwd: import.meta.dirname,
});
const six = {
  id: "citgo-6",
  title: { en: "Citgo 6", es: "Los seis de Citgo" },
  subjects: ["tomeu-vadell", "jorge-toledo"].map((id) => ({ id, name: id })),
};
const service = await createService({ topics: [six], version: "bench" }).start({
  config,
  pool,
  log,
  db: openDatabase(pool),
  queue: openMemoryQueue(),
  logger: createLogger(config),
  clock: { now: () => new Date() },
});
process.once("SIGTERM", async () => {
  console.log(JSON.stringify({ peakMb: process.resourceUsage().maxRSS / 1_024 }));
  await service[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
  await pool.end();
});
console.log("ready");
