import type { Context } from "hono";
import { expect, test } from "vitest";
import { openTrials } from "./trials.ts";

const headers = new Map<string, string>();
const visit = (signal = new AbortController().signal) =>
  ({
    req: { raw: { signal } },
    header: (name: string, value: string) => headers.set(name, value),
  }) as unknown as Context;

/** Ends when it is told to, as the work of a trial does. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

test("what ends in time is answered; what fails is told as it failed", async () => {
  const trials = openTrials();
  expect(await trials.run(visit(), async () => "found")).toBe("found");
  await expect(trials.run(visit(), async () => Promise.reject(new Error("no")))).rejects.toThrow(
    "no",
  );
});

test("what takes too long is given up, told so, and frees its place when it has stopped", async () => {
  const trials = openTrials(0.01);
  for (let nth = 0; nth < 5; nth += 1) {
    const answer = trials.run(visit(), endless);
    await expect(answer).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining("longer than 0.01 s"),
    });
  }
});

test("more than two at once are asked to come again", async () => {
  const trials = openTrials();
  const left = new AbortController();
  const busy = [1, 2].map(() => trials.run(visit(left.signal), endless).catch(() => {}));
  await expect(trials.run(visit(), async () => 1)).rejects.toMatchObject({ status: 503 });
  expect(headers.get("Retry-After")).toBe("5");
  left.abort();
  await Promise.all(busy);
  expect(await trials.run(visit(), async () => 1)).toBe(1);
});

test("what is wrong before it has begun frees its place", async () => {
  const trials = openTrials();
  const wrong = () => {
    throw new Error("no such rule");
  };
  for (let nth = 0; nth < 3; nth += 1)
    await expect(trials.run(visit(), wrong)).rejects.toThrow("no such rule");
});
