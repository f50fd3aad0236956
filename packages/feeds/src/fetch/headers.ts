import type { Validators } from "./types.ts";

/** Response headers as undici gives them: lower-case names, repeated ones as arrays. */
export type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The value of a header; of a repeated one the first. */
export function header(headers: RawHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const longestRetrySeconds = 7 * 86_400;
const longestAgeSeconds = 30 * 86_400;

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), at most seven days; undefined when absent or unreadable. */
export function retryAfterSeconds(headers: RawHeaders, nowMs: number): number | undefined {
  const value = header(headers, "retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value), longestRetrySeconds);
  const at = Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  const seconds = Math.ceil((at - (dateOf(headers) ?? nowMs)) / 1000);
  return seconds > 0 ? Math.min(seconds, longestRetrySeconds) : undefined;
}

/**
 * How long the answer says it stays fresh: max-age less Age, else Expires less Date. `s-maxage` speaks to shared
 * caches (RFC 9111 §5.2.2.10); no-store and no-cache promise nothing.
 */
export function maxAgeSeconds(headers: RawHeaders, nowMs: number): number | undefined {
  const control = header(headers, "cache-control")?.toLowerCase() ?? "";
  if (/\bno-(store|cache)\b/.test(control)) return undefined;
  const said = /(?:^|[,\s])max-age\s*=\s*"?(\d+)/.exec(control)?.[1];
  if (said !== undefined) {
    const age = Number(header(headers, "age") ?? 0);
    return clampAge(Number(said) - (Number.isFinite(age) ? age : 0));
  }
  const expires = Date.parse(header(headers, "expires") ?? "");
  if (Number.isNaN(expires)) return undefined;
  return clampAge(Math.floor((expires - (dateOf(headers) ?? nowMs)) / 1000));
}

const clampAge = (seconds: number): number | undefined =>
  seconds > 0 ? Math.min(seconds, longestAgeSeconds) : undefined;

function dateOf(headers: RawHeaders): number | undefined {
  const at = Date.parse(header(headers, "date") ?? "");
  return Number.isNaN(at) ? undefined : at;
}

/** ETag and Last-Modified as they came; what could not be sent back as a header line is dropped. */
export function validatorsOf(headers: RawHeaders): Validators {
  const etag = echoable(header(headers, "etag"));
  const lastModified = echoable(header(headers, "last-modified"));
  return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

/** The request headers of a conditional GET. Both are sent: some servers look at one only. */
export function conditional(validators: Validators): Record<string, string> {
  const etag = echoable(validators.etag);
  const lastModified = echoable(validators.lastModified);
  return {
    ...(etag && { "if-none-match": etag }),
    ...(lastModified && { "if-modified-since": lastModified }),
  };
}

const echoable = (value: string | undefined): string | undefined =>
  value && /^[\x20-\x7e]{1,1024}$/.test(value) ? value : undefined;

/** The named headers that are there, as one string each, clipped. */
export function pick(headers: RawHeaders, names: readonly string[]): Record<string, string> {
  const found = names.flatMap((name) => {
    const value = headers[name];
    if (value === undefined) return [];
    return [[name, (Array.isArray(value) ? value.join(", ") : value).slice(0, 2048)]];
  });
  return Object.fromEntries(found);
}
