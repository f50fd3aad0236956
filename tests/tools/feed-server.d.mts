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
