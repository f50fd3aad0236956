import net from "node:net";
import { createFetcher, guardHolds } from "@newsledger/feeds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let arrived = 0;
let port = 0;
const trap = net.createServer((socket) => {
  arrived += 1;
  socket.destroy();
});

beforeAll(async () => {
  await new Promise<void>((ready) => trap.listen(0, "127.0.0.1", ready));
  const address = trap.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(() => new Promise((closed) => trap.close(closed)));

const userAgent = "Newsledger/test";
const both = ["http", "https"];

it("the guard holds, and can say so at every start", async () => {
  expect(await guardHolds()).toEqual({ holds: true, arrived: 0, refused: 14, tried: 14 });
});

describe("no private address is dialled", () => {
  const spellings = [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "127.1",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::7f00:1]",
    "[fe80::1]",
    "169.254.169.254",
    "10.0.0.1",
    "[64:ff9b::7f00:1]",
  ];
  it.each(both.flatMap((scheme) => spellings.map((host) => `${scheme}://${host}`)))(
    "%s",
    async (origin) => {
      await using fetcher = createFetcher({ userAgent });
      const url = `${origin}:${port}/`;
      const outcomes = [
        await fetcher.feed(url),
        await fetcher.page(url),
        await fetcher.post(url, { body: "{}" }),
      ];
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ code: "blocked-address", hard: true });
      expect(arrived).toBe(0);
    },
  );

  it.each(both)("behind a name, over %s, even beside a public address", async (scheme) => {
    await using fetcher = createFetcher({
      userAgent,
      resolve: (_host, _options, done) =>
        done(null, [
          { address: "93.184.216.34", family: 4 },
          { address: "127.0.0.1", family: 4 },
        ]),
    });
    expect(await fetcher.feed(`${scheme}://rebound.example:${port}/`)).toMatchObject({
      code: "blocked-address",
    });
    expect(arrived).toBe(0);
  });
});

describe("what was checked is what is dialled", () => {
  it.each(both)("one look-up a connection, over %s", async (scheme) => {
    let lookups = 0;
    await using fetcher = createFetcher({
      userAgent,
      allowHosts: [`open.example:${port}`],
      resolve: (_host, _options, done) => {
        lookups += 1;
        done(null, [{ address: "127.0.0.1", family: 4 }]);
      },
    });
    const before = arrived;
    expect(await fetcher.feed(`${scheme}://open.example:${port}/`)).toMatchObject({
      outcome: "failed",
      code: "reset",
    });
    expect([arrived - before, lookups]).toEqual([1, 1]);
    expect(await fetcher.feed(`${scheme}://open.example:${port + 1}/`)).toMatchObject({
      code: "blocked-address",
    });
  });
});

describe("what is never asked for", () => {
  it.each([
    "file:///etc/passwd",
    "ftp://news.example/",
    "gopher://127.0.0.1/",
    "data:text/xml,<rss/>",
    "javascript:alert(1)",
    "https://user:secret@news.example/",
    "https://user@news.example/",
    "//news.example/",
    "not an address",
    "",
  ])("%s", async (url) => {
    await using fetcher = createFetcher({ userAgent });
    const outcome = await fetcher.feed(url);
    expect(outcome).toMatchObject({ outcome: "failed", code: "bad-address", hard: true });
    expect(JSON.stringify(outcome)).not.toContain("secret");
  });
});

describe("trouble that is not ours", () => {
  const local = { userAgent, allowHosts: ["127.0.0.1", "nowhere.example"] };

  it("nobody listens", async () => {
    await using fetcher = createFetcher(local);
    const free = net.createServer();
    await new Promise<void>((ready) => free.listen(0, "127.0.0.1", ready));
    const { port: closed } = free.address() as net.AddressInfo;
    await new Promise((done) => free.close(done));
    expect(await fetcher.feed(`http://127.0.0.1:${closed}/`)).toMatchObject({
      code: "refused",
      hard: false,
    });
  });

  it("no such name", async () => {
    await using fetcher = createFetcher({
      ...local,
      resolve: (host, _options, done) =>
        done(Object.assign(new Error(host), { code: "ENOTFOUND" }), []),
    });
    expect(await fetcher.feed("http://nowhere.example/")).toMatchObject({
      code: "dns",
      reason: "No server could be found under the name nowhere.example.",
    });
  });

  it("no certificate", async () => {
    const plain = net.createServer((socket) => socket.resume().end("HTTP/1.1 200 OK\r\n\r\n"));
    await new Promise<void>((ready) => plain.listen(0, "127.0.0.1", ready));
    await using fetcher = createFetcher(local);
    const { port: open } = plain.address() as net.AddressInfo;
    expect(await fetcher.feed(`https://127.0.0.1:${open}/`)).toMatchObject({ code: "tls" });
    await new Promise((done) => plain.close(done));
  });

  it("the caller gives up: that is not an outcome of the feed", async () => {
    await using fetcher = createFetcher(local);
    const stopped = new Error("shutting down");
    await expect(
      fetcher.feed(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort(stopped) }),
    ).rejects.toBe(stopped);
  });
});
