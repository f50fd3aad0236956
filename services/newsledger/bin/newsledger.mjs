#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=40 --external-memory-accounted-in-global-limit --expose-gc
// Runs the command line with a Node that strips types (≥ 24): this one, or the one that `npm ci` installed.
// Young objects get at most 3 × 8 MB, and old ones, with the buffers that they hold, are collected when they are two fifths more
// than were in use: by itself Node takes several times that on a machine with much memory.
import { spawn } from "node:child_process";
import module, { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { prepare } from "./prepare.mjs";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const isNew = Number(process.versions.node.split(".")[0]) >= 24;
const node = isNew ? process.execPath : installedNode();

// What was compiled once is kept: with it Node need not load its compiler: 10 MB here, and more in each thread.
// Threads, and the other Node, learn of it from the environment. Not in a directory that others can write to: it is run.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL("../../../node_modules/.cache/newsledger", import.meta.url),
);

// The C library keeps what it was given back, for each thread apart, and ever larger pieces of it: a fifth of the memory of a
// process that runs for days. It is told otherwise before it starts.
const runsLong = process.argv[2] === "up";
const isTold =
  !runsLong || process.platform !== "linux" || process.env.MALLOC_ARENA_MAX !== undefined;
if (!isTold) {
  process.env.MALLOC_ARENA_MAX = "2";
  process.env.MALLOC_MMAP_THRESHOLD_ ??= "65536"; // what a socket is read into
}
if (runsLong) prepare(node, process.env.NODE_COMPILE_CACHE);

if (isNew) {
  // The same process, begun anew: who watches it sees no other.
  if (!isTold) process.execve?.(node, [node, ...process.execArgv, main, ...process.argv.slice(2)]);
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  const { start } = await import(main);
  await start();
} else {
  const child = spawn(node, [...process.execArgv, main, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
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
