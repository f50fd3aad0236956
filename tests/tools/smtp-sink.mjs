#!/usr/bin/env node

// biome-ignore-all lint: a fault tool in one file, terse on purpose
// smtp-sink.mjs - SMTP server that records messages and fails on demand. No dependencies, Node >= 18, loopback.
//   node smtp-sink.mjs --port 2525 --http 8083 [--log mails.jsonl] [--seed 1]
//   POST /mode?m=<mode>&count=N&p=0.3   modes: ok | temp-connect(421) | temp-mail(451) | temp-rcpt(450) | temp-data(451 after DOT) | perm-rcpt(550) | perm-data(554)
//        | drop-connect | drop-data (mid DATA) | acklost (message stored, connection cut before 250 -> sender cannot know) | slow (8 s before 250) | hang (never answers DOT)
//        | greylist (first try per sender+rcpt 451, then ok) | random (p: temp-data)    POST /reset
//   GET /messages  GET /summary  (accepted, acklost, rejected, unique Message-ID, duplicates by Message-ID, by subject+to; header-injection and bare-LF findings)

import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import { pathToFileURL } from "node:url";
export function parseHeaders(raw) {
  const i = raw.indexOf("\r\n\r\n"),
    head = i < 0 ? raw : raw.slice(0, i),
    out = [];
  for (const l of head.split("\r\n")) {
    if (/^[ \t]/.test(l) && out.length) out.at(-1)[1] += " " + l.trim();
    else {
      const c = l.indexOf(":");
      out.push([
        l.slice(0, c < 0 ? l.length : c).toLowerCase(),
        c < 0 ? "" : l.slice(c + 1).trim(),
      ]);
    }
  }
  return out;
}
export function createSmtpSink(opt = {}) {
  const cfg = {
      host: "127.0.0.1",
      port: 0,
      http: 0,
      seed: 1,
      log: null,
      maxSize: 25 << 20,
      ...opt,
    },
    st = { mail: [], mode: { m: "ok", left: 1e12, p: 0.5 }, grey: new Set(), conns: 0, cmds: 0 };
  let a = cfg.seed | 0;
  const rnd = () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const fd = cfg.log ? fs.openSync(cfg.log, "a") : null;
  const use = (m) => {
    if (st.mode.m !== m) return false;
    if (--st.mode.left <= 0) st.mode = { m: "ok", left: 1e12, p: 0.5 };
    return true;
  };
  const record = (env, raw, verdict) => {
    const h = parseHeaders(raw),
      get = (k) => h.filter((x) => x[0] === k).map((x) => x[1]);
    const dup = ["subject", "from", "to", "date", "message-id", "content-type", "bcc"].filter(
      (k) => get(k).length > 1,
    );
    const r = {
      t: Date.now(),
      verdict,
      from: env.from,
      rcpt: env.rcpt,
      messageId: get("message-id")[0] || null,
      subject: get("subject")[0] || null,
      to: get("to")[0] || null,
      size: raw.length,
      sha: crypto
        .createHash("sha256")
        .update(raw.slice(raw.indexOf("\r\n\r\n")))
        .digest("hex")
        .slice(0, 16),
      repeatedHeaders: dup,
      hasBcc: get("bcc").length > 0,
      unexpectedHeaders: h.map((x) => x[0]).filter((k) => /^x-injected/.test(k)),
      bareLf: /(^|[^\r])\n/.test(raw),
      headers: h,
      raw: raw.length < 200000 ? raw : raw.slice(0, 200000),
    };
    st.mail.push(r);
    if (fd) fs.writeSync(fd, JSON.stringify(r) + "\n");
    return r;
  };
  const smtp = net.createServer((s) => {
    st.conns++;
    s.on("error", () => {});
    const say = (x) => {
        if (!s.destroyed) s.write(x + "\r\n");
      },
      cut = () => (s.resetAndDestroy ? s.resetAndDestroy() : s.destroy());
    if (use("drop-connect")) return cut();
    if (use("temp-connect")) {
      say("421 4.3.2 try later");
      return s.end();
    }
    say("220 sink ESMTP");
    let buf = "",
      env = null,
      data = null,
      auth = 0;
    s.setEncoding("latin1");
    s.on("data", (d) => {
      buf += d;
      for (;;) {
        if (data !== null) {
          if (st.mode.m === "drop-data" && data.length + buf.length > 200) {
            use("drop-data");
            return cut();
          }
          const all = data + buf,
            e = all.startsWith(".\r\n")
              ? 0
              : ((k) => (k < 0 ? -1 : k + 2))(all.indexOf("\r\n.\r\n"));
          if (e < 0) {
            data = all;
            buf = "";
            if (data.length > cfg.maxSize) {
              say("552 5.3.4 too big");
              return s.end();
            }
            return;
          }
          const raw = Buffer.from(all.slice(0, e).replace(/^\.\./gm, "."), "latin1").toString(
            "utf8",
          );
          buf = all.slice(e + 3);
          data = null;
          const ev = env;
          env = null;
          if (use("temp-data") || (st.mode.m === "random" && rnd() < st.mode.p)) {
            record(ev, raw, "temp");
            say("451 4.3.0 temporary");
          } else if (use("perm-data")) {
            record(ev, raw, "perm");
            say("554 5.7.1 refused");
          } else if (use("acklost")) {
            record(ev, raw, "acklost");
            return cut();
          } else if (use("hang")) {
            record(ev, raw, "hang");
            return;
          } else if (use("slow")) {
            record(ev, raw, "accepted");
            setTimeout(() => say("250 2.0.0 queued"), 8000);
          } else {
            record(ev, raw, "accepted");
            say("250 2.0.0 queued");
          }
          continue;
        }
        const i = buf.indexOf("\r\n");
        if (i < 0) {
          if (buf.length > 4096) {
            say("500 line too long");
            s.end();
          }
          return;
        }
        const line = buf.slice(0, i);
        buf = buf.slice(i + 2);
        st.cmds++;
        const u = line.toUpperCase();
        if (auth) {
          auth--;
          say(auth ? "334 UGFzc3dvcmQ6" : "235 2.7.0 ok");
          continue;
        }
        if (u.startsWith("EHLO"))
          say(
            "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE " +
              cfg.maxSize,
          );
        else if (u.startsWith("HELO")) say("250 sink");
        else if (u.startsWith("AUTH PLAIN")) {
          if (line.trim().split(" ").length > 2) say("235 2.7.0 ok");
          else {
            auth = 1;
            say("334 ");
          }
        } else if (u.startsWith("AUTH LOGIN")) {
          auth = line.trim().split(" ").length > 2 ? 1 : 2;
          say(auth === 2 ? "334 VXNlcm5hbWU6" : "334 UGFzc3dvcmQ6");
        } else if (u.startsWith("MAIL FROM:")) {
          if (use("temp-mail")) say("451 4.3.0 later");
          else {
            env = { from: line.slice(10).trim(), rcpt: [] };
            say("250 2.1.0 ok");
          }
        } else if (u.startsWith("RCPT TO:")) {
          const rc = line.slice(8).trim();
          if (!env) say("503 MAIL first");
          else if (use("temp-rcpt")) say("450 4.2.0 later");
          else if (use("perm-rcpt")) say("550 5.1.1 no such user");
          else if (st.mode.m === "greylist" && !st.grey.has(env.from + rc)) {
            st.grey.add(env.from + rc);
            say("451 4.7.1 greylisted");
          } else {
            env.rcpt.push(rc);
            say("250 2.1.5 ok");
          }
        } else if (u === "DATA") {
          if (!env?.rcpt.length) say("503 RCPT first");
          else {
            data = "";
            say("354 go");
          }
        } else if (u === "RSET") {
          env = null;
          say("250 ok");
        } else if (u === "NOOP") say("250 ok");
        else if (u === "QUIT") {
          say("221 bye");
          s.end();
        } else say("502 5.5.1 unknown");
      }
    });
  });
  const summary = () => {
    const acc = st.mail.filter(
      (m) => m.verdict === "accepted" || m.verdict === "acklost" || m.verdict === "hang",
    );
    const cnt = (f) => {
      const m = new Map();
      for (const x of acc) m.set(f(x), (m.get(f(x)) || 0) + 1);
      return m;
    };
    const dup = (m) => [...m.values()].reduce((s, n) => s + n - 1, 0),
      ids = cnt((m) => m.messageId);
    const per = cnt((m) => `${m.rcpt.join(",")}|${m.subject}`);
    return {
      connections: st.conns,
      accepted: st.mail.filter((m) => m.verdict === "accepted").length,
      acklost: st.mail.filter((m) => m.verdict === "acklost").length,
      hang: st.mail.filter((m) => m.verdict === "hang").length,
      temp: st.mail.filter((m) => m.verdict === "temp").length,
      perm: st.mail.filter((m) => m.verdict === "perm").length,
      uniqueMessageIds: ids.size,
      noMessageId: acc.filter((m) => !m.messageId).length,
      dupByMessageId: dup(ids),
      dupByRcptSubject: dup(per),
      injected: acc.filter(
        (m) => m.repeatedHeaders.length || m.unexpectedHeaders.length || m.hasBcc,
      ).length,
      bareLf: acc.filter((m) => m.bareLf).length,
    };
  };
  const web = http.createServer((q, r) => {
    const u = new URL(q.url, "http://x"),
      J = (o) => {
        r.writeHead(200, { "content-type": "application/json" });
        r.end(JSON.stringify(o));
      };
    if (u.pathname === "/messages") return J(st.mail);
    if (u.pathname === "/summary") return J(summary());
    if (u.pathname === "/mode") {
      st.mode = {
        m: u.searchParams.get("m") || "ok",
        left: +(u.searchParams.get("count") || 1e12),
        p: +(u.searchParams.get("p") || 0.5),
      };
      return J(st.mode);
    }
    if (u.pathname === "/reset") {
      st.mail = [];
      st.grey.clear();
      st.conns = 0;
      st.mode = { m: "ok", left: 1e12, p: 0.5 };
      return J({});
    }
    r.writeHead(404);
    r.end();
  });
  return new Promise((ok, no) => {
    smtp.on("error", no);
    web.on("error", no);
    smtp.listen(cfg.port, cfg.host, () =>
      web.listen(cfg.http, cfg.host, () => {
        cfg.port = smtp.address().port;
        cfg.http = web.address().port;
        ok({
          cfg,
          st,
          summary,
          url: `http://127.0.0.1:${cfg.http}`,
          close: async () => {
            smtp.close();
            web.closeAllConnections?.();
            web.close();
          },
        });
      }),
    );
  });
}
export function sendMail(port, { from = "a@x", to = "b@x", raw }, chunk = 0) {
  // minimal client for the self-test: resolves the final code, or 0 when the connection died
  return new Promise((res) => {
    const s = net.connect(port, "127.0.0.1");
    let st = 0,
      b = "";
    const seq = ["EHLO t", `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, "DATA"];
    s.setTimeout(1500, () => {
      s.destroy();
      res(0);
    });
    s.on("error", () => res(0));
    s.on("close", () => res(0));
    s.on("data", (d) => {
      b += d;
      let m;
      while ((m = /^((?:\d{3}-.*\r\n)*(\d{3}) .*\r\n)/.exec(b))) {
        b = b.slice(m[1].length);
        const code = +m[2];
        if (code >= 400) {
          res(code);
          return s.end("QUIT\r\n");
        }
        if (st < 4) s.write(seq[st++] + "\r\n");
        else if (st === 4) {
          st++;
          const p = raw.replace(/^\./gm, "..") + "\r\n.\r\n";
          if (chunk) {
            let i = 0;
            const t = setInterval(() => {
              if (i >= p.length || s.destroyed) return clearInterval(t);
              s.write(p.slice(i, (i += chunk)));
            }, 2);
          } else s.write(p);
        } else {
          res(code);
          s.end("QUIT\r\n");
        }
      }
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
  const s = await createSmtpSink(),
    P = s.cfg.port;
  const msg = (id, extra = "") =>
    `From: a@x\r\nTo: b@x\r\nSubject: S${id}\r\nMessage-ID: <${id}@x>\r\n${extra}\r\n.leading dot\r\nbody ${id} \u00e9`;
  const mode = (q) => fetch(s.url + "/mode?" + q, { method: "POST" }),
    send = (id, e, c) => sendMail(P, { raw: msg(id, e) }, c);
  ok((await send(1)) === 250);
  ok(s.st.mail[0].raw.includes("\r\n.leading dot"), "dot-unstuffed");
  ok((await send("chunk", "", 1)) === 250, "byte-wise DATA");
  ok(s.st.mail[1].sha && s.st.mail[1].subject === "Schunk");
  for (const [m, code] of [
    ["temp-connect", 421],
    ["temp-mail", 451],
    ["temp-rcpt", 450],
    ["temp-data", 451],
    ["perm-rcpt", 550],
    ["perm-data", 554],
    ["drop-connect", 0],
    ["drop-data", 0],
    ["acklost", 0],
    ["hang", 0],
  ]) {
    await mode(`m=${m}&count=1`);
    ok((await sendMail(P, { raw: msg("m-" + m) + "z".repeat(400) })) === code, m);
    ok((await send("after-" + m)) === 250, "mode expires after " + m);
  }
  await mode("m=greylist");
  ok((await send("g")) === 451);
  ok((await send("g")) === 250);
  await mode("m=ok");
  await send("acklost-retry");
  await mode("m=acklost&count=1");
  await send("dup");
  ok((await send("dup")) === 250);
  await send("inj", "Bcc: evil@x\r\nSubject: two\r\nX-Injected: 1\r\n");
  const q = s.summary();
  ok(
    q.dupByMessageId === 1 && q.acklost === 2 && q.injected === 1 && q.hang === 1,
    JSON.stringify(q),
  );
  ok(s.st.mail.every((m) => m.raw.length < 1000));
  await s.close();
  console.log(`smtp-sink selftest: ${n} checks passed`);
  process.exit(0);
}
if (import.meta.url === pathToFileURL(process.argv[1] || "").href) {
  const a = {};
  for (let i = 2; i < process.argv.length; i++)
    if (process.argv[i].startsWith("--")) {
      const k = process.argv[i].slice(2),
        v = process.argv[i + 1];
      a[k] =
        v === undefined || v.startsWith("--")
          ? true
          : (i++, ["port", "http", "seed"].includes(k) ? +v : v);
    }
  if (a.selftest) await selftest();
  else {
    const s = await createSmtpSink(a);
    console.log(JSON.stringify({ smtp: s.cfg.port, http: s.url, pid: process.pid }));
  }
}
