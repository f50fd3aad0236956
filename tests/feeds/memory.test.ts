import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const tool = fileURLToPath(new URL("../tools/feed-server.mjs", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

// A process of its own, so that its memory is the reader's alone. The first request warms it up.
const client = `
import { createFetcher, parseFeed } from "@newsledger/feeds";
const [base, hostile] = process.argv.slice(1);
await using fetcher = createFetcher({ userAgent: "t", allowHosts: ["127.0.0.1"] });
await fetcher.feed(base + "/feeds/0.xml");
const before = process.memoryUsage.rss();
let peak = before;
const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 2);
const outcome = await fetcher.feed(base + "/hostile/" + hostile, { timeoutMs: 50_000 });
if (outcome.outcome === "fetched") parseFeed({ bytes: outcome.bytes });
peak = Math.max(peak, process.memoryUsage.rss());
clearInterval(timer);
console.log(JSON.stringify({ code: outcome.code ?? outcome.outcome, grownMiB: (peak - before) / 1048576 }));
`;

it.each([
  ["gzip-bomb", "too-large", 32],
  ["br-bomb", "too-large", 32],
  ["infinite-body", "too-large", 40],
  ["deep-nest", "fetched", 100],
  ["billion-laughs", "fetched", 32],
])("%s costs little memory", async (hostile, code, limitMiB) => {
  const server = spawn(process.execPath, [tool, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = await once(createInterface({ input: server.stdout }), "line");
    const { listening } = JSON.parse(String(line)) as { listening: string };
    const args = ["--input-type=module", "-e", client, listening, hostile];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    const measured = JSON.parse(stdout) as { code: string; grownMiB: number };
    expect(measured.code).toBe(code);
    expect(measured.grownMiB).toBeLessThan(limitMiB);
  } finally {
    server.kill();
  }
});
