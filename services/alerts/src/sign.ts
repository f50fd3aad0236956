import { createHmac } from "node:crypto";

const prefix = "whsec_";

/** The headers of Standard Webhooks 1.0: receivers verify them with any of its libraries. */
export interface SignedHeaders {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

/** Signs one message with every secret that is valid now: two, while one replaces the other. */
export function sign(
  secrets: readonly string[],
  message: { id: string; body: string; at: Date },
): SignedHeaders {
  const seconds = String(Math.floor(message.at.getTime() / 1000));
  const content = `${message.id}.${seconds}.${message.body}`;
  return {
    "webhook-id": message.id,
    "webhook-timestamp": seconds,
    "webhook-signature": secrets.map((secret) => `v1,${hmac(secret, content)}`).join(" "),
  };
}

/** 24 random bytes as a secret that the receiver's library takes as it stands. */
export const secretFrom = (bytes: Buffer): string => prefix + bytes.toString("base64");

function hmac(secret: string, content: string): string {
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  return createHmac("sha256", key).update(content).digest("base64");
}
