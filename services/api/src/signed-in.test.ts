import { Hono } from "hono";
import { expect, test } from "vitest";
import { keepSession } from "./signed-in.ts";

async function cookieAt(publicUrl: string): Promise<string> {
  const app = new Hono();
  app.get("/", (c) => {
    // What is kept needs no database.
    keepSession(c, { publicUrl } as Parameters<typeof keepSession>[1], "a".repeat(43));
    return c.text("");
  });
  return (await app.request("/")).headers.get("set-cookie") ?? "";
}

test("behind https the session's cookie is bound to the host and to TLS", async () => {
  const cookie = await cookieAt("https://news.example");
  expect(cookie).toMatch(/^__Host-newsledger-session=a{43}; /);
  for (const part of ["Path=/", "HttpOnly", "Secure", "SameSite=Strict", "Max-Age=43200"])
    expect(cookie.split("; ")).toContain(part);
});

test("without TLS it says no Secure, or no browser would send it", async () => {
  const cookie = await cookieAt("http://127.0.0.1:8787");
  expect(cookie).toMatch(/^newsledger-session=/);
  expect(cookie).not.toContain("Secure");
});
