import {
  contentId,
  itemRevised,
  itemWithdrawn,
  jobs,
  type NewsEvents,
  newsCodec,
  streams,
  textHash,
  textRedacted,
} from "@newsledger/core";
import {
  addSubscriber,
  createService,
  type DigestOptions,
  migrations as digest,
  digestRoutes,
  type NewSubscriber,
  type Press,
  type Subscription,
  smtpTransport,
} from "@newsledger/digest";
import { type EventLog, openEventLog, redactText } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import {
  openMemoryQueue,
  type Queue,
  migrations as queueMigrations,
  startReconciler,
  workSource,
} from "@newsledger/queue";
import {
  type Keeper,
  keepReadModels,
  projectedUpTo,
  migrations as readmodels,
} from "@newsledger/readmodels";
import { sql } from "kysely";
import { afterEach, beforeEach } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { until } from "../harness/newsledger.ts";
import { publish, type Report } from "../harness/reports.ts";
import { allVisible } from "../harness/visible.ts";

import { MailServer } from "./mail-server.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

const topics = [
  {
    id: "citgo-6",
    title: { en: "Citgo 6", es: "Los seis de Citgo" },
    subjects: [
      { id: "tomeu-vadell", name: "Tomeu Vadell" },
      { id: "jorge-toledo", name: "Jorge Toledo" },
    ],
  },
  { id: "us-venezuela", title: { en: "US–Venezuela", es: "EE. UU. y Venezuela" }, subjects: [] },
];

export interface Told
  extends Pick<
    Report,
    "document" | "title" | "source" | "topic" | "joins" | "relation" | "backfill" | "publishedAt"
  > {
  /** What happened to Tomeu Vadell, and when; default: a release that no date is given for. */
  readonly code?: keyof typeof sentences;
  readonly date?: string;
}

const sentences = {
  release: "Tomeu Vadell was freed on Monday, his family said",
  reimprison: "Tomeu Vadell was taken back to prison, his lawyer said",
  arrest: "Tomeu Vadell was arrested in Caracas",
  "house-arrest": "Tomeu Vadell was moved to house arrest",
} as const;

const textOf = (document: string, code: keyof typeof sentences): string =>
  `${sentences[code]} (${document}).`;

/** The digest service on a real Postgres with its read models, before a mail server of the test's choice. */
export class Stage implements AsyncDisposable {
  readonly database: TestDatabase;
  readonly log: EventLog<NewsEvents>;
  readonly #readModels: Keeper;
  #service: AsyncDisposable | null = null;
  #queue: Queue | null = null;
  #pages: ReturnType<typeof digestRoutes> | null = null;

  private constructor(database: TestDatabase, log: EventLog<NewsEvents>) {
    this.database = database;
    this.log = log;
    this.#readModels = keepReadModels({ log, db: database.db });
  }

  static async set(): Promise<Stage> {
    const database = await createTestDatabase([...queueMigrations, ...readmodels, ...digest]);
    const log = await openEventLog<NewsEvents>({ pool: database.pool, codec: newsCodec });
    return new Stage(database, log);
  }

  /** A second process on the same database. */
  static async beside({ database }: Stage): Promise<Stage> {
    const log = await openEventLog<NewsEvents>({ pool: database.pool, codec: newsCodec });
    return new Stage({ ...database, async [Symbol.asyncDispose]() {} }, log);
  }

  get db() {
    return this.database.db;
  }

  get press(): Press {
    const publicUrl = "https://ledger.example";
    const mailFrom = "Newsledger <news@ledger.example>";
    return { db: this.db, log: this.log, topics, publicUrl, mailFrom };
  }

  /** Starts the service as `up` does; `smtp` is the port of a mail server, `dataDir` a place for files. */
  async start(
    { smtp, dataDir = "/nowhere" }: { smtp?: number; dataDir?: string },
    changes: Partial<DigestOptions> = {},
  ): Promise<void> {
    const stack = new AsyncDisposableStack();
    const queue = stack.use(openMemoryQueue({ graceSeconds: 1 }));
    this.#queue = queue;
    const { db, log, press } = this;
    const service = createService({
      topics,
      lookEveryMs: 50,
      ...(smtp === undefined
        ? {}
        : { transport: smtpTransport(`smtp://127.0.0.1:${smtp}`, { silenceMs: 2_000 }) }),
      ...changes,
    });
    const resources = {
      config: {
        digest: { concurrency: 2, retryHours: 24 },
        publicUrl: press.publicUrl,
        mailFrom: press.mailFrom,
        dataDir,
      },
      pool: this.database.pool,
      db,
      log,
      queue,
      logger: silent,
      clock: { now: () => new Date() },
    } as unknown as Resources;
    stack.use(await service.start(resources));
    stack.use(
      startReconciler({ queue, logger: silent }, [workSource(db, [jobs.sendDigest])], {
        everySeconds: 1,
      }),
    );
    this.#service = stack;
  }

  async stop(): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
    this.#service = null;
  }

  subscribe(changes: Partial<NewSubscriber> = {}): Promise<Subscription> {
    return addSubscriber(this.db, this.log, {
      email: "reader@example.org",
      topics: ["citgo-6", "us-venezuela"],
      timeZone: "America/Caracas",
      ...changes,
    });
  }

  /** The subscription's time has come, a minute ago. */
  async comeDue(): Promise<void> {
    await this.caughtUp();
    await sql`update newsledger.subscriptions set next_due_at = now() - interval '1 minute'`.execute(
      this.db,
    );
  }

  /** Ends every wait for a next try now. */
  async hurry(): Promise<void> {
    const { rows } = await sql<{ job: string; key: string; data: unknown; starts: number }>`
      update newsledger.work set next_attempt_at = now()
      where state = 'due' and next_attempt_at > now() returning job, key, data, starts`.execute(
      this.db,
    );
    if (rows.length === 0) return;
    await this.#queue?.wipe(); // a hint that waits for later would hide this one
    await this.#queue?.enqueue(rows.map(({ starts, ...hint }) => ({ ...hint, attempt: starts })));
  }

  /** The same, for a service in another process: it looks by itself. */
  async hurryWork(): Promise<void> {
    await sql`
      update newsledger.work set next_attempt_at = now()
      where state = 'due' and next_attempt_at > now() and lease_until is null`.execute(this.db);
  }

  /** The read models have everything that was appended. */
  async caughtUp(): Promise<void> {
    await this.#readModels.caughtUp(undefined, { timeoutMs: 20_000 });
    // What they passed over is stored a moment later.
    const safe = await this.log.safePosition();
    await until(
      () => projectedUpTo(this.log),
      (position) => position >= safe,
      { everyMs: 20 },
    );
  }

  async events<T extends keyof NewsEvents>(type: T): Promise<NewsEvents[T][]> {
    await allVisible(this.db, this.log);
    const found: NewsEvents[T][] = [];
    for await (const event of this.log.read({ types: [type] }))
      found.push(event.data as NewsEvents[T]);
    return found;
  }

  /** The pages, as an installation has them where readers may ask for digests. */
  get pages() {
    this.#pages ??= digestRoutes(this.press, { open: true, enqueue: async () => {} });
    return this.#pages;
  }

  /** A request to the pages behind a mail's links. */
  request(path: string, init?: RequestInit): Promise<Response> {
    return Promise.resolve(this.pages.request(path, init));
  }

  /** What the pipeline would have written for one report. */
  async report({ code = "release", date, ...report }: Told): Promise<void> {
    await publish(this, {
      publishedAt: new Date(Date.now() - 3_600_000),
      ...report,
      text: textOf(report.document, code),
      occurrences: [{ code, ...(date === undefined ? {} : { date }) }],
    });
  }

  /** The source changes its item. */
  async revise(document: string, title: string, summary = ""): Promise<void> {
    const itemId = contentId("item", document);
    const url = `https://news.example/${document}`;
    await this.log.append(streams.item(itemId), [
      itemRevised.create({
        itemId,
        feedId: "feed1",
        source: "Example Wire",
        link: url,
        url,
        title,
        summary,
        author: null,
        language: "en",
        publishedAt: new Date(Date.now() - 3_600_000).toISOString(),
        contentHash: textHash(title + summary),
        textHash: null,
        backfill: false,
        previousHash: textHash(document),
        changed: ["title"],
      }),
    ]);
  }

  /** The source no longer carries its item. */
  async withdraw(document: string): Promise<void> {
    const itemId = contentId("item", document);
    await this.log.append(streams.item(itemId), [
      itemWithdrawn.create({
        itemId,
        feedId: "feed1",
        contentHash: textHash(document),
        title: `About ${document}`,
        reason: "The feed no longer carries it.",
        missingSince: new Date().toISOString(),
      }),
    ]);
  }

  /** The words of the article are removed from the ledger. */
  async redact(document: string): Promise<void> {
    const hash = textHash(textOf(document, "release"));
    await this.db.transaction().execute(async (trx) => {
      await redactText(trx, hash);
      const event = textRedacted.create({ textHash: hash, reason: "the family asked" });
      await this.log.within(trx).append(streams.text(hash), [event]);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#readModels[Symbol.asyncDispose]();
    await this.log[Symbol.asyncDispose]();
    await this.database[Symbol.asyncDispose]();
  }
}

/** Of the test that runs, in a file that calls `setStage`: what it imports is always the latest. */
export let stage: Stage;
export let server: MailServer;

/** A stage and a mail server of its own for every test of a file. */
export function setStage(): void {
  beforeEach(async () => {
    stage = await Stage.set();
    server = await MailServer.open();
  });
  afterEach(async () => {
    await stage[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
}
