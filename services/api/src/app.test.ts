import { expect, test } from "vitest";
import { createApp } from "./app.ts";
import type { ApiContext } from "./context.ts";

/** For people, or described elsewhere: what else is served is in the OpenAPI document. */
const others = [
  ...["/", "/cases/:id", "/stories/:id", "/entities/:id", "/search", "/feeds", "/feeds/:id{[^.]+}"],
  ...["/admin", "/admin/rules", "/admin/topics", "/admin/deliveries", "/admin/digests"],
  ...[
    "/admin/digests/preview",
    "/admin/feeds",
    "/admin/queue",
    "/sign-in",
    "/sign-out",
    "/favicon.ico",
  ],
  ...["/style.css", "/icon.svg", "/live.js", "/mcp", "/metrics", "/openapi.json"],
];

test("every route for programs that is served is documented, and the other way round", () => {
  const context = {
    topics: [],
    version: "1",
    publicUrl: "http://localhost",
    feeds: async () => [],
    administration: {},
  };
  // Routes are made without asking anything of what answers them.
  const app = createApp(context as unknown as ApiContext, true, new AbortController().signal);
  const { paths = {} } = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "x", version: "1" },
  });
  const served = app.routes
    .filter(({ method, path }) => ["GET", "POST"].includes(method) && !path.includes("*"))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const forPeople = others.map((path) => path.replaceAll(/:(\w+)/g, "{$1}"));
  const forPrograms = served.filter((one) => !forPeople.includes(one.split(" ")[1] ?? ""));
  expect(new Set(forPrograms)).toEqual(new Set(documented));
});
