import type { Fetcher } from "@newsledger/feeds";
import type { ChannelName } from "./channels/channel.ts";
import { sign } from "./sign.ts";

/** Posts to an outside address, guarded: private addresses and redirects are refused. */
export type Post = Fetcher["post"];

/** A plain mail on its way to one address. `id` and `inReplyTo` become Message-IDs. */
export interface PlainMail {
  readonly id: string;
  readonly inReplyTo: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
}

/** How handing over a mail ended; `unknown`: it was handed over and the answer lost. */
export type MailResult =
  | { readonly outcome: "sent" }
  | { readonly outcome: "refused" | "later" | "unknown"; readonly reason: string };
export type SendMail = (mail: PlainMail) => Promise<MailResult>;

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
  /** Trying again would be of no use. */
  readonly hopeless?: boolean;
  /** Our own proxy was closed: the receiver was not asked, so nothing is held against it. */
  readonly closedRoad?: boolean;
}

/** What one attempt sends, opened. */
export interface Parcel {
  readonly channel: ChannelName;
  readonly messageId: string;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly date: Date;
  /** Now by Postgres' clock: receivers refuse what was signed by one that is minutes off. */
  readonly now: Date;
}

export interface Roads {
  readonly post: Post;
  /** Absent: there is no mail here, and mails wait for a process that has it. */
  readonly sendMail?: SendMail | undefined;
}

const timeoutMs = 15_000;

/** Hands over one message. Trouble of the network is an outcome; only the caller's own end throws. */
export async function attempt(
  roads: Roads,
  parcel: Parcel,
  signal?: AbortSignal,
): Promise<Outcome> {
  const started = performance.now();
  const result =
    parcel.channel === "mail" ? await mailTo(roads, parcel) : await postTo(roads, parcel, signal);
  return { ...result, durationMs: Math.round(performance.now() - started) };
}

type Result = Omit<Outcome, "durationMs">;

async function postTo(
  { post }: Roads,
  { channel, messageId, url, secrets, headers, body, now }: Parcel,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const marks =
    channel === "webhook"
      ? sign(secrets, { id: messageId, body, at: now })
      : { "webhook-id": messageId };
  const result = await post(url, {
    headers: { ...headers, ...marks },
    body,
    timeoutMs,
    ...(signal ? { signal } : {}),
  });
  const response = result.reply === undefined ? null : storable(result.reply);
  if (result.outcome === "accepted")
    return { accepted: true, status: result.status, retryAfterSeconds: 0, error: null, response };
  return {
    accepted: false,
    status: result.status ?? null,
    retryAfterSeconds: result.retryAfterSeconds ?? 0,
    error: storable(result.reason),
    response,
    ...(result.code === "proxy" && { closedRoad: true }),
  };
}

async function mailTo(
  { sendMail }: Roads,
  { messageId, url, headers, body, date }: Parcel,
): Promise<Result> {
  const nothing = { status: null, retryAfterSeconds: 0, response: null };
  if (!sendMail)
    return {
      ...nothing,
      accepted: false,
      error: "There is no way to send mail from this process.",
    };
  const result = await sendMail({
    id: messageId,
    inReplyTo: headers["in-reply-to"] ?? null,
    to: url.replace(/^mailto:/i, ""),
    subject: headers.subject ?? "Newsledger",
    text: body,
    date,
  });
  if (result.outcome === "sent") return { ...nothing, accepted: true, error: null };
  return {
    ...nothing,
    accepted: false,
    error: storable(result.reason),
    hopeless: result.outcome === "refused",
  };
}

/** A receiver may answer anything; Postgres takes no NUL and no half characters. */
const storable = (text: string): string =>
  text.replaceAll("\u0000", "").toWellFormed().slice(0, 4_096).toWellFormed();
