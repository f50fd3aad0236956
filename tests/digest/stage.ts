import {
  articleUnderstood,
  contentId,
  itemRevised,
  itemSeen,
  itemWithdrawn,
  jobs,
  type NewsEvents,
  newsCodec,
  storyJoined,
  storyOpened,
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
import { type EventLog, openEventLog, putText, redactText } from "@newsledger/eventlog";
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
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { until } from "../harness/newsledger.ts";
import { allVisible } from "../harness/visible.ts";

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

export interface Told {
  readonly document: string;
  readonly title?: string;
  readonly source?: string;
  readonly topic?: string;
  readonly joins?: string;
  readonly backfill?: boolean;
  readonly language?: string;
  /** What happened to Tomeu Vadell, and when; default: a release that no date is given for. */
  readonly code?: "release" | "reimprison" | "arrest" | "house-arrest";
  readonly date?: string;
  readonly publishedAt?: Date;
  readonly relation?: "copy" | "independent" | "update";
}

const sentences = {
  release: "Tomeu Vadell was freed on Monday, his family said",
  reimprison: "Tomeu Vadell was taken back to prison, his lawyer said",
  arrest: "Tomeu Vadell was arrested in Caracas",
  "house-arrest": "Tomeu Vadell was moved to house arrest",
} as const;

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
  async report(told: Told): Promise<void> {
    const { document, title = `About ${document}`, source = "Example Wire" } = told;
    const { topic = "citgo-6", backfill = false, code = "release", date = null } = told;
    const documentId = contentId("document", document);
    const itemId = contentId("item", document);
    const url = `https://news.example/${document}`;
    const publishedAt = (told.publishedAt ?? new Date(Date.now() - 3_600_000)).toISOString();
    const text = `${sentences[code]} (${document}).`;
    const hash = await this.db.transaction().execute((trx) => putText(trx, text));
    const common = { documentId, itemId, title, source, url, publishedAt, backfill };
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
    const match = {
      topicId: topic,
      topicVersion: 1,
      tier: "alert" as const,
      reasons: [
        { rule: "name", field: "text" as const, matched: "Tomeu Vadell", start: 0, end: 12 },
      ],
    };
    await this.log.append(streams.document(documentId), [
      articleUnderstood.create({
        ...common,
        feedId: "feed1",
        byline: null,
        textFrom: "page",
        pageProblem: null,
        textHash: hash,
        words: 12,
        extractor: { name: "rules", version: "1", knowledgeVersion: "1" },
        understanding: {
          language: "en",
          entities: [
            {
              id: "tomeu-vadell",
              type: "person",
              name: "Tomeu Vadell",
              mentions: [{ text: "Tomeu Vadell", start: 0, end: 12 }],
            },
          ],
          dates: [],
          quotes: [],
          occurrences: [
            {
              code,
              ...(date === null ? {} : { date, precision: "day" as const }),
              actors: [],
              targets: [{ id: "tomeu-vadell", name: "Tomeu Vadell" }],
              sentence: text,
              start: 0,
              end: text.length,
            },
          ],
        },
        topics: [match],
      }),
    ]);
    const opener = contentId("document", told.joins ?? document);
    const storyId = contentId("story", opener);
    const member = { ...common, storyId, topics: [{ topicId: topic, tier: match.tier }] };
    await this.log.append(streams.story(storyId), [
      told.joins === undefined
        ? storyOpened.create(member)
        : storyJoined.create({
            ...member,
            relation: told.relation ?? "independent",
            nearest: { documentId: opener, method: "bigrams", score: 0.05 },
          }),
    ]);
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
    const hash = textHash(`${sentences.release} (${document}).`);
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
