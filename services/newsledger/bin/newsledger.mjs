#!/usr/bin/env node
// Runs the command line with a Node that strips types (≥ 24): this one, or the one that `npm ci` installed.
import { spawn } from "node:child_process";
import module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { prepare } from "./prepare.mjs";
import { nodeSettings } from "./settings.mjs";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const isNew = Number(process.versions.node.split(".")[0]) >= 24;
const node = isNew ? process.execPath : installedNode();
const runsLong = process.argv[2] === "up";

// What was compiled once is kept: with it Node need not load its compiler: 10 MB here, and more in each thread.
// Threads, and the other Node, learn of it from the environment. Not in a directory that others can write to: it is run.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL("../../../node_modules/.cache/newsledger", import.meta.url),
);

// The C library keeps what it was given back, for each thread apart, and ever larger pieces of it: a fifth of the memory of a
// process that runs for days. It is told otherwise before it starts.
if (runsLong && process.platform === "linux" && process.env.MALLOC_ARENA_MAX === undefined) {
  process.env.MALLOC_ARENA_MAX = "2";
  process.env.MALLOC_MMAP_THRESHOLD_ ??= "65536"; // what a socket is read into
}
if (runsLong) prepare(node, process.env.NODE_COMPILE_CACHE, nodeSettings);

// What was said to Node by whoever started it comes last, and so counts.
const settings = [...(runsLong ? nodeSettings : []), ...process.execArgv];
if (isNew && !runsLong) {
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { start } = await import(main);
  await start();
} else {
  const given = [...settings, main, ...process.argv.slice(2)];
  // The same process, begun anew: who watches it sees no other. Where that cannot be, a child.
  if (isNew) process.execve?.(node, [node, ...given]);
  const child = spawn(node, given, { stdio: "inherit" });
  // The terminal's Ctrl-C reaches the child by itself; what is sent to us alone is passed on.
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => {});
  child.on("exit", (code, signal) => {
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}

function installedNode() {
  try {
    return createRequire(import.meta.url).resolve("node/bin/node");
  } catch {
    console.error(
      `newsledger needs Node 24 or newer, this is ${process.version}: run \`npm ci\` first`,
    );
    process.exit(1);
  }
}
