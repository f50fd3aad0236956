import { expect, test } from "vitest";
import { secretFrom, sign } from "./sign.ts";

const message = { id: "example", body: "{}", at: new Date("2026-11-24T12:00:00.999Z") };
const secret = secretFrom(Buffer.from("a fixed key, 24 bytes!!!"));
const signature = "v1,fvY61ZMT3D1X/vgf0t1+HQA68Xr7UHrogwaHmD/QFeA="; // computed with openssl dgst -mac HMAC

test("the signature is HMAC-SHA256 over id, seconds and body, with the decoded secret", () => {
  expect(sign([secret], message)).toEqual({
    "webhook-id": "example",
    "webhook-timestamp": "1795521600",
    "webhook-signature": signature,
  });
});

test("while a secret is replaced there are two signatures, the new one first", () => {
  const headers = sign([secretFrom(Buffer.alloc(24, 2)), secret], message);
  const [first, second] = headers["webhook-signature"].split(" ");
  expect(second).toBe(signature);
  expect(first).toMatch(/^v1,/);
  expect(first).not.toBe(signature);
});
