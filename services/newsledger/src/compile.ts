import { globSync } from "node:fs";
import { join } from "node:path";

// Loads every module of the program and does nothing with it. Run as a process of its own under NODE_COMPILE_CACHE, with the
// settings of the program: whoever starts after that finds all of it compiled (bin/prepare.mjs).
const root = join(import.meta.dirname, "../../..");
const modules = globSync("{packages,services}/*/src/**/*.ts", { cwd: root })
  .map((path) => join(root, path))
  .filter((path) => !path.endsWith(".test.ts") && path !== import.meta.filename);

// What serves tests only may miss what it needs.
await Promise.allSettled(modules.map((path) => import(path)));
process.exit(0); // what they opened is not waited for
