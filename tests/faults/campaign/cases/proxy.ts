import { setTimeout as pause } from "node:timers/promises";
import type { World } from "../world.ts";

type Server = "postgres" | "redis";

/** What stands before that server, in a world that was opened with `proxied`. */
export function proxyTo(server: Server, { proxies }: World) {
  const proxy = proxies?.[server];
  if (!proxy) throw new Error(`this world has no proxy before ${server}`);
  return proxy;
}

/** The fault that loses every answer of that server for so long; then its connections are cut, or left as they are. */
export const answersLost =
  (server: Server, { forMs, after }: { forMs: number; after: "reset" | "ok" }) =>
  async (world: World): Promise<void> => {
    const proxy = proxyTo(server, world);
    proxy.set({ mode: "halfopen" });
    await pause(forMs);
    proxy.set({ mode: after });
  };
