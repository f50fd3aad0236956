import { pino } from "pino";
import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";
import { run } from "./run.ts";
import { onTermination } from "./termination.ts";
import type { Resources, Service } from "./types.ts";

const resources = { logger: pino({ level: "silent" }) } as unknown as Resources;

interface Behaviour {
  start?: () => Promise<void>;
  stop?: () => Promise<void>;
}
const service = (name: string, diary: string[], { start, stop }: Behaviour = {}): Service => ({
  name,
  async start() {
    await start?.();
    diary.push(`+${name}`);
    return {
      async [Symbol.asyncDispose]() {
        await stop?.();
        diary.push(`-${name}`);
      },
    };
  },
});

test("services start in order and stop in reverse when the signal comes", async () => {
  const diary: string[] = [];
  const ending = new AbortController();
  const last = service("b", diary, { start: async () => void setImmediate(() => ending.abort()) });
  await run([service("a", diary), last], resources, ending.signal);
  expect(diary).toEqual(["+a", "+b", "-b", "-a"]);
});

test("a service that cannot start stops those that did, and says its name", async () => {
  const diary: string[] = [];
  const broken = service("b", diary, { start: () => Promise.reject(new Error("no port")) });
  const running = run(
    [service("a", diary), broken, service("c", diary)],
    resources,
    new AbortController().signal,
  );
  await expect(running).rejects.toThrow("start b: no port");
  expect(diary).toEqual(["+a", "-a"]);
});

test("one that fails or hangs while stopping does not keep the others from stopping", async () => {
  const diary: string[] = [];
  const ending = new AbortController();
  const services = [
    service("a", diary),
    service("b", diary, { stop: () => Promise.reject(new Error("stuck")) }),
    service("c", diary, { stop: () => new Promise(() => {}) }),
    service("d", diary, { start: async () => ending.abort() }),
  ];
  await run(services, resources, ending.signal, { stopWithinMs: 50 });
  expect(diary).toEqual(["+a", "+b", "+c", "+d", "-d", "-a"]);
});

test("a signal that came before the start starts nothing", async () => {
  const diary: string[] = [];
  await run([service("a", diary)], resources, AbortSignal.abort());
  expect(diary).toEqual([]);
});

test("the first signal asks for an end, the second one makes it", () => {
  const listeners = new Map<string, () => void>();
  const codes: number[] = [];
  const signal = onTermination({
    on: (name, listener) => listeners.set(name, listener),
    exit: (code) => codes.push(code),
  });
  expect(signal.aborted).toBe(false);
  listeners.get("SIGTERM")?.();
  expect(signal.aborted).toBe(true);
  expect(codes).toEqual([]);
  listeners.get("SIGINT")?.();
  expect(codes).toEqual([130]);
});

test("a metric asked for twice is one metric, and gauges are read at each scrape", async () => {
  const metrics = createMetrics();
  metrics.counter("polls_total", "Polls", ["outcome"]).inc({ outcome: "ok" });
  metrics.counter("polls_total", "Polls", ["outcome"]).inc({ outcome: "ok" });
  metrics.gauge("feeds", "Feeds", { collect: (gauge) => gauge.set(7) });
  const { body } = await metrics.text();
  expect(body).toContain('polls_total{outcome="ok"} 2');
  expect(body).toContain("feeds 7");
});
