import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** One message that arrived, believed only when `verified`. */
export interface Received {
  readonly verified: boolean;
  readonly id: string | null;
  readonly body: string;
  /** Why it was refused; null when it was not. */
  readonly refusal: string | null;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  received(): readonly Received[];
}

const toleranceSeconds = 300;
const maxBodyBytes = 256 * 1024;

/** A webhook's other end on 127.0.0.1. It checks Standard Webhooks signatures with code of its own. */
export async function startReceiver({
  secret,
  now = () => new Date(),
}: {
  secret: string;
  now?: () => Date;
}): Promise<Receiver> {
  const received: Received[] = [];

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request).catch(() => null);
    if (body === null) {
      response.writeHead(413, { connection: "close" }).end();
      return;
    }
    const message = judge(request.headers, body, secret, now());
    received.push(message);
    response.writeHead(message.verified ? 204 : 401).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    received: () => received,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Whether the message was signed with the secret, lately, as it is (standardwebhooks.com, symmetric scheme v1). */
export function judge(
  headers: IncomingHttpHeaders,
  body: string,
  secret: string,
  now: Date,
): Received {
  const id = single(headers["webhook-id"]);
  const timestamp = single(headers["webhook-timestamp"]);
  const signatures = single(headers["webhook-signature"]);
  const refuse = (refusal: string): Received => ({ verified: false, id, body, refusal });

  if (!id || !timestamp || !signatures) return refuse("a webhook header is missing");
  if (!/^\d{1,12}$/.test(timestamp)) return refuse("the timestamp is not a number of seconds");
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds)
    return refuse(`the timestamp is more than ${toleranceSeconds} seconds away`);

  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  const signed = signatures.split(" ").some((signature) => matches(signature, expected));
  return signed ? { verified: true, id, body, refusal: null } : refuse("no signature fits");
}

function matches(signature: string, expected: Buffer): boolean {
  const [version, value = ""] = signature.split(",", 2);
  const given = Buffer.from(value, "base64");
  return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
}

const single = (header: string | string[] | undefined): string | null =>
  typeof header === "string" && header !== "" ? header : null;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new Error(`webhook body: more than ${maxBodyBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
