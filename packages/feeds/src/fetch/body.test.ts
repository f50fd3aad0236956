import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import zlib from "node:zlib";
import { describe, expect, it } from "vitest";
import { giveBack, readBody, readStart } from "./body.ts";

const limits = { wireBytes: 100_000, decodedBytes: 3_000_000, ratio: 100 };
const text = "La noticia de hoy. ".repeat(200);
const stream = (bytes: Uint8Array, chunk = 1_000) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += chunk)
        yield Buffer.from(bytes.subarray(at, at + chunk));
    })(),
  );
const read = (bytes: Uint8Array, coding: string | undefined, chunk?: number) =>
  readBody(stream(bytes, chunk), coding, limits, "news.example");

describe("a body comes through its coding", () => {
  it.each([
    ["none", undefined, Buffer.from(text)],
    ["identity", "identity", Buffer.from(text)],
    ["gzip", "gzip", zlib.gzipSync(text)],
    ["x-gzip in capitals", "X-GZIP", zlib.gzipSync(text)],
    ["br", "br", zlib.brotliCompressSync(text)],
    ["zstd", "zstd", zlib.zstdCompressSync(text)],
    ["deflate, wrapped as the standard says", "deflate", zlib.deflateSync(text)],
    ["deflate, raw as some servers send it", "deflate", zlib.deflateRawSync(text)],
  ])("%s", async (_, coding, bytes) => {
    expect((await read(bytes, coding)).toString()).toBe(text);
    expect((await read(bytes, coding, 7)).toString()).toBe(text);
  });

  it("an empty answer is empty", async () => {
    for (const coding of [undefined, "deflate"])
      expect(await read(Buffer.alloc(0), coding)).toHaveLength(0);
  });
});

describe("a body is refused", () => {
  it.each([
    [
      "that is larger than the limit on the wire",
      Buffer.alloc(200_000, 65),
      undefined,
      "too-large",
    ],
    [
      "that unpacks beyond the limit",
      zlib.gzipSync(Buffer.alloc(4_000_000, 32), { level: 1 }),
      "gzip",
      "too-large",
    ],
    [
      "that unpacks out of proportion",
      zlib.brotliCompressSync(Buffer.alloc(2_000_000, 32)),
      "br",
      "too-large",
    ],
    ["that is not what its coding says", Buffer.from(text), "gzip", "bad-encoding"],
    [
      "that is cut off inside its coding",
      zlib.gzipSync(text).subarray(0, 60),
      "gzip",
      "bad-encoding",
    ],
    ["in brotli that is none", Buffer.from(text), "br", "bad-encoding"],
    ["in zstd that is none", Buffer.from(text), "zstd", "bad-encoding"],
    ["in deflate that is none", Buffer.from(text), "deflate", "bad-encoding"],
    [
      "with codings on top of each other",
      zlib.gzipSync(zlib.gzipSync(text)),
      "gzip, gzip",
      "bad-encoding",
    ],
    ["with a coding that nobody knows", Buffer.from(text), "rot13", "bad-encoding"],
  ])("%s", async (_, bytes, coding, code) => {
    await expect(read(bytes, coding)).rejects.toMatchObject({ code });
  });

  it("a small answer may compress better than the limit says", async () => {
    const spaces = Buffer.alloc(900_000, 32);
    expect(await read(zlib.gzipSync(spaces), "gzip")).toHaveLength(spaces.length);
  });
});

describe("large bodies", () => {
  const roomy = { ...limits, wireBytes: limits.decodedBytes };
  const large = () =>
    readBody(stream(Buffer.alloc(2_000_000, 65), 50_000), undefined, roomy, "news.example");

  it("come one after the other, each once the one before was given back", async () => {
    const first = await large();
    const second = large();
    expect(await Promise.race([second, pause(100, "waits")])).toBe("waits");
    giveBack(first);
    expect(await second).toHaveLength(2_000_000);
    giveBack(await second);
  });

  it("are gone when they are given back, also from where they were handed to", async () => {
    const bytes = await large();
    giveBack(bytes);
    expect(bytes).toHaveLength(0);
    const handed = await large();
    structuredClone(handed, { transfer: [handed.buffer as ArrayBuffer] });
    giveBack(handed);
    const next = large();
    expect(await Promise.race([next, pause(1_000, "waits")])).not.toBe("waits");
    giveBack(await next);
  });

  it("that are refused let the next one in", async () => {
    const bomb = zlib.brotliCompressSync(Buffer.alloc(2_900_000, 32));
    await expect(read(bomb, "br")).rejects.toMatchObject({ code: "too-large" });
    const next = large();
    expect(await Promise.race([next, pause(1_000, "waits")])).not.toBe("waits");
    giveBack(await next);
  });

  it("and small ones may be given back, too, and stay", async () => {
    const bytes = await read(Buffer.from(text), undefined);
    giveBack(bytes);
    expect(bytes.toString()).toBe(text);
  });
});

describe("the start of a reply", () => {
  it("is kept, and the rest not read to its end", async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          sent += 1_000;
          yield Buffer.alloc(1_000, 65);
        }
      })(),
    );
    expect(await readStart(endless, 4_096, 64_000)).toHaveLength(4_096);
    expect(sent).toBeLessThan(200_000);
  });

  it("survives a connection that breaks inside it", async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from("thanks");
        throw new Error("cut");
      })(),
    );
    expect((await readStart(broken, 4_096, 64_000)).toString()).toBe("thanks");
  });
});
