import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { firstEffects } from "./campaign/case.ts";
import { cases } from "./campaign/cases/index.ts";
import { percentile } from "./campaign/figures.ts";
import { keep, page, passed, publish, type Result } from "./campaign/report.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "newsledger-report-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const result = (more: Partial<Result> = {}): Result => ({
  ...{ name: "kill", backend: "postgres", form: "full", seed: 7, commit: "abc", tookSeconds: 9 },
  ...{ at: "2026-01-02T03:04:05Z", done: "3 kills", load: 12.4, trouble: null },
  findings: [{ what: "items lost", found: 0, holds: true }],
  ...more,
});

test.each([
  [[], 0.95, null],
  [[5], 0.95, 5],
  [[3, 1, 2], 0.5, 2],
  [Array.from({ length: 100 }, (_, n) => n + 1), 0.95, 95],
])("of %j the share %f lies below %s", (values, share, expected) => {
  expect(percentile(values, share)).toBe(expected);
});

test.each([
  ["in time", [100, 200], true],
  ["too late", [100, 2_500], false],
  ["never", [100, null], false],
  ["not measured", [], false],
])("a first effect %s", (_, effects, holds) => {
  expect(firstEffects(effects, 2_000).holds).toBe(holds);
});

test.each([
  ["all that holds", result(), true],
  ["one that does not", result({ findings: [{ what: "x", found: 1, holds: false }] }), false],
  ["nothing found at all", result({ findings: [] }), false],
  ["broken off", result({ trouble: { kind: "broke off", why: "x" } }), false],
])("a case with %s", (_, one, expected) => {
  expect(passed(one)).toBe(expected);
});

test("a later run of a case takes the place of the earlier one, beside those of others", async () => {
  const file = join(directory, "faults.json");
  await keep(file, [result(), result({ backend: "redis" }), result({ name: "clock" })]);
  const all = await keep(file, [result({ done: "1,000 kills" })]);
  expect(all.map(({ name, backend, done }) => `${name} ${backend} ${done}`)).toEqual([
    "clock postgres 3 kills",
    "kill postgres 1,000 kills",
    "kill redis 3 kills",
  ]);
});

test("the report says what does not hold, what was not run, and why", async () => {
  const found = page(cases, [
    result({ findings: [{ what: "items lost", found: 2, holds: false }] }),
    result({ backend: "redis" }),
    result({
      name: "disk-full",
      done: "",
      load: 0.4,
      trouble: { kind: "not run", why: "no mount" },
    }),
  ]);
  expect(found).toMatch(
    /\| kill \| postgres \| \*\*does not hold\*\* \| 3 kills \| 12 \| \*\*items lost: 2\*\* \|/,
  );
  expect(found).toMatch(
    /\| kill \| redis \| holds \| 3 kills \| 12 \| 1 counts that must be 0 are 0 \|/,
  );
  expect(found).toMatch(/\| disk-full \| postgres \| not run \| {2}\| 0 \| no mount \|/);
  expect(found).toMatch(/Not run: .*`zombie`/);
});

test("figures are put between the marks of the guide, and only there", async () => {
  const guide = join(directory, "faults.md");
  const real = await readFile(join(import.meta.dirname, "../../docs/faults.md"), "utf8");
  await writeFile(guide, real);
  await publish(guide, "FIRST");
  await publish(guide, "SECOND");
  const text = await readFile(guide, "utf8");
  expect(text).toContain("SECOND");
  expect(text).not.toContain("FIRST");
  expect(text.startsWith("# Faults")).toBe(true);
  expect(text).toContain("## What is not tried");
  await writeFile(guide, "# Without marks");
  await expect(publish(guide, "x")).rejects.toThrow(/lacks the marks/);
});

test("every case is documented by a name that can be asked for", () => {
  const names = cases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z-]*$/);
});
