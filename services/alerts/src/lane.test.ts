import { expect, test } from "vitest";
import type { Claimed } from "./claim.ts";
import { Lane, windowFor } from "./lane.ts";

const delivery = (deliveryId: string) => ({ deliveryId }) as Claimed;
const fill = (lane: Lane, count: number) => {
  for (let nth = 0; nth < count; nth += 1) lane.add(delivery(`d${nth}`));
};

test.each([
  [null, 4],
  [3, 256],
  [100, 120],
  [1_000, 12],
  [3_000, 4],
  [15_000, 1],
])("a receiver that takes %s ms for a message is given %s at a time", (attemptMs, most) => {
  expect(windowFor(attemptMs, 4)).toBe(most);
});

test("no more are sent to one receiver at the same time than is allowed", () => {
  const lane = new Lane("a", { atOnce: 2, paced: false });
  fill(lane, 4);
  expect([lane.take(), lane.take(), lane.take()].map((one) => one?.deliveryId)).toEqual([
    "d0",
    "d1",
    undefined,
  ]);
  lane.sent(5);
  expect(lane.take()?.deliveryId).toBe("d2");
});

test("more is claimed when half of what it holds is done", () => {
  const lane = new Lane("a", { atOnce: 4, paced: false });
  expect(lane.room).toBe(4);
  fill(lane, 4);
  expect(lane.room).toBe(0);
  lane.settled(delivery("d0"));
  expect(lane.room).toBe(0);
  lane.settled(delivery("d1"));
  expect(lane.room).toBe(2);
});

test("a receiver that hangs is soon given one at a time", () => {
  const lane = new Lane("a", { atOnce: 4, paced: false });
  fill(lane, 1);
  lane.take();
  lane.sent(15_000);
  lane.settled(delivery("d0"));
  expect(lane.room).toBe(1);
});

test("a service with a pace of its own gets one, however fast it answers", () => {
  const lane = new Lane("a", { atOnce: 4, paced: true });
  fill(lane, 1);
  lane.take();
  lane.sent(1);
  lane.settled(delivery("d0"));
  expect(lane.room).toBe(1);
});
