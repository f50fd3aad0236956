import { createHmac, timingSafeEqual } from "node:crypto";
import type { Resources } from "@newsledger/host";
import { sql } from "kysely";

type Db = Resources["db"];

const longestBody = 10 * 1024 * 1024;
const shortestLeaseSeconds = 3_600;
const longestLeaseSeconds = 30 * 86_400;
const deniedForSeconds = 86_400;
/** However often a hub calls, the publisher is not asked more often. */
const restSeconds = 30;

const methods = new Set(["sha1", "sha256", "sha384", "sha512"]);

/** What a hub sends: to confirm what we asked of it, or because a feed has changed. */
export function hubCallback({ db }: Pick<Resources, "db">) {
  return async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const token = /^\/websub\/([\w-]{24})$/.exec(pathname)?.[1];
    const followed = token ? await findHub(db, token) : null;
    // Gone tells a hub to call no more (WebSub §7).
    if (!token || !followed) return text(410, "No feed is followed under this address.");
    if (request.method === "GET") return answerIntent(db, followed, searchParams);
    if (request.method !== "POST")
      return text(405, "Hubs call by GET and POST.", { allow: "GET, POST" });
    const body = await bodyOf(request);
    if (body === null) return text(413, `More than ${longestBody} bytes are not read.`);
    // Accepted in any case: a false signature is dropped without a word (WebSub §7.1).
    if (isSigned(followed, request.headers.get("x-hub-signature"), body))
      await makeDue(db, followed.feedId);
    return text(202, "Thank you.");
  };
}

interface Followed {
  readonly feedId: string;
  readonly topic: string;
  readonly secret: string;
  /** Whether the secret was sent to the hub. */
  readonly signs: boolean;
}

async function findHub(db: Db, token: string): Promise<Followed | null> {
  const { rows } = await sql<Followed>`
    select h.feed_id as "feedId", h.topic, h.secret, h.hub like 'https:%' as signs
    from newsledger.feed_hubs h join newsledger.feeds f using (feed_id)
    where h.token = ${token} and h.asked_at is not null and f.enabled`.execute(db);
  return rows[0] ?? null;
}

/** The hub asks whether it was we who asked (WebSub §5.3), or says that it will not (§5.2). */
async function answerIntent(
  db: Db,
  { feedId, topic }: Followed,
  said: URLSearchParams,
): Promise<Response> {
  const mode = said.get("hub.mode");
  const challenge = said.get("hub.challenge") ?? "";
  if (mode === "denied" && said.get("hub.topic") === topic) {
    const why = said.get("hub.reason")?.replace(/\s+/g, " ").slice(0, 200);
    await sql`
      update newsledger.feed_hubs
      set lease_until = null, reason = ${`The hub refused${why ? `: ${why}` : "."}`},
        next_ask_at = now() + make_interval(secs => ${deniedForSeconds})
      where feed_id = ${feedId}`.execute(db);
    return text(200, "Noted.");
  }
  if (mode !== "subscribe" || said.get("hub.topic") !== topic || challenge === "")
    return text(404, "This was not asked for.");
  const lease = Math.min(
    longestLeaseSeconds,
    Math.max(shortestLeaseSeconds, Number(said.get("hub.lease_seconds")) || shortestLeaseSeconds),
  );
  // Asked again when a tenth of the time is left.
  await sql`
    update newsledger.feed_hubs
    set lease_until = now() + make_interval(secs => ${lease}), asks = 0, reason = null,
      next_ask_at = now() + make_interval(secs => ${Math.floor(lease * 0.9)})
    where feed_id = ${feedId}`.execute(db);
  return text(200, challenge.slice(0, 4_096));
}

/** `method=hex` over the body. A hub on an open line was given no secret: its calls are as good as anybody's. */
function isSigned({ secret, signs }: Followed, header: string | null, body: Uint8Array): boolean {
  if (!signs) return true;
  const [method = "", signature = ""] = header?.split("=") ?? [];
  if (!methods.has(method)) return false;
  const expected = createHmac(method, secret).update(body).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Null when there is too much of it. */
async function bodyOf(request: Request): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.byteLength;
    if (length > longestBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The feed is asked soon; one in trouble keeps its own pace. */
async function makeDue(db: Db, feedId: string): Promise<void> {
  await sql`
    with called as (
      update newsledger.feed_hubs set calls = calls + 1, last_call_at = now() where feed_id = ${feedId})
    update newsledger.feeds
    set next_poll_at = least(next_poll_at,
      greatest(now(), last_polled_at + make_interval(secs => ${restSeconds})))
    where feed_id = ${feedId} and enabled and failure_count = 0`.execute(db);
}

const text = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
