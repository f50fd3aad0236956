import { getHeapStatistics } from "node:v8";

const leastMs = 20_000;
const shareOfTime = 1 / 200;

/** Whether a heap has grown by so much since it was last made small that it pays to make it small again. */
export const isWorthIt = (heldBytes: number, leastBytes: number): boolean =>
  heldBytes > leastBytes * 1.25;

/** When it may be made small again, of which the last time took so long: it is to take no more than half a per cent of all time. */
export const pauseAfter = (tookMs: number): number => Math.max(leastMs, tookMs / shareOfTime);

/**
 * Makes the heap of this thread small again and again. V8 keeps the pages that a collection of garbage has emptied, so a
 * process stays as large as its largest moment was. Only a collection whose purpose is to save memory gives them back, and V8
 * waits with it for a rest, which a process that polls never has. It takes a tenth of a second or two, and is only there where
 * Node was told to let it be asked for (`--expose-gc`, as `up` does).
 */
export function giveMemoryBack(firstMs = leastMs): Disposable {
  const { gc } = globalThis;
  if (!gc) return { [Symbol.dispose]() {} };
  let least = 0;
  let timer = setTimeout(look, firstMs).unref();
  function look() {
    const before = process.threadCpuUsage();
    if (isWorthIt(held(), least)) {
      gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
      least = held();
    }
    const { user, system } = process.threadCpuUsage(before);
    timer = setTimeout(look, pauseAfter((user + system) / 1_000)).unref();
  }
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

const held = (): number => getHeapStatistics().total_heap_size;
