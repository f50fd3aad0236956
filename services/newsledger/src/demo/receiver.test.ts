import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { judge, startReceiver } from "./receiver.ts";

// The example of the Standard Webhooks specification.
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const timestamp = "1614265330";
const body = '{"test": 2432232314}';
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const now = new Date(1614265330 * 1000);
const headers = {
  "webhook-id": id,
  "webhook-timestamp": timestamp,
  "webhook-signature": signature,
};

const sign = (text: string, at: string) =>
  `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
    .update(`${id}.${at}.${text}`)
    .digest("base64")}`;

describe("the judgement of a webhook", () => {
  it("believes the specification's own example", () => {
    expect(judge(headers, body, secret, now)).toEqual({ verified: true, id, body, refusal: null });
  });

  it("believes a message with an old and a new signature, as sent while a secret rotates", () => {
    const two = { ...headers, "webhook-signature": `v1,${"A".repeat(43)}= ${signature}` };
    expect(judge(two, body, secret, now).verified).toBe(true);
  });

  it.each([
    ["one changed byte", headers, '{"test": 2432232315}', now, "no signature fits"],
    [
      "another secret's signature",
      { ...headers, "webhook-signature": `v1,${"A".repeat(43)}=` },
      body,
      now,
      "no signature fits",
    ],
    [
      "another scheme",
      { ...headers, "webhook-signature": signature.replace("v1", "v1a") },
      body,
      now,
      "no signature fits",
    ],
    [
      "a message of six minutes ago",
      headers,
      body,
      new Date(now.getTime() + 360_000),
      "the timestamp is more than 300 seconds away",
    ],
    [
      "a missing id",
      { ...headers, "webhook-id": undefined },
      body,
      now,
      "a webhook header is missing",
    ],
    [
      "a timestamp that is no number",
      { ...headers, "webhook-timestamp": "yesterday" },
      body,
      now,
      "the timestamp is not a number of seconds",
    ],
  ])("refuses %s", (_, given, text, at, refusal) => {
    expect(judge(given, text, secret, at)).toMatchObject({ verified: false, refusal });
  });
});

describe("the receiver", () => {
  it("keeps what came, answers 204 to what it believes and 401 to the rest", async () => {
    await using receiver = await startReceiver({ secret, now: () => now });
    const post = (text: string) =>
      fetch(receiver.url, {
        method: "POST",
        body: text,
        headers: { ...headers, "webhook-signature": sign(body, timestamp) },
      });
    expect((await post(body)).status).toBe(204);
    expect((await post("{}")).status).toBe(401);
    expect(receiver.received().map(({ verified, body: text }) => [verified, text])).toEqual([
      [true, body],
      [false, "{}"],
    ]);
  });

  it("does not swallow a body without end", async () => {
    await using receiver = await startReceiver({ secret, now: () => now });
    const answer = await fetch(receiver.url, { method: "POST", body: "x".repeat(300_000) }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(answer).toBe(413);
    expect(receiver.received()).toEqual([]);
  });
});
