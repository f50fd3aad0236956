import { createServer, type Server } from "node:http";
import {
  contentId,
  contentUuid,
  type itemSeen as ItemSeen,
  itemMatched,
  itemSeen,
  itemShortlisted,
  jobs,
  type NewsEvents,
  newsCodec,
  streams,
  textHash,
} from "@newsledger/core";
import {
  type EventLog,
  migrations as logMigrations,
  openEventLog,
  putText,
  type RecordedEvent,
} from "@newsledger/eventlog";
import { loadKnowledge, loadTopics } from "@newsledger/extraction";
import { createService, migrations } from "@newsledger/extractor";
import { readHere } from "@newsledger/extractor/read-here";
import { createFetcher } from "@newsledger/feeds";
import { createLogger, loadConfig, type Resources, systemClock } from "@newsledger/host";
import { openMemoryQueue, openWork, migrations as queueMigrations } from "@newsledger/queue";
import { sql } from "kysely";
import type { z } from "zod";
import { createTestDatabase } from "../harness/database.ts";

type NewsEvent = RecordedEvent<NewsEvents>;
type Item = z.input<(typeof ItemSeen)["schema"]>;
export type Answer = { status?: number; type?: string; body: string };

const knowledge = loadKnowledge();
const topics = loadTopics();

/** An extractor at work on a real ledger, and a site on loopback whose pages it may read. */
export class Desk implements AsyncDisposable {
  readonly resources: Resources;
  readonly pages = new Map<string, Answer[]>();
  readonly requests: string[] = [];
  readonly #site: string;
  readonly #closing: AsyncDisposableStack;
  #items = 0;
  #start: (() => Promise<AsyncDisposable>) | undefined;
  #service: AsyncDisposable | undefined;

  private constructor(resources: Resources, site: string, closing: AsyncDisposableStack) {
    this.resources = resources;
    this.#site = site;
    this.#closing = closing;
  }

  static async open(): Promise<Desk> {
    const closing = new AsyncDisposableStack();
    const server = createServer();
    const site = await listen(server);
    closing.defer(() => new Promise<void>((resolve) => server.close(() => resolve())));
    closing.defer(() => server.closeAllConnections());
    const { pool, db } = closing.use(
      await createTestDatabase([...logMigrations, ...queueMigrations, ...migrations]),
    );
    const log: EventLog<NewsEvents> = closing.use(
      await openEventLog<NewsEvents>({ pool, codec: newsCodec }),
    );
    const queue = closing.use(openMemoryQueue());
    const allowed = new URL(site).host;
    const config = loadConfig({
      env: { NEWSLEDGER_ALLOW_HOSTS: allowed },
      cwd: import.meta.dirname,
    });
    const logger = createLogger({ logLevel: "silent" });
    const resources = { config, pool, db, log, queue, logger, clock: systemClock };
    const fetcher = closing.use(
      createFetcher({ allowHosts: config.allowHosts, userAgent: "Newsledger/test" }),
    );
    const desk = new Desk(resources, site, closing);
    server.on("request", (request, response) => {
      const path = request.url ?? "/";
      desk.requests.push(path);
      const answers = desk.pages.get(path) ?? [];
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {
        status: 404,
        body: "",
      };
      response.writeHead(answer.status ?? 200, {
        "content-type": answer.type ?? "text/html; charset=utf-8",
      });
      response.end(answer.body);
    });
    const reader = readHere({ knowledge, topics });
    desk.#start = () => createService({ fetcher, knowledge, reader }).start(resources);
    desk.#service = await desk.#start();
    closing.defer(() => desk.#service?.[Symbol.asyncDispose]());
    return desk;
  }

  /** Forgets what the storyteller remembers, and lets it read the whole log again. */
  async retellStories(): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
    const { db } = this.resources;
    await sql`delete from newsledger.checkpoints where name = 'storyteller'`.execute(db);
    await sql`truncate newsledger.story_articles`.execute(db);
    this.#service = await this.#start?.();
  }

  url(path: string): string {
    return `${this.#site}${path}`;
  }

  publish(path: string, ...answers: Answer[]): void {
    this.pages.set(path, answers);
  }

  /** An item as the poller and the matcher would have left it, and its work planned. */
  async give(
    facts: Partial<Item> & { title: string },
    judged: "matched" | "shortlisted",
    feedText?: string,
  ): Promise<Item> {
    const { db, log, queue } = this.resources;
    const itemId = contentId("item", "feed-1", String(this.#items++));
    const item: Item = {
      ...{
        itemId,
        feedId: "feed-1",
        source: "Harbour Gazette",
        link: null,
        url: null,
        summary: "",
      },
      ...{ author: null, language: "en", publishedAt: null, textHash: null, backfill: false },
      contentHash: textHash(`${itemId}${facts.title}`),
      ...facts,
    };
    const request = jobs.extractItem.request({
      itemId: item.itemId,
      contentHash: item.contentHash,
    });
    const correlationId = contentUuid("item", item.itemId);
    await db.transaction().execute(async (trx) => {
      const kept =
        feedText === undefined ? item : { ...item, textHash: await putText(trx, feedText) };
      await log
        .within(trx)
        .append(streams.item(item.itemId), [itemSeen.create(kept), judgement(item, judged)], {
          correlationId,
        });
      await openWork(db).plan([request], trx);
    });
    await queue.enqueue([request]);
    return item;
  }

  async events<T extends NewsEvent["type"]>(
    ...types: T[]
  ): Promise<Extract<NewsEvent, { type: T }>[]> {
    const found: NewsEvent[] = [];
    for await (const event of this.resources.log.read({ types })) found.push(event);
    return found as Extract<NewsEvent, { type: T }>[];
  }

  /** Waits until so many events of the type are there, and gives them. */
  async await<T extends NewsEvent["type"]>(
    type: T,
    count: number,
  ): Promise<Extract<NewsEvent, { type: T }>[]> {
    for (;;) {
      const found = await this.events(type);
      if (found.length >= count) return found;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#closing[Symbol.asyncDispose]();
  }
}

const judgement = ({ itemId, contentHash, title }: Item, judged: "matched" | "shortlisted") =>
  judged === "shortlisted"
    ? itemShortlisted.create({ itemId, contentHash, reason: "mentions “Caracas” (title)" })
    : itemMatched.create({
        itemId,
        contentHash,
        from: "feed",
        matches: [
          {
            topicId: "citgo-6",
            topicVersion: 1,
            tier: "alert",
            reasons: [
              {
                rule: "names the group",
                field: "title",
                matched: title,
                start: 0,
                end: title.length,
              },
            ],
          },
        ],
      });

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
    });
  });

/** A page of a newspaper around some paragraphs. */
export const page = (title: string, paragraphs: readonly string[], head = ""): Answer => ({
  body: `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body>
    <nav><a href="/">Front page</a></nav>
    <article><h1>${title}</h1>${paragraphs.map((one) => `<p>${one}</p>`).join("\n")}</article>
    <footer>All rights reserved</footer></body></html>`,
});
