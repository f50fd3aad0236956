#!/usr/bin/env node

// biome-ignore-all lint: a fault tool, terse on purpose
// feed-server.mjs - deterministic + hostile feed server for black-box tests. No dependencies, Node >= 18, loopback by default.
//   node feed-server.mjs --port 8081 --feeds 200 --items 500 --seed 7 --window 50 --rate 5 [--log req.jsonl]
//   GET  /feeds/<n>.xml            normal feed n (rss2 | atom | jsonfeed by n%3), ETag + Last-Modified + 304
//   GET  /articles/<n>/<k>         article page for item k of feed n
//   GET  /manifest.json            what a lossless reader must end up with (every item released so far)
//   GET  /hostile                  list of hostile cases with the expected behaviour;  GET /hostile/<case>
//   No case points off loopback: addresses a reader must refuse are stood in for by the loopback canary (GET /canary, hits listed in /admin/requests).
//   POST /admin/tick?n=1           release --rate more items in every feed (only the newest --window stay visible)
//   POST /admin/mode?feed=3&mode=503&count=2   fault on a normal feed (500|503|429|hang|reset|truncate|slow|empty|html|304|gone|garbage), count requests (default forever), feed=* for all; mode=ok clears
//   GET  /admin/requests           per-path counts, conditional requests, max concurrency, canary hits;  POST /admin/reset

import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";
import { drip, HOSTILE, send } from "./hostile-feeds.mjs";

export { HOSTILE };

const esc = (s) =>
  String(s).replace(
    /[&<>"]/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c],
  );
const h32 = (s) => crypto.createHash("sha256").update(String(s)).digest().readUInt32LE(0);
const rng = (seed) => {
  let a = h32(seed);
  return () => {
    a |= 0;
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
const WHO = [
  "Tomeu Vadell",
  "Gustavo Cardenas",
  "Jorge Toledo",
  "Alirio Zambrano",
  "Jose Luis Zambrano",
  "Jose Angel Pereira",
  "Roger Carstens",
  "Nicolas Maduro",
  "Juan Guaido",
  "Alex Saab",
];
const VERB = [
  "visited",
  "met",
  "released",
  "moved to house arrest",
  "returned to prison",
  "sanctioned",
  "negotiated over",
  "denied bail to",
];
const TOPIC = [
  "Citgo 6",
  "Citgo executives",
  "PDVSA",
  "US-Venezuela talks",
  "OFAC licence",
  "La Pica prison",
  "Helicoide",
];
const NOISE = [
  "Baseball results",
  "Corn futures",
  "Local weather",
  "New phone review",
  "Museum opening",
  "Traffic update",
];
const T0 = Date.UTC(2021, 11, 10, 12);

export function itemOf(cfg, n, k) {
  // pure function of (seed, n, k)
  const r = rng(`${cfg.seed}/${n}/${k}`),
    pick = (a) => a[Math.floor(r() * a.length)],
    rel = r() < cfg.relevant;
  const title = rel
    ? `${pick(WHO)} ${pick(VERB)} ${pick(WHO)} in ${pick(TOPIC)} case #${n}.${k}`
    : `${pick(NOISE)} ${n}.${k}`;
  return {
    feed: n,
    k,
    guid: `urn:newsledger-test:${cfg.seed}:${n}:${k}`,
    path: `/articles/${n}/${k}`,
    title,
    relevant: rel,
    date: new Date(T0 + k * 600e3 + n * 1000).toISOString(),
    body: `<p>${esc(title)}. ${rel ? `Caracas - ${pick(WHO)} told reporters about the ${pick(TOPIC)}.` : "Nothing about the topic."} Ref ${h32(cfg.seed + "/" + n + "/" + k).toString(16)}</p>`,
  };
}
const visible = (cfg, st) => {
  const end = Math.min(cfg.items, cfg.initial + st.tick * cfg.rate);
  return [Math.max(0, end - cfg.window), end];
};
function rss(items, base, title) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>${esc(title)}</title><link>${base}/</link><description>seeded</description>${items.map((i) => `<item><title>${esc(i.title)}</title><link>${base}${i.path}</link><guid isPermaLink="false">${esc(i.guid)}</guid><pubDate>${new Date(i.date).toUTCString()}</pubDate><description>${esc(i.body)}</description></item>`).join("")}</channel></rss>`;
}
function atom(items, base, title) {
  return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>${esc(title)}</title><id>${base}/</id><updated>${items.length ? items.at(-1).date : new Date(T0).toISOString()}</updated>${items.map((i) => `<entry><title>${esc(i.title)}</title><link href="${base}${i.path}"/><id>${esc(i.guid)}</id><updated>${i.date}</updated><content type="html">${esc(i.body)}</content></entry>`).join("")}</feed>`;
}
function jsonfeed(items, base, title) {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: base + "/",
    items: items.map((i) => ({
      id: i.guid,
      url: base + i.path,
      title: i.title,
      content_html: i.body,
      date_published: i.date,
    })),
  });
}
const KINDS = [
  ["application/rss+xml; charset=utf-8", rss],
  ["application/atom+xml; charset=utf-8", atom],
  ["application/feed+json", jsonfeed],
];

export function createFeedServer(opt = {}) {
  const cfg = {
    host: "127.0.0.1",
    port: 0,
    feeds: 10,
    items: 50,
    seed: "1",
    window: 1e9,
    initial: null,
    rate: 0,
    relevant: 0.3,
    delay: 0,
    log: null,
    ...opt,
  };
  if (cfg.initial == null) cfg.initial = cfg.rate ? Math.min(cfg.window, cfg.items) : cfg.items;
  const st = {
    tick: 0,
    mode: new Map(),
    reqs: new Map(),
    hits: new Map(),
    canary: [],
    inflight: 0,
    maxInflight: 0,
    cond: 0,
    n304: 0,
    total: 0,
    started: Date.now(),
    served: new Map(),
  };
  const log = cfg.log ? fs.createWriteStream(cfg.log, { flags: "a" }) : null;
  const J = (res, o, code = 200) => {
    res.writeHead(code, { "content-type": "application/json" });
    res.end(JSON.stringify(o));
  };
  const server = http.createServer((req, res) => {
    // --delay: every feed and page takes so long, so that a reader always has something in hand
    if (cfg.delay > 0 && /^\/(feeds|articles)\//.test(req.url))
      setTimeout(() => answer(req, res), cfg.delay);
    else answer(req, res);
  });
  const answer = (req, res) => {
    const base = `http://127.0.0.1:${cfg.port}`;
    let url;
    try {
      url = new URL(req.url, base);
    } catch {
      res.writeHead(400);
      return res.end();
    }
    const p = url.pathname;
    res.on("error", () => {});
    if (!p.startsWith("/admin")) {
      st.total++;
      st.inflight++;
      st.maxInflight = Math.max(st.maxInflight, st.inflight);
      res.on("close", () => st.inflight--);
      const r = st.reqs.get(p) || { n: 0, last: 0, minGapMs: null };
      const now = Date.now();
      if (r.n) r.minGapMs = Math.min(r.minGapMs ?? 1e15, now - r.last);
      r.n++;
      r.last = now;
      r.ua = req.headers["user-agent"];
      st.reqs.set(p, r);
      if (req.headers["if-none-match"] || req.headers["if-modified-since"]) st.cond++;
      log?.write(JSON.stringify({ t: now, p: req.url, h: req.headers }) + "\n");
    }
    if (p === "/admin/tick") {
      st.tick += +(url.searchParams.get("n") || 1);
      return J(res, { tick: st.tick, visible: visible(cfg, st) });
    }
    if (p === "/admin/mode") {
      const f = url.searchParams.get("feed") || "*",
        m = url.searchParams.get("mode");
      m === "ok"
        ? st.mode.delete(f)
        : st.mode.set(f, { m, left: +(url.searchParams.get("count") || 1e12) });
      return J(res, { modes: [...st.mode] });
    }
    if (p === "/admin/reset") {
      st.reqs.clear();
      st.hits.clear();
      st.canary = [];
      st.maxInflight = st.cond = st.n304 = st.total = 0;
      st.mode.clear();
      st.tick = 0;
      return J(res, { ok: true });
    }
    if (p === "/admin/requests")
      return J(res, {
        total: st.total,
        conditional: st.cond,
        n304: st.n304,
        maxInflight: st.maxInflight,
        canary: st.canary,
        paths: Object.fromEntries(st.reqs),
      });
    if (p === "/canary") {
      st.canary.push({ t: Date.now(), url: req.url, h: req.headers });
      return send(res, "CANARY", { "content-type": "text/plain" });
    }
    if (p === "/manifest.json") {
      const [, end] = visible(cfg, st);
      const out = [];
      for (let n = 0; n < cfg.feeds; n++)
        for (let k = 0; k < end; k++) {
          const i = itemOf(cfg, n, k);
          out.push([i.guid, n, k, i.relevant ? 1 : 0]);
        }
      return J(res, {
        seed: cfg.seed,
        feeds: cfg.feeds,
        released: end,
        total: out.length,
        relevant: out.filter((x) => x[3]).length,
        fields: ["guid", "feed", "k", "relevant"],
        items: out,
      });
    }
    let m;
    if ((m = /^\/feeds\/(\d+)\.(?:xml|json)$/.exec(p)) && +m[1] < cfg.feeds) {
      const n = +m[1],
        key = st.mode.has(String(n)) ? String(n) : "*",
        f = st.mode.get(key);
      if (f) {
        if (--f.left <= 0) st.mode.delete(key);
        if (/^\d+$/.test(f.m) && f.m !== "304")
          return send(res, "fault", f.m === "429" ? { "retry-after": "2" } : {}, +f.m);
        if (f.m === "hang") return;
        if (f.m === "reset") return void (req.socket.resetAndDestroy?.() ?? req.socket.destroy());
        if (f.m === "empty") return send(res, "");
        if (f.m === "html") return send(res, "<html>login", { "content-type": "text/html" });
        if (f.m === "garbage") return send(res, crypto.randomBytes(2000));
        if (f.m === "gone") return send(res, "", {}, 410);
        if (f.m === "304") {
          res.writeHead(304);
          return res.end();
        }
      }
      const [a, b] = visible(cfg, st),
        items = [];
      for (let k = b - 1; k >= a; k--) items.push(itemOf(cfg, n, k));
      const etag = `"${cfg.seed}-${n}-${a}-${b}"`,
        lm = new Date(T0 + b * 600e3).toUTCString();
      if (!f && req.headers["if-none-match"] === etag) {
        st.n304++;
        res.writeHead(304, { etag, "last-modified": lm });
        return res.end();
      }
      const [ct, fn] = KINDS[n % 3];
      let body = fn(items, base, `Feed ${n}`);
      if (f?.m === "truncate") body = body.slice(0, body.length >> 1);
      res.writeHead(200, {
        "content-type": ct,
        etag,
        "last-modified": lm,
        "cache-control": "max-age=1",
      });
      if (f?.m === "slow") return drip(res, Buffer.from(body), 500, 10);
      return res.end(body);
    }
    if ((m = /^\/articles\/(\d+)\/(\d+)$/.exec(p))) {
      const i = itemOf(cfg, +m[1], +m[2]);
      return send(
        res,
        `<!doctype html><html><head><title>${esc(i.title)}</title></head><body><article><h1>${esc(i.title)}</h1>${i.body}</article></body></html>`,
        { "content-type": "text/html; charset=utf-8" },
      );
    }
    if (p === "/hostile")
      return J(res, Object.fromEntries(Object.entries(HOSTILE).map(([k, v]) => [k, v[0]])));
    if ((m = /^\/hostile\/([\w-]+)$/.exec(p)) && HOSTILE[m[1]]) {
      const hits = st.hits.get(m[1]) || 0;
      st.hits.set(m[1], hits + 1);
      return HOSTILE[m[1]][1](req, res, { base, hits, cfg, url });
    }
    send(res, "not found", { "content-type": "text/plain" }, 404);
  };
  server.on("connection", (s) => s.on("error", () => {}));
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  return new Promise((ok, no) => {
    server.on("error", no);
    server.listen(cfg.port, cfg.host, () => {
      cfg.port = server.address().port;
      ok({
        server,
        cfg,
        st,
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

// every host named by a case; XML namespaces and the JSON Feed version are names, not addresses
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::ffff:(127\.0\.0\.1|7f00:1)\])$/;
const NAMES = /^(purl\.org|www\.w3\.org|jsonfeed\.org)$/;
const hostsIn = (text) =>
  [...text.matchAll(/(?:https?:|(?<![:\/\w.]))\/\/(?:[^\s\/@"'<>]*@)?(\[[^\]]+\]|[\w.-]+)/g)]
    .map((m) => m[1])
    .filter((h) => !NAMES.test(h));
async function selftest() {
  const assert = (await import("node:assert")).strict;
  const s = await createFeedServer({
    feeds: 6,
    items: 30,
    seed: "s",
    window: 10,
    rate: 5,
    initial: 10,
  });
  let n = 0;
  const ok = (c, m) => {
    assert.ok(c, m);
    n++;
  };
  const get = (p, o = {}) =>
    fetch(s.url + p, { signal: AbortSignal.timeout(4000), redirect: "manual", ...o });
  for (let f = 0; f < 6; f++) {
    const r = await get(`/feeds/${f}.xml`);
    const t = await r.text();
    ok(r.status === 200 && (t.match(/urn:newsledger-test:/g) || []).length === 10, "feed " + f);
    const r2 = await get(`/feeds/${f}.xml`, {
      headers: { "if-none-match": r.headers.get("etag") },
    });
    ok(r2.status === 304, "304");
  }
  const a = await (await get("/feeds/1.xml")).text(),
    b = await (await get("/feeds/1.xml")).text();
  ok(a === b, "deterministic");
  let man = await (await get("/manifest.json")).json();
  ok(man.total === 60, "manifest");
  await get("/admin/tick?n=2", { method: "POST" });
  man = await (await get("/manifest.json")).json();
  ok(man.released === 20 && man.total === 120, "tick");
  ok(
    !(await (await get("/feeds/0.xml")).text()).includes("urn:newsledger-test:s:0:9<"),
    "window slides",
  );
  await get("/admin/mode?feed=2&mode=503&count=2", { method: "POST" });
  ok((await get("/feeds/2.xml")).status === 503);
  ok((await get("/feeds/2.xml")).status === 503);
  ok((await get("/feeds/2.xml")).status === 200, "mode expires");
  const endless = new Set([
    "slow-body",
    "never-respond",
    "infinite-body",
    "header-bomb",
    "reset-mid",
    "gzip-bomb",
    "br-bomb",
    "gzip-lie",
  ]);
  for (const k of Object.keys(HOSTILE)) {
    if (endless.has(k)) continue;
    const r = await get("/hostile/" + k);
    const t = Buffer.from(await r.arrayBuffer());
    ok(r.status >= 200, k);
    for (const h of hostsIn([...r.headers].join(" ") + t.subarray(0, 1 << 20).toString("latin1")))
      assert.ok(LOOPBACK.test(h), `${k} points at ${h}`);
  }
  for (const k of ["slow-body", "never-respond", "infinite-body"]) {
    let to = false,
      got = 0;
    const ac = new AbortController();
    const tm = setTimeout(() => ac.abort(), 1500);
    try {
      const r = await fetch(s.url + "/hostile/" + k, { signal: ac.signal });
      for await (const c of r.body) got += c.length;
    } catch {
      to = true;
    }
    clearTimeout(tm);
    ok(to, k + " does not end");
    if (k === "infinite-body") ok(got > 5e6, "streams");
  }
  for (const k of ["header-bomb", "reset-mid", "gzip-lie"]) {
    let err = false;
    try {
      const r = await get("/hostile/" + k);
      await r.arrayBuffer();
    } catch {
      err = true;
    }
    ok(err, k + " errors");
  }
  const raw = await new Promise((r) =>
    http.get(s.url + "/hostile/gzip-bomb", (x) => {
      let n = 0;
      x.on("data", (d) => (n += d.length));
      x.on("end", () => r(n));
    }),
  );
  ok(raw < 1.2e6, "bomb is small on the wire: " + raw);
  let big = 0;
  await new Promise((r, j) =>
    http.get(s.url + "/hostile/br-bomb", (x) =>
      x
        .pipe(zlib.createBrotliDecompress())
        .on("data", (d) => (big += d.length))
        .on("end", r)
        .on("error", j),
    ),
  );
  ok(big === 256 << 20, "bomb expands");
  ok(
    LOOPBACK.test("127.0.0.1") && !LOOPBACK.test("example.com") && !LOOPBACK.test("10.0.0.1"),
    "loopback check works",
  );
  ok((await (await get("/hostile/items-10k")).text()).match(/<item>/g).length === 10000, "10k");
  const e1 = await (await get("/hostile/mutate")).text(),
    e2 = await (await get("/hostile/mutate")).text();
  ok(e1 !== e2, "mutates");
  await get("/canary?x");
  const rq = await (await get("/admin/requests")).json();
  ok(rq.canary.length === 1 && rq.n304 === 6, "recorded");
  await s.close();
  console.log(
    `feed-server selftest: ${n} checks passed, ${Object.keys(HOSTILE).length} hostile cases`,
  );
  process.exit(0);
}
if (import.meta.url === pathToFileURL(process.argv[1] || "").href) {
  const a = {};
  for (let i = 2; i < process.argv.length; i++)
    if (process.argv[i].startsWith("--")) {
      const k = process.argv[i].slice(2);
      const v = process.argv[i + 1];
      a[k] =
        v === undefined || v.startsWith("--")
          ? true
          : (i++, isNaN(+v) || k === "seed" || k === "host" ? v : +v);
    }
  if (a.selftest) await selftest();
  else {
    const s = await createFeedServer(a);
    console.log(JSON.stringify({ listening: s.url, pid: process.pid, ...s.cfg }));
  }
}
