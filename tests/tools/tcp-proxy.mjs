#!/usr/bin/env node

// biome-ignore-all lint: a fault tool in one file, terse on purpose
// tcp-proxy.mjs - a toxic TCP proxy to put between the system and Redis / Postgres / SMTP. No dependencies, loopback.
//   node tcp-proxy.mjs --listen 16379 --to 6379 --admin 18474
//   POST /set?mode=ok|latency|blackhole|reset|refuse|halfopen|throttle&ms=200&jitter=50&bps=10000&for=5000   (for: ms, then back to ok)
//     blackhole: connections stay open, no byte passes (both ways); halfopen: client->server passes, replies vanish (the ack-lost case); a connection that lost bytes in either stays silent for ever; reset: RST all now and refuse none; refuse: RST all and every new one; POST /kill drops all now;  GET /stats

import http from "node:http";
import net from "node:net";
import { pathToFileURL } from "node:url";
export function createProxy(opt) {
  const cfg = { host: "127.0.0.1", listen: 0, to: 0, toHost: "127.0.0.1", admin: 0, ...opt },
    st = {
      mode: "ok",
      ms: 0,
      jitter: 0,
      bps: 1e4,
      conns: new Set(),
      total: 0,
      up: 0,
      down: 0,
      killed: 0,
    };
  let timer;
  const rst = (s) => {
    (s.resetAndDestroy ?? s.destroy).call(s);
  };
  const killAll = () => {
    for (const [a, b] of st.conns) {
      rst(a);
      rst(b);
      st.killed++;
    }
    st.conns.clear();
  };
  const pipe = (from, to, dir) => {
    let q = Promise.resolve();
    from.on("data", (d) => {
      st[dir] += d.length;
      // A stream has no holes: where bytes were lost, none ever passes again; only new connections are well.
      if ((st.mode === "halfopen" && dir === "down") || st.mode === "blackhole") from.lost = true;
      if (from.lost) return;
      if (st.mode === "ok") {
        q = q.then(() => to.destroyed || to.write(d));
        return;
      }
      const w =
        st.mode === "latency"
          ? st.ms + Math.random() * st.jitter
          : st.mode === "throttle"
            ? (d.length * 1000) / st.bps
            : 0;
      from.pause();
      q = q
        .then(() => new Promise((r) => setTimeout(r, w)))
        .then(() => {
          if (!to.destroyed) to.write(d);
          from.resume();
        });
    });
    from.on("end", () => q.then(() => to.end()));
    from.on("error", () => to.destroy());
    from.on("close", () => q.then(() => setTimeout(() => to.destroy(), 5)));
  };
  const srv = net.createServer((c) => {
    st.total++;
    if (st.mode === "refuse") return rst(c);
    const u = net.connect(cfg.to, cfg.toHost),
      e = [c, u];
    c.setNoDelay(true);
    u.setNoDelay(true);
    st.conns.add(e);
    const off = () => st.conns.delete(e);
    c.on("close", off);
    u.on("close", off);
    pipe(c, u, "up");
    pipe(u, c, "down");
  });
  const set = (o) => {
    clearTimeout(timer);
    Object.assign(st, {
      mode: o.mode || "ok",
      ms: +(o.ms || 0),
      jitter: +(o.jitter || 0),
      bps: +(o.bps || 1e4),
    });
    if (st.mode === "reset") {
      killAll();
      st.mode = "ok";
    }
    if (st.mode === "refuse") killAll();
    if (+o.for)
      timer = setTimeout(() => {
        const was = st.mode;
        st.mode = "ok";
        if (was === "blackhole" || was === "halfopen") killAll();
      }, +o.for);
  };
  const stats = () => ({
    mode: st.mode,
    open: st.conns.size,
    total: st.total,
    up: st.up,
    down: st.down,
    killed: st.killed,
  });
  const web = http.createServer((q, r) => {
    const u = new URL(q.url, "http://x");
    if (u.pathname === "/set") set(Object.fromEntries(u.searchParams));
    if (u.pathname === "/kill") killAll();
    r.writeHead(200, { "content-type": "application/json" });
    r.end(JSON.stringify(stats()));
  });
  return new Promise((ok, no) => {
    srv.on("error", no);
    srv.listen(cfg.listen, cfg.host, () =>
      web.listen(cfg.admin, cfg.host, () => {
        cfg.listen = srv.address().port;
        cfg.admin = web.address().port;
        ok({
          cfg,
          st,
          set,
          killAll,
          stats,
          url: `http://127.0.0.1:${cfg.admin}`,
          close: () => {
            killAll();
            srv.close();
            web.closeAllConnections?.();
            web.close();
          },
        });
      }),
    );
  });
}
async function selftest() {
  const assert = (await import("node:assert")).strict;
  let n = 0;
  const ok = (c, m) => {
    assert.ok(c, m);
    n++;
  };
  let got = 0;
  const echo = net.createServer((s) => {
    s.on("error", () => {});
    s.on("data", (d) => {
      got += d.length;
      s.write(d);
    });
  });
  await new Promise((r) => echo.listen(0, "127.0.0.1", r));
  const p = await createProxy({ to: echo.address().port });
  const ping = (ms = 700) =>
    new Promise((r) => {
      const t = Date.now(),
        s = net.connect(p.cfg.listen, "127.0.0.1", () => s.write("ping"));
      let done = false;
      const f = (x) => {
        if (!done) {
          done = true;
          s.destroy();
          r(x);
        }
      };
      s.on("data", () => f(Date.now() - t));
      s.on("error", () => f(-1));
      s.on("close", () => f(-1));
      setTimeout(() => f(-2), ms);
    });
  ok((await ping()) >= 0);
  p.set({ mode: "latency", ms: 150 });
  ok((await ping()) >= 250, "both ways");
  p.set({ mode: "blackhole" });
  ok((await ping()) === -2);
  const g = got;
  p.set({ mode: "halfopen" });
  ok((await ping()) === -2 && got === g + 4, "server saw it, client did not");
  const holed = net.connect(p.cfg.listen, "127.0.0.1", () => holed.write("lost"));
  let late = 0;
  holed.on("data", () => late++).on("error", () => {});
  await new Promise((r) => setTimeout(r, 100));
  p.set({ mode: "ok" });
  holed.write("later");
  ok((await ping()) >= 0 && late === 0, "where an answer was lost, none comes any more");
  holed.destroy();
  p.set({ mode: "refuse" });
  ok((await ping()) === -1);
  p.set({ mode: "refuse", for: 300 });
  await new Promise((r) => setTimeout(r, 400));
  ok((await ping()) >= 0, "expires");
  const s = net.connect(p.cfg.listen, "127.0.0.1");
  const ended = new Promise((r) => {
    s.on("error", () => r(1));
    s.on("close", () => r(1));
  });
  await new Promise((r) => setTimeout(r, 100));
  p.set({ mode: "reset" });
  ok(await ended);
  ok((await ping()) >= 0);
  const r = await fetch(p.url + "/set?mode=latency&ms=100");
  ok((await r.json()).mode === "latency");
  p.close();
  echo.close();
  console.log(`tcp-proxy selftest: ${n} checks passed`);
  process.exit(0);
}
if (import.meta.url === pathToFileURL(process.argv[1] || "").href) {
  const a = {};
  for (let i = 2; i < process.argv.length; i++)
    if (process.argv[i].startsWith("--")) {
      const k = process.argv[i].slice(2),
        v = process.argv[i + 1];
      a[k] = v === undefined || v.startsWith("--") ? true : (i++, k.endsWith("ost") ? v : +v);
    }
  if (a.selftest) await selftest();
  else {
    const p = await createProxy(a);
    console.log(
      JSON.stringify({ listen: p.cfg.listen, to: p.cfg.to, admin: p.url, pid: process.pid }),
    );
  }
}
