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
import {
  articleUnderstood,
  contentId,
  itemSeen,
  type NewsEvents,
  newsCodec,
  type OccurrenceCode,
  storyJoined,
  storyOpened,
  streams,
  textHash,
} from "@newsledger/core";
import { type EventLog, openEventLog, putText } from "@newsledger/eventlog";
import { createFetcher, type Fetcher } from "@newsledger/feeds";
import { openVault, type Resources } from "@newsledger/host";
import { openMemoryQueue, migrations as queueMigrations } from "@newsledger/queue";
import { sql } from "kysely";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { allVisible } from "../harness/visible.ts";
import { createWebhookSink, type WebhookSink } from "../tools/webhook-sink.mjs";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const day = 24 * 3_600_000;

export interface Report {
  readonly document: string;
  readonly title?: string;
  readonly source?: string;
  /** Joins the story that this document opened; opens one of its own when absent. */
  readonly joins?: string;
  readonly relation?: "copy" | "independent" | "update";
  readonly tier?: "alert" | "digest";
  readonly occurrence?: OccurrenceCode;
  readonly entity?: string;
  readonly publishedDaysAgo?: number;
  readonly backfill?: boolean;
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
    return { post: this.fetcher.post, now: () => new Date() };
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
  async report(report: Report): Promise<void> {
    const { document, title = `About ${document}`, source = "Example Wire" } = report;
    const { entity = "tomeu-vadell", tier = "alert", backfill = false } = report;
    const documentId = contentId("document", document);
    const itemId = contentId("item", document);
    const text = `Nothing else is known. Tomeu Vadell was freed on Monday, his family said (${document}).`;
    const publishedAt = new Date(Date.now() - (report.publishedDaysAgo ?? 0) * day).toISOString();
    const url = `https://news.example/${document}`;
    const common = { documentId, itemId, title, source, url, publishedAt, backfill };
    const hash = await this.db.transaction().execute((trx) => putText(trx, text));
    await this.log.append(streams.item(itemId), [
      itemSeen.create({
        itemId,
        feedId: "feed1",
        source,
        link: url,
        url,
        title,
        summary: "",
        author: null,
        language: "en",
        publishedAt,
        contentHash: textHash(document),
        textHash: null,
        backfill,
      }),
    ]);
    const start = text.indexOf("Tomeu");
    await this.log.append(streams.document(documentId), [
      articleUnderstood.create({
        ...common,
        feedId: "feed1",
        byline: null,
        textFrom: "page",
        pageProblem: null,
        textHash: hash,
        words: 14,
        extractor: { name: "rules", version: "1", knowledgeVersion: "1" },
        understanding: {
          language: "en",
          entities: [
            {
              id: entity,
              type: "person",
              name: "Tomeu Vadell",
              mentions: [{ text: "Tomeu Vadell", start, end: start + 12 }],
            },
          ],
          dates: [],
          quotes: [],
          occurrences: report.occurrence
            ? [
                {
                  code: report.occurrence,
                  actors: [],
                  targets: [{ id: entity, name: "Tomeu Vadell" }],
                  sentence: text.slice(start),
                  start,
                  end: text.length,
                },
              ]
            : [],
        },
        topics: [
          {
            topicId: "citgo-6",
            topicVersion: 1,
            tier,
            reasons: [
              { rule: "name", field: "text", matched: "Tomeu Vadell", start, end: start + 12 },
            ],
          },
        ],
      }),
    ]);
    const opener = contentId("document", report.joins ?? document);
    const storyId = contentId("story", opener);
    const member = { ...common, storyId, topics: [{ topicId: "citgo-6", tier }] };
    await this.log.append(streams.story(storyId), [
      report.joins === undefined
        ? storyOpened.create(member)
        : storyJoined.create({
            ...member,
            relation: report.relation ?? "independent",
            nearest: { documentId: opener, method: "bigrams", score: 0.5 },
          }),
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.fetcher[Symbol.asyncDispose]();
    await this.sink.close();
    await this.log[Symbol.asyncDispose]();
    await this.database[Symbol.asyncDispose]();
  }
}
