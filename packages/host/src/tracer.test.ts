import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { spanIdOf, traceIdOf } from "./step.ts";
import { openTracer } from "./tracer.ts";

const logger = { warn: () => {} };

test("where no traces are wanted there is no tracer", async () => {
  expect(await openTracer({ tracesUrl: undefined }, logger)).toBeUndefined();
});

test("OpenTelemetry is loaded by one file, and that file only when it is asked for", () => {
  const sources = readdirSync(import.meta.dirname).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
  );
  const saying = (pattern: RegExp) =>
    sources.filter((name) => pattern.test(readFileSync(join(import.meta.dirname, name), "utf8")));
  expect(saying(/from "@opentelemetry/)).toEqual(["otlp.ts"]);
  expect(saying(/from "\.\/otlp\.ts"/)).toEqual([]);
  expect(saying(/import\("\.\/otlp\.ts"\)/)).toEqual(["tracer.ts"]);
});

test("ids of traces and spans follow from the ledger, in the shapes that OpenTelemetry demands", () => {
  expect(traceIdOf("1f2e3d4c-5b6a-8978-9a0b-1c2d3e4f5a6b")).toBe(
    "1f2e3d4c5b6a89789a0b1c2d3e4f5a6b",
  );
  expect(spanIdOf("poll one")).toMatch(/^[0-9a-f]{16}$/);
  expect(spanIdOf("poll one")).toBe(spanIdOf("poll one"));
  expect(spanIdOf("poll one")).not.toBe(spanIdOf("poll two"));
});
