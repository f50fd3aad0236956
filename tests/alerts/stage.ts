import { randomUUID } from "node:crypto";
import {
  type AlertsOptions,
  addWebhook,
  migrations as alerts,
  createService,
  exampleOf,
  type Message,
  planDeliveries,
} from "@newsledger/alerts";
import { type NewsEvents, newsCodec, type OccurrenceCode } from "@newsledger/core";
import { type EventLog, openEventLog } from "@newsledger/eventlog";
import { createFetcher, type Fetcher } from "@newsledger/feeds";
import { openVault, type Resources } from "@newsledger/host";
import { openMemoryQueue, migrations as queueMigrations } from "@newsledger/queue";
import { sql } from "kysely";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { publish, type Report, vadell } from "../harness/reports.ts";
import { allVisible } from "../harness/visible.ts";
import { createWebhookSink, type WebhookSink } from "../tools/webhook-sink.mjs";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const day = 24 * 3_600_000;

/** A report of Tomeu Vadell in one word each; `publish` tells any other. */
interface Told
  extends Pick<
    Report,
    "document" | "title" | "source" | "joins" | "relation" | "tier" | "backfill"
  > {
  readonly occurrence?: OccurrenceCode;
  /** Whom the name stands for; default: Tomeu Vadell himself. */
  readonly entity?: string;
  readonly publishedDaysAgo?: number;
}

/** The alerts service on a real Postgres, before a receiver that misbehaves on demand. */
export class Stage implements AsyncDisposable {
  readonly database: TestDatabase;
  readonly log: EventLog<NewsEvents>;
  readonly sink: WebhookSink;
  readonly fetcher: Fetcher;
  readonly vault = openVault(() => ["a key for tests"]);
  #service: AsyncDisposable | null = null;

  private constructor(
    database: TestDatabase,
    log: EventLog<NewsEvents>,
    sink: WebhookSink,
    fetcher: Fetcher,
  ) {
    this.database = database;
    this.log = log;
    this.sink = sink;
    this.fetcher = fetcher;
  }

  static async set(): Promise<Stage> {
    const database = await createTestDatabase([...queueMigrations, ...alerts]);
    const log = await openEventLog<NewsEvents>({ pool: database.pool, codec: newsCodec });
    const sink = await createWebhookSink();
    const fetcher = createFetcher({
      allowHosts: ["127.0.0.1"],
      userAgent: "Newsledger/test",
    });
    return new Stage(database, log, sink, fetcher);
  }

  get db() {
    return this.database.db;
  }

  /** The ways out, as a command uses them. */
  get roads() {
    return { post: this.fetcher.post };
  }

  /** Starts the service as `up` does. */
  async start(
    changes: Partial<AlertsOptions> = {},
    settings: Partial<Resources["config"]> = {},
  ): Promise<void> {
    const stack = new AsyncDisposableStack();
    const queue = stack.use(openMemoryQueue({ graceSeconds: 1 }));
    const { db, log } = this;
    const service = createService({
      post: this.fetcher.post,
      vault: this.vault,
      guardHolds: async () => ({ holds: true }),
      leaseSeconds: 3,
      graceMs: 1_000,
      groups: new Map([["citgo-6", ["tomeu-vadell", "jorge-toledo"]]]),
      random: () => 0.5,
      ...changes,
    });
    const resources = {
      config: {
        alerts: { concurrency: 4, lateAfterHours: 48 },
        allowHosts: ["127.0.0.1"],
        databaseUrl: this.database.url,
        ...settings,
        publicUrl: "https://ledger.example",
      },
      pool: this.database.pool,
      db,
      log,
      queue,
      logger: silent,
      clock: { now: () => new Date() },
    } as unknown as Resources;
    stack.use(await service.start(resources));
    this.#service = stack;
  }

  async stop(): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
    this.#service = null;
  }

  receiver(path: string): string {
    return `${this.sink.url}/hook/${path}`;
  }

  async addReceiver(path: string, rules: string[] | null = null) {
    const { webhookId, secret } = await addWebhook(
      this.db,
      { url: this.receiver(path), rules },
      { checkUrl: async () => {}, vault: this.vault },
    );
    return { webhookId, secret: secret ?? "" };
  }

  /** `mode` as the sink knows it: 500, 429, 410, redirect, acklost … */
  async misbehave(path: string, mode: string, count = 1_000_000): Promise<void> {
    await fetch(`${this.sink.url}/admin/mode?path=/hook/${path}&mode=${mode}&count=${count}`, {
      method: "POST",
    });
  }

  deliveriesTo(path: string) {
    return this.sink.st.rec.filter((record) => record.path === `/hook/${path}`);
  }

  /** Plans one message for every receiver, without a report or a rule. */
  async plan(cause = `planned-${randomUUID()}`, caseId = "citgo-6"): Promise<void> {
    const message = exampleOf("alert.raised");
    const data = { ...message.data, case: caseId };
    await this.db.transaction().execute((trx) =>
      planDeliveries(trx, {
        ...{ cause, caseId, ruleIds: ["by-hand"] },
        compose: (sequence) => ({ ...message, data: { ...data, sequence } }) as Message,
      }),
    );
    this.log.wake();
  }

  /** Ends every wait for a next attempt now. */
  async hurry(): Promise<void> {
    await sql`update newsledger.webhooks set not_before = null where not_before is not null`.execute(
      this.db,
    );
    await sql`
      update newsledger.deliveries set next_attempt_at = now()
      where state = 'planned' and next_attempt_at > now()`.execute(this.db);
    this.log.wake();
  }

  async events<T extends keyof NewsEvents>(type: T): Promise<NewsEvents[T][]> {
    await allVisible(this.db, this.log);
    const found: NewsEvents[T][] = [];
    for await (const event of this.log.read({ types: [type] }))
      found.push(event.data as NewsEvents[T]);
    return found;
  }

  /** What the pipeline before this service would have written for one report. */
  async report({
    occurrence,
    entity = vadell.id,
    publishedDaysAgo = 0,
    ...report
  }: Told): Promise<void> {
    await publish(this, {
      ...report,
      text: `Nothing else is known. Tomeu Vadell was freed on Monday, his family said (${report.document}).`,
      entities: [{ ...vadell, id: entity }],
      occurrences: occurrence ? [{ code: occurrence, targets: [entity] }] : [],
      publishedAt: new Date(Date.now() - publishedDaysAgo * day),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.fetcher[Symbol.asyncDispose]();
    await this.sink.close();
    await this.log[Symbol.asyncDispose]();
    await this.database[Symbol.asyncDispose]();
  }
}
