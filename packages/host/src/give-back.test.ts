import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { isWorthIt, pauseAfter } from "./give-back.ts";

test.each([
  ["at first", 100, 0, true],
  ["as small as it was made", 100, 100, false],
  ["a fifth larger", 120, 100, false],
  ["a third larger", 133, 100, true],
])("a heap is made small again: %s", (_, held, least, worth) => {
  expect(isWorthIt(held, least)).toBe(worth);
});

test.each([
  ["nothing", 0, 20_000],
  ["a tenth of a second", 100, 20_000],
  ["a large heap's second", 1_000, 200_000],
])("it waits, after %s, until it takes no more than half a per cent", (_, took, pause) => {
  expect(pauseAfter(took)).toBe(pause);
});

/** What a process holds (MB) beside 30 MB in use that change all the time: after a moment in which it used 150 MB more. */
function heldAfterBurst(given: boolean): number {
  const script = `
    import { giveMemoryBack } from "${new URL("give-back.ts", import.meta.url)}";
    ${given ? "giveMemoryBack(300);" : ""}
    const lines = (count) => Array.from({ length: count }, (_, nth) => ({ nth, text: "line " + nth }));
    let burst = lines(1_500_000);
    const kept = lines(200_000);
    const end = performance.now() + 2_500;
    const turn = () => {
      burst = null;
      for (let nth = 0; nth < 2_000; nth++) kept[Math.floor(Math.random() * kept.length)] = lines(1)[0];
      if (performance.now() < end) setTimeout(turn, 2);
      else console.log(process.memoryUsage().rss / 2 ** 20);
    };
    turn();`;
  const settings = ["--expose-gc", "--max-semi-space-size=8", "--heap-growing-percent=40"];
  const { stdout } = spawnSync(process.execPath, [
    ...settings,
    "--input-type=module",
    "-e",
    script,
  ]);
  return Number(stdout.toString());
}

test("a process that is never at rest gives back what its largest moment took", () => {
  const [kept, given] = [heldAfterBurst(false), heldAfterBurst(true)];
  expect(kept).toBeGreaterThan(0);
  expect(given).toBeLessThan(kept - 50);
}, 30_000);
