import type { Fetcher } from "@newsledger/feeds";
import { sql } from "kysely";
import type { Database } from "./rules.ts";
import { sign } from "./sign.ts";

/** Posts to an outside address, guarded: private addresses and redirects are refused. */
export type Post = Fetcher["post"];

/** One try to deliver, as it went. */
export interface Outcome {
  readonly accepted: boolean;
  readonly status: number | null;
  readonly retryAfterSeconds: number;
  /** One sentence for people; null when it was accepted. */
  readonly error: string | null;
  /** The first 4 KB of the receiver's answer. */
  readonly response: string | null;
  readonly durationMs: number;
}

export interface Message {
  readonly messageId: string;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly body: string;
}

const timeoutMs = 15_000;

/** Signs and posts. Trouble of the network is an outcome; only the caller's own end throws. */
export async function attempt(
  post: Post,
  message: Message,
  now: () => Date,
  signal?: AbortSignal,
): Promise<Outcome> {
  const started = now();
  const { messageId, url, secrets, body } = message;
  const signed = sign(secrets, { id: messageId, body, at: started });
  const result = await post(url, {
    headers: { "content-type": "application/json", ...signed },
    body,
    timeoutMs,
    ...(signal ? { signal } : {}),
  });
  const durationMs = Math.max(0, now().getTime() - started.getTime());
  const response = result.reply === undefined ? null : storable(result.reply);
  if (result.outcome === "accepted")
    return {
      accepted: true,
      status: result.status,
      retryAfterSeconds: 0,
      error: null,
      response,
      durationMs,
    };
  return {
    accepted: false,
    status: result.status ?? null,
    retryAfterSeconds: result.retryAfterSeconds ?? 0,
    error: storable(result.reason),
    response,
    durationMs,
  };
}

/** Writes the attempt down and says which one it was. Rows are never changed afterwards. */
export async function record(trx: Database, deliveryId: string, outcome: Outcome): Promise<number> {
  const { rows } = await sql<{ attempts: number }>`
    update newsledger.deliveries set attempts = attempts + 1
    where delivery_id = ${deliveryId} returning attempts`.execute(trx);
  const attempts = rows[0]?.attempts ?? 1;
  await sql`
    insert into newsledger.delivery_attempts
      (delivery_id, attempt, started_at, status, error, response, duration_ms)
    values (${deliveryId}, ${attempts}, now() - make_interval(secs => ${outcome.durationMs / 1000}),
            ${outcome.status}, ${outcome.error}, ${outcome.response}, ${outcome.durationMs})`.execute(
    trx,
  );
  return attempts;
}

/** A receiver may answer anything; Postgres takes no NUL and no half characters. */
const storable = (text: string): string =>
  text.replaceAll("\u0000", "").toWellFormed().slice(0, 4_096).toWellFormed();
