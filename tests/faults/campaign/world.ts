import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../../harness/cluster.ts";
import { type FeedServer, startFeedServer } from "../../harness/feed-server.ts";
import { Installation } from "../../harness/newsledger.ts";
import { createSmtpSink, type SmtpSink } from "../../tools/smtp-sink.mjs";
import { createProxy, type TcpProxy } from "../../tools/tcp-proxy.mjs";
import { createWebhookSink, type WebhookSink } from "../../tools/webhook-sink.mjs";
import { type Crew, Fleet } from "./fleet.ts";
import { Ledger } from "./ledger.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { type Random, seeded } from "./random.ts";
import { RedisServer } from "./redis-server.ts";

export type Backend = "postgres" | "redis";

/** What the press releases: `rate` more items in every feed at a tick, of which the newest `window` can be seen. */
export interface Press {
  readonly feeds: number;
  readonly items: number;
  readonly window: number;
  readonly rate: number;
  readonly initial: number;
  /** Share of the items that concern somebody. */
  readonly relevant: number;
  /** Milliseconds that the press takes to answer. */
  readonly delay?: number;
}

export interface Scene {
  readonly backend: Backend;
  readonly press: Press;
  readonly crews: readonly Crew[];
  readonly readers?: number;
  /** A receiver of webhooks beside the good one for each of these, which its first three messages meet. */
  readonly hookTroubles?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Puts a proxy before Postgres and Redis, to spoil the connections. */
  readonly proxied?: boolean;
  readonly redis?: readonly string[];
  /** The entry of another version of Newsledger. */
  readonly program?: string;
}

export interface Ground {
  readonly postgres: PostgresServer;
  readonly seed: number;
  /** Says how far it is. */
  readonly say: (line: string) => void;
}

/** An installation spread over several processes, and everything around it that can fail. */
export interface World extends AsyncDisposable {
  readonly scene: Scene;
  readonly ground: Ground;
  readonly random: Random;
  readonly feeds: FeedServer;
  readonly ledger: Ledger;
  readonly fleet: Fleet;
  readonly hooks: WebhookSink;
  readonly mail: SmtpSink;
  readonly redis: RedisServer | null;
  readonly proxies: { readonly postgres: TcpProxy; readonly redis: TcpProxy | null } | null;
  /** What every process of the fleet is started with. */
  readonly env: Record<string, string>;
  /** A place to ask the command line from. */
  readonly desk: Installation;
  /** Items that every feed has released so far. */
  released: number;
}

const open = new Set<AsyncDisposableStack>();

/** Ends every process and server of the campaign: for one that is broken off. */
export async function closeWorlds(): Promise<void> {
  await Promise.all([...open].map((stack) => stack.disposeAsync()));
}

/** One port for all presses of a campaign: addresses are content, and content makes the ids. */
let pressPort: number | undefined;
let worlds = 0;

/** Opens servers, sinks and a new ledger, follows the press, and starts the fleet. */
export async function openWorld(scene: Scene, ground: Ground): Promise<World> {
  const stack = new AsyncDisposableStack();
  open.add(stack);
  stack.defer(() => void open.delete(stack));
  try {
    const { postgres } = ground;
    const database = `faults_${process.pid}_${++worlds}`;
    await postgres.createDatabase(database);
    pressPort ??= await freePort();
    const feeds = stack.use(
      await startFeedServer({ ...scene.press, port: pressPort, seed: ground.seed }),
    );
    const redis =
      scene.backend === "redis" ? stack.use(await RedisServer.start(scene.redis)) : null;
    const hooks = await createWebhookSink();
    stack.defer(async () => void (await hooks.close()));
    const mail = await createSmtpSink();
    stack.defer(() => mail.close());
    const proxies = scene.proxied ? await startProxies(postgres.port, redis?.port) : null;
    stack.defer(() => closeProxies(proxies));
    const ledger = stack.use(new Ledger(postgres.url(database)));
    const env = {
      ...brisk,
      DATABASE_URL: postgres.url(database, proxies?.postgres.cfg.listen),
      ...(redis ? { QUEUE_URL: redis.url(proxies?.redis?.cfg.listen) } : {}),
      SMTP_URL: `smtp://127.0.0.1:${mail.cfg.port}`,
      NEWSLEDGER_ALLOW_HOSTS: `${feeds.host},${new URL(hooks.url).host}`,
      ...scene.env,
    };
    const desk = stack.use(
      await Installation.create({ ...env, DATABASE_URL: postgres.url(database) }, scene.program),
    );
    const fleet = stack.use(new Fleet());
    const world: World = {
      ...{ scene, ground, random: seeded(ground.seed), feeds, ledger, fleet, hooks, mail },
      ...{ redis, proxies, env, desk, released: scene.press.initial },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
    await furnish(world);
    await fleet.add(scene.crews, env, scene.program);
    return world;
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/** Feeds are asked every few seconds, and the queue is compared with Postgres every second. */
const brisk = {
  NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "1",
  NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: "1",
  NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: "2",
  NEWSLEDGER_QUEUE_RECONCILE_EVERY_SECONDS: "1",
  NEWSLEDGER_SECRET_KEY: "one key for all processes of the campaign",
};

async function startProxies(postgresPort: number, redisPort: number | undefined) {
  return {
    postgres: await createProxy({ to: postgresPort }),
    redis: redisPort === undefined ? null : await createProxy({ to: redisPort }),
  };
}

function closeProxies(proxies: World["proxies"]): void {
  proxies?.postgres.close();
  proxies?.redis?.close();
}

/** Where the receiver of that name is. */
export const hookOf = (name: string): string => `/hook/${name}`;

/** The press is followed; a webhook and some readers want to be told. */
async function furnish({ scene, desk, feeds, hooks, ledger }: World): Promise<void> {
  const outlines = Array.from(
    { length: scene.press.feeds },
    (_, n) => `<outline type="rss" text="Feed ${n}" xmlUrl="${feeds.origin}/feeds/${n}.xml"/>`,
  );
  const opml = join(desk.directory, "feeds.opml");
  await writeFile(opml, `<opml version="2.0"><head/><body>${outlines.join("")}</body></opml>`);
  await desk.ask("feeds", "import", opml);
  // Else what the first poll brings would be history, of which nobody is told.
  await ledger.rows("update newsledger.feeds set history = false");
  for (const name of ["a", ...(scene.hookTroubles ?? [])]) {
    const path = hookOf(name);
    const [webhook] = await desk.rows<{ secret: string }>("webhooks", "add", `${hooks.url}${path}`);
    hooks.cfg.secrets[path] = webhook?.secret ?? "";
    const trouble = new URLSearchParams({ path, mode: name, count: "3", p: "0.5" });
    if (name !== "a") await fetch(`${hooks.url}/admin/mode?${trouble}`, { method: "POST" });
  }
  for (let nth = 0; nth < (scene.readers ?? 0); nth++)
    await desk.ask("subscribers", "add", `reader${nth}@example.org`, "--topic", "citgo-6");
}
