import type { Terminal } from "./terminal.ts";

/** How far long work has come, on one line of stderr; nothing where nobody watches. */
export interface Progress {
  advance(by?: number): void;
  /** So much is done by now. */
  reached(count: number): void;
  /** Takes the line away. */
  end(): void;
}

const everyMs = 200;
const clearLine = "\r\u001b[K";

/** Counts what is done: “12,300 events read …”. The first line is shown after a moment: quick work needs none. */
export function startProgress(
  { stderr }: Pick<Terminal, "stderr">,
  what: string,
  now: () => number = () => performance.now(),
): Progress {
  let done = 0;
  let shownAt = now();
  let shown = false;
  const tell = () => {
    if (!stderr.isTTY || now() - shownAt < everyMs) return;
    shownAt = now();
    shown = true;
    stderr.write(`${clearLine}${done.toLocaleString("en")} ${what} …`);
  };
  return {
    advance(by = 1) {
      done += by;
      tell();
    },
    reached(count) {
      done = count;
      tell();
    },
    end() {
      if (shown) stderr.write(clearLine);
      shown = false;
    },
  };
}

/** The same lines, counted as they pass. */
export async function* counted<T>(lines: AsyncIterable<T>, progress: Progress): AsyncGenerator<T> {
  try {
    for await (const line of lines) {
      progress.advance();
      yield line;
    }
  } finally {
    progress.end();
  }
}
