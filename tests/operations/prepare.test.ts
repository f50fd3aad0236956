import { execFile } from "node:child_process";
import { mkdtempDisposable, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { nodeSettings } from "@newsledger/cli/settings";
import { expect, test } from "vitest";

const run = promisify(execFile);
const services = join(import.meta.dirname, "../../services/newsledger");
const prepareUrl = pathToFileURL(join(services, "bin/prepare.mjs")).href;
const upUrl = pathToFileURL(join(services, "src/commands/up.ts")).href;

test("before its first start the program is compiled, once, and then needs no compiler in memory", async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), "newsledger-compiled-"));
  const kept = join(directory.path, "kept");
  const node = async (name: string, lines: string) => {
    const file = join(directory.path, `${name}.mjs`);
    await writeFile(file, lines);
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: kept };
    return run(process.execPath, [file], { env, timeout: 90_000 });
  };
  const prepare = `import { prepare } from "${prepareUrl}"; prepare(process.execPath, ${JSON.stringify(kept)}, []);`;
  const load = `await import("${upUrl}");
console.log(process.moduleLoadList.filter((name) => name.includes("amaro")).length); process.exit()`;

  expect((await node("prepare", prepare)).stderr).toContain("ready for its first start");
  expect((await readdir(kept)).filter((name) => name.startsWith("prepared-"))).toHaveLength(1);
  expect((await node("again", prepare)).stderr).toBe("");
  expect((await node("load", load)).stdout.trim()).toBe("0");
}, 200_000);

test("where nothing can be kept, it starts all the same", async () => {
  await using directory = await mkdtempDisposable(join(tmpdir(), "newsledger-compiled-"));
  const file = join(directory.path, "file");
  await writeFile(file, "no directory");
  const script = join(directory.path, "prepare.mjs");
  await writeFile(
    script,
    `import { prepare } from "${prepareUrl}"; prepare(process.execPath, ${JSON.stringify(join(file, "kept"))}, []); console.log("started")`,
  );
  const { stdout, stderr } = await run(process.execPath, [script], { timeout: 60_000 });
  expect(stdout.trim()).toBe("started");
  expect(stderr).toBe("");
});

test("a container tells Node the same, when it compiles and when it runs", async () => {
  const dockerfile = await readFile(join(services, "../../infra/Dockerfile"), "utf8");
  const calls = [...dockerfile.matchAll(/^(?:RUN|ENTRYPOINT) (\["node".*\])$/gm)].map(
    ([, call = ""]) => JSON.parse(call),
  );
  expect(calls).toEqual([
    ["node", ...nodeSettings, "services/newsledger/src/compile.ts"],
    ["node", ...nodeSettings, "services/newsledger/src/main.ts"],
  ]);
});
