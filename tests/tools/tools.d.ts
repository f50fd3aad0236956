// What the tests may use of the fault tools, which are plain JavaScript.

declare module "*/tools/feed-server.mjs" {
  export interface FeedServer {
    readonly cfg: { readonly port: number; readonly feeds: number; readonly seed: string };
    readonly st: {
      readonly canary: readonly { readonly url: string }[];
      readonly reqs: ReadonlyMap<string, { readonly n: number; readonly ua?: string }>;
      readonly hits: ReadonlyMap<string, number>;
      readonly total: number;
      readonly n304: number;
    };
    readonly url: string;
    close(): Promise<unknown>;
  }
  export interface FeedServerOptions {
    host?: string;
    port?: number;
    feeds?: number;
    items?: number;
    seed?: string;
    window?: number;
    initial?: number;
    rate?: number;
    relevant?: number;
    log?: string;
  }
  export interface SeededItem {
    feed: number;
    k: number;
    guid: string;
    path: string;
    title: string;
    relevant: boolean;
    date: string;
    body: string;
  }
  export function itemOf(
    config: { seed: string; relevant: number },
    feed: number,
    k: number,
  ): SeededItem;
  /** Case name → [expected behaviour, handler]. */
  export const HOSTILE: Readonly<Record<string, readonly [string, unknown]>>;
  export function createFeedServer(options?: FeedServerOptions): Promise<FeedServer>;
}

declare module "*/tools/webhook-sink.mjs" {
  export interface DeliveryRecord {
    readonly t: number;
    readonly path: string;
    readonly id: string | null;
    readonly sha: string;
    readonly sigOk: boolean | null;
    readonly accepted: boolean;
    readonly seq?: number;
    readonly [key: string]: unknown;
  }
  export interface PathSummary {
    attempts: number;
    accepted: number;
    rejected: number;
    uniqueIds: number;
    duplicates: number;
    maxPerId: number;
    noId: number;
    badSig: number;
    bodyDrift: number;
    orderViolations: number;
  }
  export interface WebhookSink {
    readonly cfg: { readonly port: number; readonly secrets: Record<string, string> };
    readonly st: { readonly rec: readonly DeliveryRecord[]; readonly canary: readonly unknown[] };
    readonly url: string;
    summary(): Record<string, PathSummary>;
    close(): Promise<unknown>;
  }
  export function createWebhookSink(options?: {
    host?: string;
    port?: number;
    idhdr?: string;
    sighdr?: string;
    secret?: string;
    seed?: number;
    log?: string;
    maxBody?: number;
  }): Promise<WebhookSink>;
}

declare module "*/tools/smtp-sink.mjs" {
  export interface SunkMail {
    readonly t: number;
    readonly verdict: string;
    readonly from: string;
    readonly rcpt: readonly string[];
    readonly messageId: string | null;
    readonly subject: string | null;
    readonly to: string | null;
    readonly size: number;
    readonly sha: string;
    readonly repeatedHeaders: readonly string[];
    readonly hasBcc: boolean;
    readonly unexpectedHeaders: readonly string[];
    readonly bareLf: boolean;
    readonly headers: readonly (readonly [string, string])[];
    readonly raw: string;
  }
  export interface MailSummary {
    connections: number;
    accepted: number;
    acklost: number;
    hang: number;
    temp: number;
    perm: number;
    uniqueMessageIds: number;
    noMessageId: number;
    dupByMessageId: number;
    dupByRcptSubject: number;
    injected: number;
    bareLf: number;
  }
  export interface SmtpSink {
    readonly cfg: { readonly port: number; readonly http: number };
    readonly st: { readonly mail: readonly SunkMail[] };
    readonly url: string;
    summary(): MailSummary;
    close(): Promise<void>;
  }
  export function createSmtpSink(options?: {
    host?: string;
    port?: number;
    http?: number;
    seed?: number;
    log?: string;
    maxSize?: number;
  }): Promise<SmtpSink>;
  export function parseHeaders(raw: string): [string, string][];
}

declare module "*/tools/tcp-proxy.mjs" {
  export interface TcpProxy {
    readonly cfg: { readonly listen: number; readonly admin: number };
    readonly url: string;
    set(options: { mode?: string; ms?: number; jitter?: number; bps?: number; for?: number }): void;
    killAll(): void;
    stats(): {
      mode: string;
      open: number;
      total: number;
      up: number;
      down: number;
      killed: number;
    };
    close(): void;
  }
  export function createProxy(options: {
    to: number;
    toHost?: string;
    listen?: number;
    admin?: number;
  }): Promise<TcpProxy>;
}

declare module "*/tools/killer.mjs" {
  export function campaign(options: {
    cmd: readonly string[];
    kills?: number;
    min?: number;
    max?: number;
    seed?: number;
    signal?: string;
    log?: string | null;
    until?: string | null;
    pause?: number;
    stdio?: unknown;
    onKill?: ((kill: unknown) => void) | null;
  }): Promise<{
    kills: number;
    selfExits: number;
    ms: number;
    child: import("node:child_process").ChildProcess;
    stop(): Promise<void>;
  }>;
}
