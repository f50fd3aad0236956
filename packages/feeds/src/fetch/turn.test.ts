import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { Turn } from "./turn.ts";

test("one after the other, in the order in which they came", async () => {
  const turn = new Turn(60_000);
  const done: string[] = [];
  const go = async (name: string) => {
    const end = await turn.take();
    done.push(`${name} begins`);
    await pause(5);
    done.push(`${name} ends`);
    end();
  };
  await Promise.all([go("a"), go("b"), go("c")]);
  expect(done).toEqual(["a", "b", "c"].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test("who has waited long enough goes on beside one that does not end", async () => {
  const turn = new Turn(20);
  await turn.take();
  const began = performance.now();
  await turn.take();
  expect(performance.now() - began).toBeGreaterThan(15);
});

test("ending twice ends nobody else's turn", async () => {
  const turn = new Turn(60_000);
  const first = await turn.take();
  first();
  first();
  await turn.take();
  const third = await Promise.race([turn.take().then(() => "went on"), pause(30, "waits")]);
  expect(third).toBe("waits");
});
