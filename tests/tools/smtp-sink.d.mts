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
