import { once } from "node:events";
import { type AddressInfo, createServer, Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { ask } from "./ask.ts";

/** A message of the backend (frontend/backend protocol, "Message Formats"). */
function message(kind: string, body: Buffer | string = ""): Buffer {
  const content = Buffer.from(body);
  const buffer = Buffer.alloc(5 + content.length);
  buffer.write(kind);
  buffer.writeInt32BE(4 + content.length, 1);
  content.copy(buffer, 5);
  return buffer;
}

const ready = message("Z", "I");
const welcome = Buffer.concat([message("R", Buffer.alloc(4)), ready]);
const answer = Buffer.concat([message("2"), message("C", "SELECT 0\0"), ready]);

/** The text of the only parameter of each Bind. */
function parameters(sent: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < sent.length; at += 1 + sent.readInt32BE(at + 1)) {
    if (sent[at] !== 0x42) continue;
    // Behind kind, length, portal and statement: one format, one value, its length.
    const value = at + 5 + 1 + "s\0".length + 4 + 2;
    found.push(sent.toString("utf8", value + 4, value + 4 + sent.readInt32BE(value)));
  }
  return found;
}

test("what the kernel does not take at once is not written over by what is sent next", async () => {
  const received: Buffer[] = [];
  let peer: Socket | undefined;
  const server = createServer((socket) => {
    peer = socket;
    socket.once("data", () => socket.write(welcome));
    // Answers without reading: what is sent piles up on the way.
    socket.once("data", () => socket.pause());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const mine = new Socket();
  const { port } = server.address() as AddressInfo;
  const pool = new pg.Pool({ host: "127.0.0.1", port, user: "u", max: 1, stream: () => mine });
  // As long as what is kept has room for, should each character take three bytes.
  const texts = Array.from({ length: 160 }, (_, i) =>
    String.fromCharCode(65 + (i % 26)).repeat(6e4),
  );
  let waiting = 0;
  for (const text of texts) {
    const answered = ask(pool, { name: "s", text: "select $1" }, [text]);
    while (peer === undefined || mine.bytesWritten === 0) await turn();
    await turn();
    if (mine.writableLength > 0) waiting++;
    peer.write(answer);
    await answered;
  }
  expect(waiting).toBeGreaterThan(10);
  peer?.on("data", (data) => received.push(data)).resume();
  const all = texts.join("").length;
  while (received.reduce((bytes, { length }) => bytes + length, 0) < all) await turn();
  await pool.end();
  server.close();
  const found = parameters(Buffer.concat(received));
  expect(found.length).toBe(texts.length);
  expect(found.every((text, i) => text === texts[i])).toBe(true);
});

test("what cannot be put into a message is refused, and nothing of it is sent", async () => {
  const sent: Buffer[] = [];
  const server = createServer((socket) => {
    socket.once("data", () => {
      socket.write(welcome);
      socket.on("data", (data) => sent.push(data));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const pool = new pg.Pool({ host: "127.0.0.1", port, user: "u", max: 1 });
  const endless = {
    bytes: 4,
    write() {
      throw new RangeError("out of range");
    },
  };
  const asked = ask(pool, { name: "s", text: "select $1" }, [endless]);
  await expect(asked).rejects.toThrow("out of range");
  await pool.end();
  server.close();
  expect(Buffer.concat(sent).includes("select")).toBe(false);
});
