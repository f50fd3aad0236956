import { jobs, type NewsEvents, newsCodec } from "@newsledger/core";
import { createService, smtpTransport } from "@newsledger/digest";
import { openEventLog } from "@newsledger/eventlog";
import { openDatabase, openPool, type Resources } from "@newsledger/host";
import { openMemoryQueue, startReconciler, workSource } from "@newsledger/queue";

/** A process that does nothing but compose and send digests, to be killed: database and port of the mail server as words. */

const [url = "", port = ""] = process.argv.slice(2);
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const topics = [{ id: "citgo-6", title: { en: "Citgo 6", es: "Citgo 6" }, subjects: [] }];

const pool = openPool(url, { max: 10 });
const db = openDatabase(pool);
const log = await openEventLog<NewsEvents>({ pool, codec: newsCodec });
const queue = openMemoryQueue({ graceSeconds: 1 });
const service = createService({
  topics,
  lookEveryMs: 30,
  leaseSeconds: 1,
  transport: smtpTransport(`smtp://127.0.0.1:${port}`, { silenceMs: 5_000 }),
});
await service.start({
  config: {
    digest: { concurrency: 2, retryHours: 24 },
    publicUrl: "https://ledger.example",
    mailFrom: "news@ledger.example",
    dataDir: "/nowhere",
  },
  ...{ pool, db, log, queue },
  logger: silent,
  clock: { now: () => new Date() },
} as unknown as Resources);
startReconciler({ queue, logger: silent }, [workSource(db, [jobs.sendDigest])], {
  everySeconds: 1,
});
process.send?.("ready");
