import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

/**
 * Imports go one way: core ← packages ← services ← the command line, and no service knows another.
 * Each part may import exactly these; a new edge is a decision, made here.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  eventlog: [],
  queue: ["core", "eventlog"],
  feeds: ["core"],
  extraction: ["core"],
  readmodels: ["core", "eventlog"],
  host: ["core", "eventlog", "queue"],
  poller: ["core", "eventlog", "queue", "host", "feeds", "extraction"],
  extractor: ["core", "eventlog", "queue", "host", "feeds", "extraction"],
  alerts: ["core", "eventlog", "queue", "host", "feeds", "readmodels"],
  digest: ["core", "eventlog", "queue", "host", "readmodels"],
  api: ["core", "eventlog", "queue", "host", "readmodels"],
  newsledger: [
    ...["core", "eventlog", "queue", "feeds", "extraction", "readmodels", "host"],
    ...["poller", "extractor", "alerts", "digest", "api"],
  ],
};

interface Source {
  readonly path: string;
  readonly text: string;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly path: string;
}

const root = join(import.meta.dirname, "..");

test("every import between parts is one that the architecture allows", () => {
  expect(violations(sources())).toEqual([]);
});

test("the parts form no cycle", () => {
  expect(cycle(edges(sources()))).toBeNull();
});

test("a planted import from one service to another is found", () => {
  const planted = {
    path: "services/poller/src/x.ts",
    text: 'import { send } from "@newsledger/digest";',
  };
  expect(violations([...sources(), planted])).toEqual([
    "services/poller/src/x.ts: poller may not import digest",
  ]);
});

test("a planted import that climbs out of its part by a path is found", () => {
  const planted = {
    path: "packages/core/src/x.ts",
    text: 'export * from "../../host/src/index.ts";',
  };
  expect(violations([planted])).toEqual(["packages/core/src/x.ts: core may not import host"]);
});

test("a planted cycle is found", () => {
  const a = { path: "packages/core/src/x.ts", text: 'import "@newsledger/eventlog";' };
  const b = {
    path: "packages/eventlog/src/x.ts",
    text: 'const core = await import("@newsledger/core");',
  };
  expect(cycle(edges([a, b]))).toEqual(["core", "eventlog", "core"]);
});

test("core does no input or output", () => {
  const forbidden =
    /from "node:(?!crypto)|from "(pg|kysely|undici|ioredis|bullmq)"|process\.|Date\.now|Math\.random/;
  const guilty = sources().filter(
    ({ path, text }) =>
      path.startsWith("packages/core/") && !path.endsWith(".test.ts") && forbidden.test(text),
  );
  expect(guilty.map(({ path }) => path)).toEqual([]);
});

test("importing a part reads no environment and no file", () => {
  const topLevel = /^(export )?(const|let) [^=(]+ = (await |readFileSync\(|process\.env)/m;
  const guilty = sources().filter(
    ({ path, text }) =>
      !path.startsWith("services/newsledger/src/main") &&
      !path.endsWith(".test.ts") &&
      topLevel.test(text),
  );
  expect(guilty.map(({ path }) => path)).toEqual([]);
});

function sources(): Source[] {
  return ["packages", "services"].flatMap((area) =>
    readdirSync(join(root, area), { recursive: true, encoding: "utf8", withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() &&
          entry.name.endsWith(".ts") &&
          !entry.parentPath.includes("node_modules"),
      )
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: relative(root, file), text: readFileSync(file, "utf8") })),
  );
}

function edges(files: readonly Source[]): Edge[] {
  return files.flatMap(({ path, text }) => {
    const from = path.split("/")[1] ?? "";
    const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
      ([, name]) => name ?? "",
    );
    return specifiers
      .map((name) => partOf(name, path))
      .filter((to) => to !== null && to !== from)
      .map((to) => ({ from, to: to as string, path }));
  });
}

/** The part that an import names: by package, or by a path that leaves its own part. */
function partOf(specifier: string, path: string): string | null {
  if (specifier.startsWith("@newsledger/")) return specifier.split("/")[1] ?? null;
  if (!specifier.startsWith(".")) return null;
  const target = join(path, "..", specifier).split("/");
  return target[0] === "packages" || target[0] === "services" ? (target[1] ?? null) : null;
}

const violations = (files: readonly Source[]): string[] =>
  edges(files)
    .filter(({ from, to }) => !allowed[from]?.includes(to))
    .map(({ from, to, path }) => `${path}: ${from} may not import ${to}`);

function cycle(all: readonly Edge[]): string[] | null {
  const next = Map.groupBy(all, ({ from }) => from);
  const walk = (part: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(part)) return [...trail.slice(trail.indexOf(part)), part];
    for (const to of new Set(next.get(part)?.map((edge) => edge.to))) {
      const found = walk(to, [...trail, part]);
      if (found) return found;
    }
    return null;
  };
  for (const part of next.keys()) {
    const found = walk(part, []);
    if (found) return found;
  }
  return null;
}
