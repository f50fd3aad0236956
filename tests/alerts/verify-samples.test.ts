import { createHmac } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const secret = `whsec_${Buffer.from("a secret of the guide").toString("base64")}`;

function signed(body: string, seconds: number) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const mac = createHmac("sha256", key).update(`id1.${seconds}.${body}`).digest("base64");
  return {
    "webhook-id": "id1",
    "webhook-timestamp": String(seconds),
    "webhook-signature": `v1,AAAA v1,${mac}`,
  };
}

test("the guide's own words on how to verify a signature work as they stand", async () => {
  const guide = await readFile(new URL("../../docs/webhooks.md", import.meta.url), "utf8");
  const [, sample = ""] = /```js\n(.*?)```/s.exec(guide) ?? [];
  const path = join(tmpdir(), `verify-${process.pid}.mjs`);
  await writeFile(path, sample);
  try {
    const { verify } = await import(path);
    const body = '{"summary":"ñ 😀"}';
    const now = Math.floor(Date.now() / 1000);
    expect(verify(secret, signed(body, now), body)).toBe(true);
    expect(verify(secret, signed(body, now), `${body} `)).toBe(false);
    expect(verify(secret, signed(body, now - 400), body)).toBe(false);
    expect(verify(secret.replace("Y", "Z"), signed(body, now), body)).toBe(false);
  } finally {
    await rm(path, { force: true });
  }
});
