#!/usr/bin/env node

// biome-ignore-all lint: a fault tool in one file, terse on purpose
// webhook-sink.mjs - records webhook deliveries and fails on demand. No dependencies, Node >= 18, loopback.
//   node webhook-sink.mjs --port 8082 [--log deliveries.jsonl] [--secret S] [--sighdr x-newsledger-signature] [--idhdr x-newsledger-delivery] [--seed 1]
//   understands the Standard Webhooks headers (webhook-id / webhook-timestamp / webhook-signature v1,<base64>, +-300 s) as well as the two configurable ones
//   any path under /hook/* is a receiver (path = one subscriber). Modes per path or '*':
//   POST /admin/mode?path=/hook/a&mode=500&count=3      ok|<status>|429|410|hang|reset|slow|redirect|infinite|acklost|failfirst|random&p=0.3
//     acklost: record + process, then drop the connection (sender must retry with the SAME id); failfirst&k=3: first k attempts per id get 500
//   GET /admin/summary   unique ids, duplicates (accepted more than once), rejected, bad signatures, order violations per path (needs JSON .seq)
//   GET /admin/deliveries?path=  raw records;  POST /admin/reset

import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import { pathToFileURL } from "node:url";
export function createWebhookSink(opt = {}) {
  const cfg = {
    host: "127.0.0.1",
    port: 0,
    idhdr: "x-newsledger-delivery",
    sighdr: "x-newsledger-signature",
    secret: null,
    secrets: {},
    seed: 1,
    log: null,
    maxBody: 1 << 22,
    ...opt,
  };
  const st = { rec: [], mode: new Map(), tries: new Map(), canary: [] };
  let a = cfg.seed | 0;
  const rnd = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const fd = cfg.log ? fs.openSync(cfg.log, "a") : null;
  const J = (r, o) => {
    r.writeHead(200, { "content-type": "application/json" });
    r.end(JSON.stringify(o));
  };
  const summary = () => {
    const by = {};
    for (const r of st.rec) {
      const o = (by[r.path] ??= {
        attempts: 0,
        accepted: 0,
        rejected: 0,
        ids: new Map(),
        noId: 0,
        badSig: 0,
        order: 0,
        lastSeq: -Infinity,
        bodyDrift: 0,
        firstBody: new Map(),
      });
      o.attempts++;
      if (!r.id) o.noId++;
      if (r.sigOk === false) o.badSig++;
      const fb = o.firstBody.get(r.id);
      if (fb === undefined) o.firstBody.set(r.id, r.sha);
      else if (fb !== r.sha) o.bodyDrift++;
      if (r.accepted) {
        o.accepted++;
        o.ids.set(r.id, (o.ids.get(r.id) || 0) + 1);
        if (o.ids.get(r.id) === 1 && typeof r.seq === "number") {
          if (r.seq < o.lastSeq) o.order++;
          o.lastSeq = Math.max(o.lastSeq, r.seq);
        }
      } else o.rejected++;
    }
    return Object.fromEntries(
      Object.entries(by).map(([k, o]) => [
        k,
        {
          attempts: o.attempts,
          accepted: o.accepted,
          rejected: o.rejected,
          uniqueIds: o.ids.size,
          duplicates: [...o.ids.values()].reduce((s, n) => s + n - 1, 0),
          maxPerId: Math.max(0, ...o.ids.values()),
          noId: o.noId,
          badSig: o.badSig,
          bodyDrift: o.bodyDrift,
          orderViolations: o.order,
        },
      ]),
    );
  };
  const server = http.createServer((req, res) => {
    const url = new URL(req.url, "http://x"),
      p = url.pathname,
      q = url.searchParams;
    res.on("error", () => {});
    req.on("error", () => {});
    if (p === "/admin/mode") {
      const k = q.get("path") || "*",
        m = q.get("mode");
      m === "ok"
        ? st.mode.delete(k)
        : st.mode.set(k, {
            m,
            left: +(q.get("count") || 1e12),
            p: +(q.get("p") || 0.5),
            k: +(q.get("k") || 1),
          });
      return J(res, [...st.mode]);
    }
    if (p === "/admin/summary")
      return J(res, { total: st.rec.length, canary: st.canary, paths: summary() });
    if (p === "/admin/reset") {
      st.rec = [];
      st.tries.clear();
      st.mode.clear();
      st.canary = [];
      return J(res, {});
    }
    if (p === "/admin/deliveries")
      return J(
        res,
        st.rec.filter((r) => !q.get("path") || r.path === q.get("path")),
      );
    if (p === "/canary") {
      st.canary.push({ t: Date.now(), m: req.method, h: req.headers });
      res.writeHead(200);
      return res.end("ok");
    }
    const ch = [];
    let n = 0;
    req.on("data", (d) => {
      n += d.length;
      if (n <= cfg.maxBody) ch.push(d);
    });
    req.on("end", () => {
      const body = Buffer.concat(ch);
      let j = null;
      try {
        j = JSON.parse(body);
      } catch {}
      const id = req.headers[cfg.idhdr] || req.headers["webhook-id"] || j?.id || j?.eventId || null;
      let sigOk = null;
      const secret = cfg.secrets[p] ?? cfg.secret; // of this path, else of all
      if (secret) {
        const h = String(req.headers[cfg.sighdr] || "");
        const ts = req.headers["x-newsledger-timestamp"];
        const mk = (s) => crypto.createHmac("sha256", secret).update(s).digest("hex");
        const wid = req.headers["webhook-id"],
          wts = req.headers["webhook-timestamp"];
        const key = String(secret).startsWith("whsec_")
          ? Buffer.from(secret.slice(6), "base64")
          : secret;
        const std =
          wid &&
          wts &&
          String(req.headers["webhook-signature"] || "")
            .split(" ")
            .includes(
              "v1," +
                crypto
                  .createHmac("sha256", key)
                  .update(Buffer.concat([Buffer.from(`${wid}.${wts}.`), body]))
                  .digest("base64"),
            ) &&
          Math.abs(Date.now() / 1000 - wts) < 300;
        sigOk =
          !!std ||
          [mk(body), ts && mk(Buffer.concat([Buffer.from(ts + "."), body]))]
            .filter(Boolean)
            .some((x) => h.includes(x));
      }
      const mk = st.mode.has(p) ? p : "*",
        f = st.mode.get(mk);
      const t = (st.tries.get(p + id) || 0) + 1;
      st.tries.set(p + id, t);
      let act = "ok";
      if (f) {
        act = f.m;
        if (f.m === "failfirst") act = t <= f.k ? "500" : "ok";
        if (f.m === "random") act = rnd() < f.p ? "500" : "ok";
        if (--f.left <= 0) st.mode.delete(mk);
      }
      const accepted =
        act === "ok" ||
        act === "acklost" ||
        act === "slow" ||
        act === "infinite" ||
        /^2\d\d$/.test(act);
      const r = {
        t: Date.now(),
        path: p,
        method: req.method,
        id,
        attempt: t,
        act,
        accepted,
        bytes: n,
        sha: crypto.createHash("sha256").update(body).digest("hex").slice(0, 16),
        sigOk,
        seq: j?.seq,
        type: j?.type,
        ct: req.headers["content-type"],
        ua: req.headers["user-agent"],
        hdr: req.headers,
      };
      st.rec.push(r);
      if (fd) fs.writeSync(fd, JSON.stringify(r) + "\n");
      if (act === "hang") return;
      if (act === "reset" || act === "acklost")
        return void (req.socket.resetAndDestroy?.() ?? req.socket.destroy());
      if (act === "slow")
        return void setTimeout(() => {
          res.writeHead(200);
          res.end("ok");
        }, 8000);
      if (act === "redirect") {
        res.writeHead(307, { location: "/canary" });
        return res.end();
      }
      if (act === "infinite") {
        res.writeHead(200);
        const c = Buffer.alloc(65536, 65);
        const go = () => {
          while (!res.destroyed && res.write(c));
          if (!res.destroyed) res.once("drain", go);
        };
        return go();
      }
      if (/^\d{3}$/.test(act)) {
        res.writeHead(+act, act === "429" || act === "503" ? { "retry-after": "2" } : {});
        return res.end("mode " + act);
      }
      res.writeHead(200);
      res.end("ok");
    });
  });
  return new Promise((ok, no) => {
    server.on("error", no);
    server.listen(cfg.port, cfg.host, () => {
      cfg.port = server.address().port;
      ok({
        server,
        cfg,
        st,
        summary,
        url: `http://127.0.0.1:${cfg.port}`,
        close: () =>
          new Promise((r) => {
            server.closeAllConnections?.();
            server.close(r);
          }),
      });
    });
  });
}
async function selftest() {
  const assert = (await import("node:assert")).strict;
  let n = 0;
  const ok = (c, m) => {
    assert.ok(c, m);
    n++;
  };
  const s = await createWebhookSink({ secret: "k" });
  const post = async (p, o, sig = true) => {
    const b = JSON.stringify(o);
    try {
      const r = await fetch(s.url + p, {
        method: "POST",
        body: b,
        redirect: "manual",
        signal: AbortSignal.timeout(1500),
        headers: {
          "content-type": "application/json",
          "x-newsledger-delivery": o.id,
          ...(sig
            ? {
                "x-newsledger-signature":
                  "sha256=" + crypto.createHmac("sha256", "k").update(b).digest("hex"),
              }
            : {}),
        },
      });
      await r.text();
      return r.status;
    } catch {
      return 0;
    }
  };
  const mode = (x) => fetch(s.url + "/admin/mode?" + x, { method: "POST" });
  ok((await post("/hook/a", { id: "1", seq: 1 })) === 200);
  ok((await post("/hook/a", { id: "1", seq: 1 })) === 200);
  ok((await post("/hook/a", { id: "3", seq: 3 }, false)) === 200);
  ok((await post("/hook/a", { id: "2", seq: 2 })) === 200);
  let m = s.summary()["/hook/a"];
  ok(
    m.uniqueIds === 3 &&
      m.duplicates === 1 &&
      m.badSig === 1 &&
      m.orderViolations === 1 &&
      m.bodyDrift === 0,
    JSON.stringify(m),
  );
  await mode("path=/hook/b&mode=503&count=2");
  ok((await post("/hook/b", { id: "x" })) === 503);
  ok((await post("/hook/b", { id: "x" })) === 503);
  ok((await post("/hook/b", { id: "x" })) === 200);
  ok(s.summary()["/hook/b"].rejected === 2);
  await mode("path=/hook/c&mode=failfirst&k=2");
  ok((await post("/hook/c", { id: "y" })) === 500);
  ok((await post("/hook/c", { id: "y" })) === 500);
  ok((await post("/hook/c", { id: "y", v: 2 })) === 200);
  ok(s.summary()["/hook/c"].bodyDrift === 1, "drift");
  for (const [x, w] of [
    ["acklost", 0],
    ["reset", 0],
    ["hang", 0],
    ["infinite", 0],
    ["redirect", 307],
    ["410", 410],
    ["429", 429],
  ]) {
    await mode("path=/hook/d&mode=" + x);
    ok((await post("/hook/d", { id: x })) === w, x);
  }
  m = s.summary()["/hook/d"];
  ok(
    m.accepted === 2 && m.uniqueIds === 2,
    "acklost+infinite count as accepted " + JSON.stringify(m),
  );
  {
    const b = '{"id":"std"}',
      ts = Math.floor(Date.now() / 1000),
      sg = "v1," + crypto.createHmac("sha256", "k").update(`std1.${ts}.${b}`).digest("base64");
    for (const [t, w] of [
      [ts, true],
      [ts - 9999, false],
    ]) {
      await fetch(s.url + "/hook/std", {
        method: "POST",
        body: b,
        headers: { "webhook-id": "std1", "webhook-timestamp": String(t), "webhook-signature": sg },
      });
      ok(s.st.rec.at(-1).sigOk === w && s.st.rec.at(-1).id === "std1", "standard webhooks");
    }
  }
  await s.close();
  console.log(`webhook-sink selftest: ${n} checks passed`);
  process.exit(0);
}
if (import.meta.url === pathToFileURL(process.argv[1] || "").href) {
  const a = {};
  for (let i = 2; i < process.argv.length; i++)
    if (process.argv[i].startsWith("--")) {
      const k = process.argv[i].slice(2),
        v = process.argv[i + 1];
      a[k] =
        v === undefined || v.startsWith("--") ? true : (i++, k === "port" || k === "seed" ? +v : v);
    }
  if (a.selftest) await selftest();
  else {
    const s = await createWebhookSink(a);
    console.log(JSON.stringify({ listening: s.url, pid: process.pid }));
  }
}
