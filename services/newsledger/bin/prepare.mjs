import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const compile = join(root, "services/newsledger/src/compile.ts");
const patienceMs = 60_000;

/**
 * Before the first start of a version, a process of its own compiles everything and keeps it: the program that runs for days
 * must not have Node's compiler for TypeScript in memory because it was the first. Where nothing can be kept, it will have.
 * `settings` are those under which Node will run it.
 */
export function prepare(node, directory, settings) {
  const mark = join(directory, `prepared-${versionOf(node, settings)}`);
  if (existsSync(mark)) return;
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch {
    return;
  }
  console.error("Newsledger is made ready for its first start: some seconds …");
  const { status } = spawnSync(node, [...settings, compile], {
    stdio: "ignore",
    timeout: patienceMs,
  });
  if (status === 0) writeFileSync(mark, "");
}

/** Of the program and of what runs it, by the size and time of each file; what Node kept is good for these settings. */
function versionOf(node, settings) {
  const states = [node, join(root, "package-lock.json"), ...sources()].map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}`;
  });
  const rest = [...settings, `${process.getuid?.()}`];
  return createHash("sha256")
    .update([...states, ...rest].join("\n"))
    .digest("hex")
    .slice(0, 16);
}

function sources() {
  const folders = ["packages", "services"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name, "src")),
  );
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith(".ts"))
    .toSorted();
}
