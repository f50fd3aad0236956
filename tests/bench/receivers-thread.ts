import { createHash, createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parentPort } from "node:worker_threads";

interface Got {
  readonly id: string;
  readonly time: string;
  readonly signature: string;
  readonly body: string;
}

const accepted = new Map<string, Got[]>();
const refused = new Map<string, Got[]>();
const manners = new Map<string, string>();

/** The same in every run (mulberry32). */
let state = 7;
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text: string) => {
    body += text;
  });
  request.on("end", () => {
    const name = request.url?.slice(1) ?? "";
    const how = manners.get(name) ?? "ok";
    if (how === "hang") return;
    const fails = how === "random" && random() < 0.3;
    const list = fails ? refused : accepted;
    const header = (field: string) => String(request.headers[field]);
    const got = {
      id: header("webhook-id"),
      time: header("webhook-timestamp"),
      signature: header("webhook-signature"),
      body,
    };
    const soFar = list.get(name);
    if (soFar) soFar.push(got);
    else list.set(name, [got]);
    response.writeHead(fails ? 500 : 204).end();
  });
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  parentPort?.postMessage({ origin: `http://127.0.0.1:${port}` });
});

parentPort?.on("message", (message) => {
  parentPort?.postMessage({ id: message.id, value: answer(message) });
});

function answer(message: {
  ask: string;
  name: string;
  how: string;
  names: readonly string[];
  secret: string;
}): unknown {
  if (message.ask === "behave") manners.set(message.name, message.how);
  if (message.ask === "count")
    return message.names.reduce((sum, name) => sum + (accepted.get(name)?.length ?? 0), 0);
  return message.ask === "report" ? report(message.name, message.secret) : null;
}

function report(name: string, secret: string) {
  const arrived = accepted.get(name) ?? [];
  const all = [...arrived, ...(refused.get(name) ?? [])];
  const bodies = new Map<string, Set<string>>();
  for (const { id, body } of all) {
    const hash = createHash("sha256").update(body).digest("hex");
    bodies.set(id, (bodies.get(id) ?? new Set()).add(hash));
  }
  return {
    ids: new Set(arrived.map(({ id }) => id)).size,
    badSignatures: all.filter((got) => !isSigned(got, secret)).length,
    changed: [...bodies.values()].filter((hashes) => hashes.size > 1).length,
  };
}

function isSigned({ id, time, signature, body }: Got, secret: string): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64");
  return signature.split(" ").includes(`v1,${expected}`);
}
