import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { counted, startProgress } from "./progress.ts";

function watched(isTTY: boolean) {
  const texts: string[] = [];
  const stderr = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        texts.push(String(chunk));
        done();
      },
    }),
    { isTTY },
  );
  return { texts, stderr };
}

test("whoever watches is told now and then how far it is, and the line is taken away at the end", () => {
  const { texts, stderr } = watched(true);
  let ms = 0;
  const progress = startProgress({ stderr }, "events read", () => ms);
  for (let nth = 0; nth < 300; nth += 1) {
    ms += 1;
    progress.advance(10);
  }
  progress.end();
  expect(texts).toEqual(["\r\u001b[K2,000 events read …", "\r\u001b[K"]);
});

test("quick work, and work that nobody watches, says nothing", () => {
  const quick = watched(true);
  const progress = startProgress(quick, "events read", () => 0);
  progress.advance(10);
  progress.end();
  const piped = watched(false);
  let ms = 0;
  startProgress(piped, "events read", () => (ms += 1_000)).advance();
  expect([quick.texts, piped.texts]).toEqual([[], []]);
});

test("what is counted passes unchanged", async () => {
  const lines = (async function* () {
    yield* ["a", "b"];
  })();
  const passed = await Array.fromAsync(counted(lines, startProgress(watched(true), "lines")));
  expect(passed).toEqual(["a", "b"]);
});
