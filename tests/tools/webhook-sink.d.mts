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
  readonly cfg: { readonly port: number };
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
