import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite({
    mounts: [
      {
        path: "/u",
        fetch: async (incoming) => {
          const { pathname } = new URL(incoming.url);
          if (pathname === "/u/gone")
            return new Response("<p>No such link</p>", {
              status: 404,
              headers: { "Content-Type": "text/html" },
            });
          return new Response(`${incoming.method} ${pathname} ${await incoming.text()}`);
        },
      },
      { path: "/", fetch: () => new Response("", { status: 404 }) },
    ],
  });
});
afterAll(() => site[Symbol.asyncDispose]());

test("what is not ours is answered by the service that mounted it, with method and body", async () => {
  const response = await site.get("/u/token", {
    method: "POST",
    body: "List-Unsubscribe=One-Click",
  });
  expect(await response.text()).toBe("POST /u/token List-Unsubscribe=One-Click");
  expect(response.headers.get("content-security-policy")).toContain(
    "style-src 'self' 'unsafe-inline'",
  );
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
});

test("a mount covers its path and what lies below, not what merely begins alike", async () => {
  expect((await site.get("/u")).status).toBe(200);
  expect((await site.get("/unknown")).status).toBe(404);
});

test("a mounted service's own page for a thing it does not know is kept", async () => {
  const response = await site.get("/u/gone");
  expect([response.status, await response.text()]).toEqual([404, "<p>No such link</p>"]);
});

/** fetch does not let us choose the Host header. */
const statusAs = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site.origin);
    request({ hostname, port, path: "/v1/events", headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });

test("bound to this machine, only its own names are served: another site cannot read through its visitor", async () => {
  expect(await statusAs("evil.example")).toBe(421);
  expect(await statusAs("localhost")).toBe(200);
  expect(await statusAs("127.0.0.1:8787")).toBe(200);
});
