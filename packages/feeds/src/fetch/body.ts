import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import zlib from "node:zlib";
import { Collector } from "./collector.ts";
import { FetchProblem, TooLarge } from "./problem.ts";
import { Turn } from "./turn.ts";

export interface BodyLimits {
  readonly wireBytes: number;
  readonly decodedBytes: number;
  /** Decoded bytes per wire byte; compression bombs are far above any real feed. */
  readonly ratio: number;
}

// Short answers may compress better than any ratio says: a page of spaces is not a bomb.
const ratioCountsFromBytes = 1 << 20;

/**
 * Few bodies are so large, but together they would fill the memory: they come one after the other, each once the one before
 * was read and given back. Who forgets to give one back costs the next the patience that it has.
 */
const largeFromBytes = 1 << 20;
const large = new Turn(2_000);
const turns = new WeakMap<ArrayBufferLike, () => void>();

/** What the body of an answer lies in, when it has been read: it is gone from then on. */
export function giveBack({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.resizable && !buffer.detached) buffer.resize(0);
  turns.get(buffer)?.();
}

/** Reads a response body through its content coding, within limits on both sides of the decompressor. */
export async function readBody(
  body: Readable,
  coding: string | undefined,
  limits: BodyLimits,
  host: string,
): Promise<Buffer> {
  const decoder = await decoderFor(coding, host);
  let wire = 0;
  const decoded = new Collector(limits.decodedBytes);
  let end: (() => void) | undefined;

  const countWire = async function* (source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      wire += chunk.length;
      if (wire > limits.wireBytes) throw new TooLarge(tooLarge(host, limits.wireBytes));
      yield chunk;
    }
  };
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      const length = decoded.length + chunk.length;
      if (length > limits.decodedBytes) throw new TooLarge(tooLarge(host, limits.decodedBytes));
      if (length > ratioCountsFromBytes && length > unpacked(decoder, wire) * limits.ratio) {
        throw new TooLarge(`The answer of ${host} unpacks to a size that no real document has.`);
      }
      if (length > largeFromBytes) end ??= await large.take();
      decoded.add(chunk);
    }
  };

  try {
    // As it is on the wire: stages between would cost more than the reading.
    if (decoder === null) await collect(countWire(body));
    else if (decoder === "deflate") await pipeline(body, countWire, inflate, collect);
    else await pipeline(body, countWire, decoder, collect);
  } catch (error) {
    decoded.drop();
    end?.();
    throw isZlibError(error) ? badEncoding(host, error) : error;
  } finally {
    body.destroy();
  }
  const bytes = decoded.take();
  if (end) turns.set(bytes.buffer, end);
  return bytes;
}

/** The first bytes of a body, for what only needs a glance; never fails over what comes after them. */
export async function readStart(
  body: Readable,
  keepBytes: number,
  readBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let read = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (read < keepBytes) chunks.push(chunk.subarray(0, keepBytes - read));
      read += chunk.length;
      if (read >= readBytes) break;
    }
  } catch {
    // The status line has said what matters; a reply cut short is kept as far as it came.
  } finally {
    body.destroy();
  }
  return Buffer.concat(chunks);
}

type Decoder = (Transform & zlib.Zlib) | "deflate" | null;

/** How much of the wire's bytes became what came out so far: a bomb is small, and all of it has come before it goes off. */
const unpacked = (decoder: Decoder, wire: number): number =>
  decoder === null || decoder === "deflate" ? wire : decoder.bytesWritten;

async function decoderFor(coding: string | undefined, host: string): Promise<Decoder> {
  const codings = (coding ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity");
  if (codings.length === 0) return null;
  // Stacked codings multiply the ratio and no honest server needs them.
  if (codings.length > 1) throw badEncoding(host);
  switch (codings[0]) {
    case "gzip":
    case "x-gzip":
      return zlib.createGunzip();
    case "br":
      return zlib.createBrotliDecompress();
    case "zstd":
      // RFC 9659: a window above 8 MB must not be used for content codings.
      return zlib.createZstdDecompress({ params: { [zlib.constants.ZSTD_d_windowLogMax]: 23 } });
    case "deflate":
      return "deflate";
    default:
      throw badEncoding(host);
  }
}

/** "deflate" means zlib (RFC 9110 §8.4.1.2), but some servers send it raw: the first byte tells. */
async function* inflate(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const wrapped = ((first.value[0] ?? 0) & 0x0f) === 8;
  const decoder = wrapped ? zlib.createInflate() : zlib.createInflateRaw();
  const rest = async function* () {
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  const done = pipeline(rest, decoder);
  done.catch(() => {}); // also thrown by the loop below
  yield* decoder as AsyncIterable<Buffer>;
  await done;
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  typeof error.code === "string" &&
  /^(Z_|ERR_BROTLI|ERR_ZSTD|ERR__ERROR_FORMAT|ERR_PADDING|ZSTD_|ERR__)/.test(error.code);

const badEncoding = (host: string, cause?: unknown): FetchProblem =>
  new FetchProblem(
    "bad-encoding",
    `The answer of ${host} is packed in a way that cannot be unpacked.`,
    {
      cause,
    },
  );

const tooLarge = (host: string, limit: number): string =>
  `The answer of ${host} is larger than ${Math.round(limit / 1e6)} MB and was not read to its end.`;
