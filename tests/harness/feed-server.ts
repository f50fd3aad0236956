import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = join(import.meta.dirname, "../tools/feed-server.mjs");

export interface FeedServer extends AsyncDisposable {
  readonly origin: string;
  /** host:port, as NEWSLEDGER_ALLOW_HOSTS wants it. */
  readonly host: string;
  /** Releases more items in every feed. */
  tick(count?: number): Promise<void>;
  /** Every item released so far: what a reader that loses nothing must have. */
  manifest(): Promise<{ path: string; relevant: boolean }[]>;
}

/** Many seeded feeds and their pages on loopback, as a process of its own. */
export async function startFeedServer(
  options: Record<string, number | string>,
): Promise<FeedServer> {
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { listening: origin } = JSON.parse(line) as { listening: string };
  const post = async (path: string) => {
    const answer = await fetch(`${origin}${path}`, { method: "POST" });
    if (!answer.ok) throw new Error(`feed server ${path}: ${answer.status}`);
  };
  return {
    origin,
    host: new URL(origin).host,
    tick: (count = 1) => post(`/admin/tick?n=${count}`),
    async manifest() {
      const answer = await fetch(`${origin}/manifest.json`);
      const { items } = (await answer.json()) as { items: [string, number, number, number][] };
      return items.map(([, feed, k, relevant]) => ({
        path: `/articles/${feed}/${k}`,
        relevant: relevant === 1,
      }));
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      if (child.exitCode === null && child.kill("SIGTERM")) await ended;
    },
  };
}
