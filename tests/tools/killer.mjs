#!/usr/bin/env node
// biome-ignore-all lint: a fault tool in one file, terse on purpose
// killer.mjs - runs a command, kill -9s it (whole process group) at seeded random times, restarts it, and logs every kill. No dependencies.
//   node killer.mjs --kills 1000 --min 200 --max 1500 --seed 1 --signal SIGKILL --log kills.jsonl [--until http://127.0.0.1:8080/done] -- node worker.js
//   --until URL: stop early when it answers 200 with a body that starts with "true".   Only the process started here is ever signalled. Ends with one JSON line.

import { spawn } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
export async function campaign({
  cmd,
  kills = 10,
  min = 200,
  max = 1500,
  seed = 1,
  signal = "SIGKILL",
  log = null,
  until = null,
  pause = 0,
  stdio = "ignore",
  onKill = null,
}) {
  let a = seed | 0;
  const rnd = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
  const done = async () => {
    if (!until) return false;
    try {
      const r = await fetch(until, { signal: AbortSignal.timeout(2000) });
      return r.ok && (await r.text()).startsWith("true");
    } catch {
      return false;
    }
  };
  const start = () => {
    const p = spawn(cmd[0], cmd.slice(1), { stdio, detached: true });
    p.gone = new Promise((r) =>
      p.on("exit", (c, s) => {
        p.code = c;
        p.sig = s;
        r();
      }),
    );
    p.on("error", () => {});
    return p;
  };
  const fd = log ? fs.openSync(log, "a") : null;
  let k = 0,
    selfExits = 0,
    p = start();
  const t0 = Date.now();
  while (k < kills) {
    const w = min + rnd() * (max - min);
    await Promise.race([sleep(w), p.gone]);
    if ((p.code !== undefined && p.code !== null) || p.sig) {
      selfExits++;
      if (selfExits > kills + 20) break;
      await sleep(100);
      p = start();
      continue;
    }
    if (await done()) break;
    try {
      process.kill(-p.pid, signal);
    } catch {}
    await p.gone;
    k++;
    const rec = { n: k, t: Date.now(), after: Math.round(w) };
    if (fd) fs.writeSync(fd, JSON.stringify(rec) + "\n");
    onKill?.(rec);
    if (pause) await sleep(pause);
    p = start();
  }
  return {
    kills: k,
    selfExits,
    ms: Date.now() - t0,
    child: p,
    stop: async () => {
      try {
        process.kill(-p.pid, "SIGTERM");
      } catch {}
      await Promise.race([p.gone, sleep(5000)]);
      try {
        process.kill(-p.pid, "SIGKILL");
      } catch {}
    },
  };
}
async function selftest() {
  const assert = (await import("node:assert")).strict;
  const f = join(tmpdir(), `killer-selftest-${process.pid}`);
  fs.writeFileSync(f, "");
  const r = await campaign({
    cmd: [
      process.execPath,
      "-e",
      `const fs=require('fs');fs.appendFileSync(${JSON.stringify(f)},'S'+process.pid+'\\n');setInterval(()=>{},1000)`,
    ],
    kills: 5,
    min: 150,
    max: 300,
    seed: 3,
  });
  await new Promise((x) => setTimeout(x, 300));
  const n = fs.readFileSync(f, "utf8").trim().split("\n");
  assert.equal(r.kills, 5);
  assert.equal(new Set(n).size, 6, "six distinct processes");
  for (const l of n.slice(0, 5))
    assert.throws(() => process.kill(+l.slice(1), 0), "killed ones are gone");
  await r.stop();
  fs.unlinkSync(f);
  console.log("killer selftest: 7 checks passed");
  process.exit(0);
}
if (import.meta.url === pathToFileURL(process.argv[1] || "").href) {
  const i = process.argv.indexOf("--"),
    opts = process.argv.slice(2, i < 0 ? undefined : i),
    o = {};
  for (let j = 0; j < opts.length; j++)
    if (opts[j].startsWith("--")) {
      const k = opts[j].slice(2),
        v = opts[j + 1];
      o[k] = v === undefined || v.startsWith("--") ? true : (j++, /^\d+$/.test(v) ? +v : v);
    }
  if (o.selftest) await selftest();
  else {
    const r = await campaign({ ...o, cmd: process.argv.slice(i + 1), stdio: "inherit" });
    console.log(
      JSON.stringify({ kills: r.kills, selfExits: r.selfExits, ms: r.ms, childPid: r.child.pid }),
    );
    if (!o.leave) await r.stop();
    process.exit(0);
  }
}
