import http from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Server } from "node:net";
import tls from "node:tls";
import { checkAddress, createFetcher, type FetcherOptions, proxyFor } from "@newsledger/feeds";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ownCertificate } from "../harness/certificate.ts";
import { TestProxy } from "../harness/proxy.ts";

const feed = "<rss><channel><title>D</title></channel></rss>";
const seen: http.IncomingMessage[] = [];
const answer: http.RequestListener = (request, response) => {
  seen.push(request);
  const to = URL.parse(request.url ?? "", "http://x")?.searchParams.get("to");
  if (to) response.writeHead(302, { location: to }).end();
  else if (request.url === "/robots.txt") response.end("User-agent: *\nDisallow: /closed");
  else if (request.url === "/page") response.setHeader("content-type", "text/html").end("<p>word");
  else response.setHeader("content-type", "text/xml").end(feed);
};
const { key, cert } = ownCertificate(["gazette.example", "other.example"]);
const plain = http.createServer(answer);
const secure = https.createServer({ key, cert }, answer);
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const usualAuthorities = tls.getCACertificates("default");

const publicAddress = "93.184.216.34";
/** The names of this world. */
const resolve: NonNullable<FetcherOptions["resolve"]> = (host, _, done) => {
  if (host === "unknown.example") done(Object.assign(new Error(host), { code: "ENOTFOUND" }), []);
  else done(null, [{ address: host === "inside.example" ? "10.0.0.8" : publicAddress, family: 4 }]);
};

let open: TestProxy;
let locked: TestProxy;

beforeAll(async () => {
  for (const server of [plain, secure])
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  tls.setDefaultCACertificates([...usualAuthorities, cert]);
  const [http80, https443] = [portOf(plain), portOf(secure)];
  const world = {
    ...{ "gazette.example:80": http80, "gazette.example:443": https443 },
    ...{ "other.example:443": https443, "unknown.example:443": https443 },
    ...{ [`${publicAddress}:80`]: http80, [`${publicAddress}:443`]: https443 },
  };
  open = await TestProxy.open({ world, forbidden: ["forbidden.example"] });
  locked = await TestProxy.open({ world, password: "reader:s3cret/word" });
});
afterAll(async () => {
  tls.setDefaultCACertificates(usualAuthorities);
  await open[Symbol.asyncDispose]();
  await locked[Symbol.asyncDispose]();
  for (const server of [plain, secure]) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});
beforeEach(() => {
  seen.length = open.asked.length = locked.asked.length = 0;
});

type By = Omit<NonNullable<FetcherOptions["proxy"]>, "url"> & { url?: string };
const through = (by: By = {}, options: Partial<FetcherOptions> = {}) =>
  createFetcher({
    userAgent: "Newsledger/test",
    resolve,
    proxy: { url: `http://${open.host}`, ...by },
    ...options,
  });
const lines = (proxy: TestProxy) => proxy.asked.map(({ line }) => line);
const password = "reader:s3cret%2Fword";

describe("an HTTP proxy", () => {
  test("is handed plain http as it is, and asked for a tunnel to https", async () => {
    await using fetcher = through();
    for (const scheme of ["http", "https"])
      expect(await fetcher.feed(`${scheme}://gazette.example/a?b=c`)).toMatchObject({
        outcome: "fetched",
        finalUrl: `${scheme}://gazette.example/a?b=c`,
      });
    expect(lines(open)).toEqual([
      "GET http://gazette.example/a?b=c",
      "CONNECT gazette.example:443",
    ]);
    expect(seen.map(({ url, headers }) => [url, headers.host])).toEqual([
      ["/a?b=c", "gazette.example"],
      ["/a?b=c", "gazette.example"],
    ]);
  });

  test("may be asked over https itself, under a certificate of its own", async () => {
    const own = ownCertificate(["localhost"]);
    tls.setDefaultCACertificates([...usualAuthorities, cert, own.cert]);
    const world = { "gazette.example:80": portOf(plain), "gazette.example:443": portOf(secure) };
    await using secured = await TestProxy.open({ world, secure: own, password: "reader:word" });
    const url = `https://reader:word@${secured.host.replace("127.0.0.1", "localhost")}`;
    await using fetcher = through({ url });
    for (const scheme of ["http", "https"])
      expect(await fetcher.feed(`${scheme}://gazette.example/`)).toMatchObject({
        outcome: "fetched",
      });
    expect(lines(secured)).toEqual(["GET http://gazette.example/", "CONNECT gazette.example:443"]);
    tls.setDefaultCACertificates([...usualAuthorities, cert]);
    await using wary = through({ url });
    expect(await wary.feed("https://gazette.example/")).toMatchObject({
      code: "proxy",
      reason: expect.stringMatching(
        /^The proxy at localhost:\d+ has no valid security certificate/,
      ),
    });
  });

  test("checks the certificate of the target here, not in the proxy", async () => {
    await using fetcher = through();
    // The certificate is not of this name.
    expect(await fetcher.feed("https://unknown.example/a")).toMatchObject({ code: "dns" });
    await using trusting = through({ names: "proxy" });
    expect(await trusting.feed("https://unknown.example/a")).toMatchObject({ code: "tls" });
  });

  test("is told the user name and password of its address, and the target never is", async () => {
    await using fetcher = through({ url: `http://${password}@${locked.host}` });
    for (const scheme of ["http", "https"])
      expect(await fetcher.feed(`${scheme}://gazette.example/`)).toMatchObject({
        outcome: "fetched",
      });
    const known = `Basic ${Buffer.from("reader:s3cret/word").toString("base64")}`;
    expect(locked.asked.map(({ authorization }) => authorization)).toEqual([known, known]);
    for (const { headers } of seen) expect(headers).not.toHaveProperty("proxy-authorization");
  });

  test.each(["http", "https"])(
    "that wants another password is named, without the one it was given (%s)",
    async (scheme) => {
      for (const [given, words] of [
        ["", "wants a user name and password (407)"],
        ["reader:wr0ng@", "does not accept the user name and password it was given (407)"],
      ]) {
        await using fetcher = through({ url: `http://${given}${locked.host}` });
        const failed = await fetcher.feed(`${scheme}://gazette.example/`);
        expect(failed).toEqual({
          outcome: "failed",
          code: "proxy",
          reason: `The proxy at ${locked.host} ${words}.`,
          hard: false,
        });
      }
      expect(seen).toEqual([]);
    },
  );

  test.each(["http", "https"])("that is down is named, and not the feed (%s)", async (scheme) => {
    const gone = await TestProxy.open({ world: {} });
    const { host, socksHost } = gone;
    await gone[Symbol.asyncDispose]();
    for (const url of [`http://${password}@${host}`, `socks5://${password}@${socksHost}`]) {
      await using fetcher = through({ url });
      expect(await fetcher.feed(`${scheme}://gazette.example/`)).toMatchObject({
        code: "proxy",
        reason: `The proxy at ${new URL(url).host} does not accept connections.`,
      });
    }
  });

  test("that hangs up on plain http is named beside the target, for either may have done so", async () => {
    const rude = net.createServer((socket) => socket.once("data", () => socket.destroy()));
    await new Promise<void>((ready) => rude.listen(0, "127.0.0.1", ready));
    const url = `http://127.0.0.1:${portOf(rude)}`;
    await using fetcher = through({ url });
    expect(await fetcher.feed("http://gazette.example/")).toMatchObject({
      code: "reset",
      reason: `gazette.example cut the connection before its answer was complete. It was asked by way of the proxy at ${new URL(url).host}.`,
    });
    expect(await fetcher.feed("https://gazette.example/")).toMatchObject({ code: "proxy" });
    await new Promise((closed) => rude.close(closed));
  });

  test("that forbids a target, or finds nobody there, says so", async () => {
    await using fetcher = through();
    const at = `The proxy at ${open.host}`;
    expect(await fetcher.feed("https://forbidden.example/")).toMatchObject({
      code: "proxy-refused",
      reason: `${at} refused to connect to forbidden.example (403).`,
    });
    expect(await fetcher.feed("https://nobody.example/")).toMatchObject({
      code: "unreachable",
      reason: `${at} could not reach nobody.example (502).`,
    });
  });

  test("carries pages, their robots.txt and webhooks too", async () => {
    await using fetcher = through();
    expect(await fetcher.page("https://gazette.example/page")).toMatchObject({ html: "<p>word" });
    expect(await fetcher.page("https://gazette.example/closed")).toMatchObject({ code: "robots" });
    expect(await fetcher.post("https://other.example/hook", { body: "{}" })).toMatchObject({
      outcome: "accepted",
    });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /robots.txt",
      "GET /page",
      "POST /hook",
    ]);
    expect(new Set(lines(open))).toEqual(
      new Set(["CONNECT gazette.example:443", "CONNECT other.example:443"]),
    );
  });
});

describe("a SOCKS5 proxy", () => {
  test("is told the address that was checked, so that no second look-up can differ", async () => {
    await using fetcher = through({ url: `socks5://${open.socksHost}` });
    for (const scheme of ["http", "https"])
      expect(await fetcher.feed(`${scheme}://gazette.example/`)).toMatchObject({
        outcome: "fetched",
      });
    expect(lines(open)).toEqual([`SOCKS ${publicAddress}:80`, `SOCKS ${publicAddress}:443`]);
  });

  test("is told the name where it looks names up, and who we are", async () => {
    await using fetcher = through({
      url: `socks5://${password}@${locked.socksHost}`,
      names: "proxy",
    });
    expect(await fetcher.feed("https://gazette.example/")).toMatchObject({ outcome: "fetched" });
    expect(locked.asked).toEqual([
      { line: "SOCKS gazette.example:443", authorization: "reader:s3cret/word" },
    ]);
    await using stranger = through({ url: `socks5://${locked.socksHost}` });
    expect(await stranger.feed("https://gazette.example/")).toMatchObject({
      code: "proxy",
      reason: `The proxy at ${locked.socksHost} wants a user name and password.`,
    });
    await using liar = through({ url: `socks5://reader:wr0ng@${locked.socksHost}` });
    expect(await liar.feed("https://gazette.example/")).toMatchObject({
      reason: `The proxy at ${locked.socksHost} does not accept this user name and password.`,
    });
  });

  test("that forbids a target, or finds nobody there, says so", async () => {
    await using fetcher = through({ url: `socks5://${open.socksHost}`, names: "proxy" });
    expect(await fetcher.feed("https://forbidden.example/")).toMatchObject({
      code: "proxy-refused",
    });
    expect(await fetcher.feed("https://nobody.example/")).toMatchObject({
      code: "unreachable",
      reason: `The proxy at ${open.socksHost} could not reach nobody.example: it finds no way to that host.`,
    });
  });
});

describe("what must not be reached is not reached by way of a proxy either", () => {
  const spellings = [
    ...["127.0.0.1", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]"],
    ...["10.0.0.8", "169.254.169.254", "localhost", "printer.local", "db.internal", "intranet"],
  ];

  test.each(["here", "proxy"] as const)(
    "by literal or by private name (names: %s)",
    async (names) => {
      const trusting: NonNullable<FetcherOptions["resolve"]> = (_, __, done) =>
        done(null, [{ address: "127.0.0.1", family: 4 }]);
      for (const url of [`http://${open.host}`, `socks5://${open.socksHost}`]) {
        await using fetcher = through({ url, names }, { resolve: trusting });
        for (const host of spellings)
          for (const scheme of ["http", "https"])
            expect(await fetcher.feed(`${scheme}://${host}/`), host).toMatchObject({
              code: "blocked-address",
            });
      }
      expect(open.asked).toEqual([]);
    },
  );

  test("by a name that leads inside, unless the operator left names to the proxy", async () => {
    await using fetcher = through();
    for (const scheme of ["http", "https"])
      expect(await fetcher.feed(`${scheme}://inside.example/`)).toMatchObject({
        code: "blocked-address",
      });
    expect(open.asked).toEqual([]);
    await using trusting = through({ names: "proxy" });
    expect(await trusting.feed("https://inside.example/")).toMatchObject({ code: "unreachable" });
    const by = { url: `http://${open.host}` };
    await expect(
      checkAddress("https://inside.example/", { resolve, proxy: by }),
    ).rejects.toMatchObject({ code: "blocked-address" });
    await checkAddress("https://inside.example/", { resolve, proxy: { ...by, names: "proxy" } });
  });

  test("by a redirect: each hop is checked", async () => {
    await using fetcher = through();
    for (const target of ["http://127.0.0.1/", "http://inside.example/", "https://10.0.0.8/"])
      expect(
        await fetcher.feed(`http://gazette.example/?to=${encodeURIComponent(target)}`),
      ).toMatchObject({ code: "blocked-address" });
    expect(lines(open).every((line) => line.startsWith("GET http://gazette.example/"))).toBe(true);
    expect(
      await fetcher.feed("http://gazette.example/?to=https%3A%2F%2Fother.example%2F"),
    ).toMatchObject({ outcome: "fetched", finalUrl: "https://other.example/" });
  });
});

test("those whom the operator opened or excepted are asked directly", async () => {
  const own = `127.0.0.1:${portOf(plain)}`;
  await using fetcher = through({ except: ["gazette.example"] }, { allowHosts: [own] });
  expect(await fetcher.feed(`http://${own}/`)).toMatchObject({ outcome: "fetched" });
  expect(open.asked).toEqual([]);
  const by = (address: string, ...except: string[]) =>
    proxyFor(address, {
      allowHosts: [own],
      proxy: { url: "http://u:p@proxy.example:3128", except },
    });
  expect(by("https://gazette.example/")).toBe("proxy.example:3128");
  expect(by(`http://${own}/`)).toBeNull();
  expect(by("https://gazette.example/", "gazette.example")).toBeNull();
  expect(by("https://news.gazette.example./", "gazette.example")).toBeNull();
  expect(by("https://mygazette.example/", "gazette.example")).not.toBeNull();
  expect(by("https://gazette.example/", "gazette.example:8443")).not.toBeNull();
  expect(by("https://gazette.example:8443/", "gazette.example:8443")).toBeNull();
  expect(by("https://[2606:4700::1]/", "[2606:4700::1]")).toBeNull();
  expect(by("https://anybody.example/", "*")).toBeNull();
});
