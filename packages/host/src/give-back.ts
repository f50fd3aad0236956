import { getHeapStatistics } from "node:v8";

/** Whether a heap has grown by so much since it was last made small that it pays to make it small again. */
export const isWorthIt = (heldBytes: number, leastBytes: number): boolean =>
  heldBytes > leastBytes * 1.25;

/**
 * Makes the heap of this thread small again each minute that it has grown. V8 keeps the pages that a collection of garbage has
 * emptied, so a process stays as large as its largest moment was. Only a collection whose purpose is to save memory gives them
 * back, and V8 waits with it for a rest, which a process that polls never has. It takes a tenth of a second or two, and is only
 * there where Node was told to let it be asked for (`--expose-gc`, as `up` does).
 */
export function giveMemoryBack(everyMs = 60_000): Disposable {
  const { gc } = globalThis;
  if (!gc) return { [Symbol.dispose]() {} };
  let least = 0;
  const timer = setInterval(() => {
    if (!isWorthIt(held(), least)) return;
    gc({ type: "major", execution: "sync", flavor: "last-resort" });
    least = held();
  }, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const held = (): number => getHeapStatistics().total_heap_size;
