import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/**
 * Checks an evidence bundle on a machine that has only this file, Node and the bundle: node verify-bundle.ts evidence.ndjson
 * It follows the hash chain of each stream from its first event, computes the hash of each text, and that of the whole file.
 */

export interface BundleReport {
  events: number;
  streams: number;
  texts: number;
  /** Sentences for people; none when the bundle is whole. */
  problems: string[];
}

interface EventLine {
  position: string;
  recordedAt: string;
  stream: string;
  version: number;
  id: string;
  type: string;
  schemaVersion: number;
  correlationId: string | null;
  causationId: string | null;
  occurredAt: string | null;
  hash: string;
  data: { textHash?: string | null };
}

type Line = Partial<EventLine> & {
  bundle?: string;
  text?: { hash: string; body?: string; missing?: true };
  end?: { sha256: string };
};

export const bundleFormat = "newsledger-evidence/1";

export function verifyBundle(bytes: Uint8Array): BundleReport {
  const report: BundleReport = { events: 0, streams: 0, texts: 0, problems: [] };
  const text = Buffer.from(bytes).toString("utf8");
  const lines = text.split("\n");
  if (lines.pop() !== "") report.problems.push("the last line is cut off");
  const parsed = lines.map((line, nth) => parse(line, nth, report));
  if (parsed[0]?.bundle !== bundleFormat)
    report.problems.push(`line 1: this is no bundle of the form ${bundleFormat}`);
  checkEnd(lines, parsed.at(-1), report);
  const chains = new Map<string, { version: number; hash: Buffer }>();
  const told = new Set<string>();
  const kept = new Set<string>();
  for (const [nth, line] of parsed.entries()) {
    if (line?.hash !== undefined)
      readable(nth, report, () => checkEvent(line as EventLine, lines[nth] ?? "", chains, report));
    if (line?.data?.textHash) told.add(line.data.textHash);
    const { text: kind } = line ?? {};
    if (kind) readable(nth, report, () => checkText(kind, kept, report));
  }
  for (const hash of told)
    if (!kept.has(hash))
      report.problems.push(`text ${hash}: an event names it, the bundle lacks it`);
  report.streams = chains.size;
  return report;
}

function parse(line: string, nth: number, { problems }: BundleReport): Line | null {
  try {
    return JSON.parse(line) as Line;
  } catch {
    problems.push(`line ${nth + 1}: is not JSON`);
    return null;
  }
}

/** A line that lost a field, or holds a time that is none, is damaged too. */
function readable(nth: number, { problems }: BundleReport, check: () => void): void {
  try {
    check();
  } catch (error) {
    problems.push(
      `line ${nth + 1}: cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** The last line holds the hash of all before it. */
function checkEnd(lines: string[], last: Line | null | undefined, { problems }: BundleReport) {
  const before = lines.slice(0, -1).map((line) => `${line}\n`);
  const hash = sha256(Buffer.from(before.join(""))).toString("hex");
  if (!last?.end) problems.push("the end is missing: the bundle was cut off");
  else if (last.end.sha256 !== hash) problems.push("the file is not the one that was written");
}

function checkEvent(
  event: EventLine,
  line: string,
  chains: Map<string, { version: number; hash: Buffer }>,
  report: BundleReport,
): void {
  report.events += 1;
  const where = `stream ${event.stream}, event ${event.version} (position ${event.position})`;
  const before = chains.get(event.stream);
  const expected = (before?.version ?? 0) + 1;
  if (event.version !== expected)
    report.problems.push(`${where}: event ${expected} of this stream should stand here`);
  // The data as it is written, not as it is read: the hash is over its spelling.
  const data = line.slice(line.indexOf(',"data":') + 8, -1);
  const hash = chainHash(before?.hash ?? Buffer.alloc(0), event, data);
  if (hash.toString("hex") !== event.hash)
    report.problems.push(`${where}: does not fit its hash: it was changed, or put in`);
  chains.set(event.stream, { version: event.version, hash: Buffer.from(event.hash, "hex") });
}

function checkText(
  text: { hash: string; body?: string; missing?: true },
  kept: Set<string>,
  report: BundleReport,
): void {
  kept.add(text.hash);
  if (text.body === undefined) return; // erased from the ledger: its hash is all that is left
  report.texts += 1;
  if (sha256(Buffer.from(text.body)).toString("hex") !== text.hash)
    report.problems.push(`text ${text.hash}: was changed`);
}

/** SHA-256 over the hash before, the version, the time, and the digest of the content, in Postgres' binary formats. */
function chainHash(previous: Buffer, event: EventLine, data: string): Buffer {
  const fields = [
    field(25, Buffer.from(event.stream)),
    field(2950, uuid(event.id)),
    field(25, Buffer.from(event.type)),
    field(21, int16(event.schemaVersion)),
    field(2950, event.correlationId === null ? null : uuid(event.correlationId)),
    field(2950, event.causationId === null ? null : uuid(event.causationId)),
    field(1184, event.occurredAt === null ? null : moment(event.occurredAt)),
    field(3802, Buffer.concat([Buffer.from([1]), Buffer.from(data)])),
  ];
  const content = sha256(Buffer.concat([int32(fields.length), ...fields]));
  return sha256(
    Buffer.concat([previous, int64(BigInt(event.version)), moment(event.recordedAt), content]),
  );
}

const field = (type: number, value: Buffer | null): Buffer =>
  value === null
    ? Buffer.concat([int32(type), int32(-1)])
    : Buffer.concat([int32(type), int32(value.length), value]);

const uuid = (text: string): Buffer => Buffer.from(text.replaceAll("-", ""), "hex");

/** Microseconds since the beginning of 2000. */
function moment(text: string): Buffer {
  const micros = /\.\d{3}(\d{3})Z$/.exec(text)?.[1] ?? "0";
  const millis = BigInt(Date.parse(text.replace(/(\.\d{3})\d*Z$/, "$1Z"))) - 946_684_800_000n;
  return int64(millis * 1000n + BigInt(micros));
}

function int16(n: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(n);
  return buffer;
}
function int32(n: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(n);
  return buffer;
}
function int64(n: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64BE(n);
  return buffer;
}

const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();

/** What a person reads. */
export const bundleVerdict = ({ events, streams, texts, problems }: BundleReport): string =>
  problems.length === 0
    ? `Whole: ${events} events of ${streams} streams and ${texts} texts are as the ledger recorded them.`
    : ["NOT whole:", ...problems.map((problem) => `  ${problem}`)].join("\n");

if (import.meta.main) {
  const report = verifyBundle(readFileSync(process.argv[2] ?? "evidence.ndjson"));
  process.stdout.write(`${bundleVerdict(report)}\n`);
  process.exitCode = report.problems.length === 0 ? 0 : 1;
}
