import { type NewsEvents, newsCodec } from "@newsledger/core";
import { type EventLog, openEventLog, type RecordedEvent } from "@newsledger/eventlog";
import { createFetcher, type Fetcher, openParser, type ReadFeed } from "@newsledger/feeds";
import { createLogger, loadConfig, type Resources, systemClock } from "@newsledger/host";
import { addFeed, migrations, type NewFeed, type Polled, pollFeed } from "@newsledger/poller";
import { openMemoryQueue } from "@newsledger/queue";
import { sql } from "kysely";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { Press } from "./press.ts";

type NewsEvent = RecordedEvent<NewsEvents>;

/** A ledger, a queue in memory, and a press on loopback that it may reach. */
export class Newsroom implements AsyncDisposable {
  readonly press: Press;
  readonly resources: Resources;
  readonly fetcher: Fetcher;
  readonly #closing: AsyncDisposableStack;

  private constructor(
    press: Press,
    resources: Resources,
    fetcher: Fetcher,
    closing: AsyncDisposableStack,
  ) {
    this.press = press;
    this.resources = resources;
    this.fetcher = fetcher;
    this.#closing = closing;
  }

  static async open(env: Record<string, string> = {}): Promise<Newsroom> {
    const closing = new AsyncDisposableStack();
    const press = closing.use(await Press.open());
    const database: TestDatabase = closing.use(await createTestDatabase(migrations));
    const { pool, db } = database;
    const log: EventLog<NewsEvents> = closing.use(
      await openEventLog<NewsEvents>({ pool, codec: newsCodec }),
    );
    const queue = closing.use(openMemoryQueue());
    const config = loadConfig({
      env: { NEWSLEDGER_ALLOW_HOSTS: press.host, NEWSLEDGER_POLLER_TIMEOUT_SECONDS: "2", ...env },
      cwd: import.meta.dirname,
    });
    const fetcher = closing.use(
      createFetcher({ allowHosts: config.allowHosts, userAgent: "Newsledger/test" }),
    );
    const logger = createLogger({ logLevel: "silent" });
    const resources = { config, pool, db, log, queue, logger, clock: systemClock };
    return new Newsroom(press, resources, fetcher, closing);
  }

  async follow(path: string, facts: Partial<NewFeed> = {}): Promise<string> {
    const { db, log } = this.resources;
    return (await addFeed(db, log, { url: this.press.url(path), ...facts })).feedId;
  }

  /** Polls a feed as if its time had come. */
  async poll(feedId: string, parse: ReadFeed = openParser().read): Promise<Polled> {
    await this.makeDue();
    const poller = { fetcher: this.fetcher, parse };
    return pollFeed(this.resources, poller, feedId, new AbortController().signal);
  }

  async makeDue(): Promise<void> {
    await sql`update newsledger.feeds set next_poll_at = now()`.execute(this.resources.db);
  }

  async feed(feedId: string): Promise<Record<string, unknown>> {
    const { rows } = await sql<Record<string, unknown>>`
      select * from newsledger.feeds where feed_id = ${feedId}`.execute(this.resources.db);
    return rows[0] ?? {};
  }

  async events<T extends NewsEvent["type"]>(
    ...types: T[]
  ): Promise<Extract<NewsEvent, { type: T }>[]> {
    const found: NewsEvent[] = [];
    for await (const event of this.resources.log.read({ types })) found.push(event);
    return found as Extract<NewsEvent, { type: T }>[];
  }

  async titles(type: "item.seen" | "item.revised" = "item.seen"): Promise<string[]> {
    return (await this.events(type)).map(({ data }) => data.title);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#closing[Symbol.asyncDispose]();
  }
}
