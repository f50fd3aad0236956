import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Config,
  ConfigError,
  type ConfigSources,
  describeConfig,
  loadConfig,
} from "./config.ts";
import { nearest } from "./nearest.ts";

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "newsledger-config-"));
});
afterAll(() => rmSync(cwd, { recursive: true }));

let files = 0;
function written(content: string): string {
  const path = join(cwd, `settings-${++files}.yaml`);
  writeFileSync(path, content);
  return path;
}

const load = (env: ConfigSources["env"], file?: string): Config => loadConfig({ env, cwd, file });

function problemsOf(env: ConfigSources["env"], file?: string): readonly string[] {
  try {
    load(env, file);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("with nothing set, everything has its default and the data lie in .newsledger", () => {
  expect(load({})).toMatchObject({
    dataDir: join(cwd, ".newsledger"),
    host: "127.0.0.1",
    port: 8787,
    publicUrl: "http://127.0.0.1:8787",
    logLevel: "info",
    allowHosts: [],
    poller: { minIntervalSeconds: 300, defaultIntervalSeconds: 900, concurrency: 8 },
    alerts: { lateAfterHours: 48 },
    queue: { reconcileEverySeconds: 5 },
  });
  expect(load({}).databaseUrl).toBeUndefined();
});

test("the environment wins over the file, the file over the default", () => {
  const file = written("port: 9000\npoller:\n  concurrency: 3\n  timeoutSeconds: 7\n");
  const config = load({ PORT: "9100", NEWSLEDGER_POLLER_TIMEOUT_SECONDS: "9" }, file);
  expect(config.port).toBe(9100);
  expect(config.poller).toMatchObject({
    concurrency: 3,
    timeoutSeconds: 9,
    minIntervalSeconds: 300,
  });
});

test("a file named by NEWSLEDGER_CONFIG is read; newsledger.yaml is read when it is there", () => {
  expect(load({ NEWSLEDGER_CONFIG: written("port: 9001") }).port).toBe(9001);
  const usual = join(cwd, "newsledger.yaml");
  writeFileSync(usual, "port: 9002");
  expect(load({}).port).toBe(9002);
  rmSync(usual);
});

test("an empty file, an empty section and an empty variable change nothing", () => {
  expect(load({}, written("")).port).toBe(8787);
  expect(load({}, written("poller:\nport:\n")).port).toBe(8787);
  expect(load({ PORT: "", DATABASE_URL: "" }).port).toBe(8787);
});

test("a secret can lie in a file of its own, whose last line break does not count", () => {
  const path = written("postgres://ledger:hush@db.test/news\n");
  expect(load({ DATABASE_URL_FILE: path }).databaseUrl).toBe("postgres://ledger:hush@db.test/news");
});

test("the public address loses its trailing slash and follows host and port when not given", () => {
  expect(load({ PUBLIC_URL: "https://news.example/" }).publicUrl).toBe("https://news.example");
  expect(load({ NEWSLEDGER_HOST: "0.0.0.0", PORT: "80" }).publicUrl).toBe("http://127.0.0.1:80");
  expect(load({ NEWSLEDGER_HOST: "::1" }).publicUrl).toBe("http://[::1]:8787");
});

test.each([
  ["bridge.test", ["bridge.test"]],
  [
    "Bridge.Test:8080, 10.0.0.5 ,[::1]:8080,[fd00::2]",
    ["bridge.test:8080", "10.0.0.5", "[::1]:8080", "[fd00::2]"],
  ],
  ["", []],
  [" , ", []],
])("allowed hosts %j are read as %j", (given, hosts) => {
  expect(load({ NEWSLEDGER_ALLOW_HOSTS: given }).allowHosts).toEqual(hosts);
});

test("allowed hosts may be a list in the file", () => {
  const file = written('allowHosts:\n  - bridge.test\n  - "[::1]:8080"\n');
  expect(load({}, file).allowHosts).toEqual(["bridge.test", "[::1]:8080"]);
});

test("a proxy is named by its address, and whom to ask without it as other programs write it", () => {
  const config = load({
    NEWSLEDGER_PROXY: "socks5://reader:hush@proxy.example:1080",
    NEWSLEDGER_NO_PROXY: ".Corp.example, *.lan.example,gazette.example:8443,[::1],*",
  });
  expect(config.proxy).toBe("socks5://reader:hush@proxy.example:1080");
  const spared = ["corp.example", "lan.example", "gazette.example:8443", "[::1]", "*"];
  expect(config).toMatchObject({ noProxy: spared, proxyNames: "here" });
  const [problem = ""] = problemsOf({ NEWSLEDGER_PROXY: "ftp://reader:hush@proxy.example" });
  expect(problem).toContain("socks5://");
  expect(problem).not.toContain("hush");
});

describe("what cannot be used is refused with one line that says where and what is allowed", () => {
  test.each<[Record<string, string>, string]>([
    [{ PORT: "eighty" }, 'port (PORT): found "eighty"; allowed: a whole number from 0 to 65535'],
    [{ PORT: "65536" }, "port (PORT)"],
    [{ PORT: "-1" }, "port (PORT)"],
    [{ PORT: "80.5" }, "port (PORT)"],
    [{ LOG_LEVEL: "loud" }, "allowed: fatal, error, warn, info, debug, trace, silent"],
    [{ PUBLIC_URL: "news.example" }, "publicUrl (PUBLIC_URL)"],
    [{ PUBLIC_URL: "ftp://news.example" }, "http:// or https://"],
    [{ DATABASE_URL: "mysql://db.test/news" }, "postgres:// or postgresql://"],
    [{ QUEUE_URL: "redis.test:6379" }, "redis:// or rediss://"],
    [{ SMTP_URL: "smtp://" }, "smtp:// or smtps://"],
    [{ NEWSLEDGER_ALLOW_HOSTS: "::1" }, "IPv6 in brackets"],
    [{ NEWSLEDGER_ALLOW_HOSTS: "a.test:0" }, "allowHosts"],
    [{ NEWSLEDGER_ALLOW_HOSTS: "http://a.test/" }, "allowHosts"],
    [{ NEWSLEDGER_ALLOW_HOSTS: "[::1" }, "allowHosts"],
    [{ NEWSLEDGER_ALLOW_HOSTS: "a b" }, "allowHosts"],
    [{ NEWSLEDGER_NO_PROXY: "10.0.0.0/8" }, "no ranges of addresses"],
    [{ NEWSLEDGER_PROXY_NAMES: "nobody" }, "allowed: here, proxy"],
    [{ NEWSLEDGER_POLLER_CONCURRENCY: "0" }, "poller.concurrency (NEWSLEDGER_POLLER_CONCURRENCY)"],
    [{ NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "3600" }, "the intervals must not fall"],
    [{ NEWSLEDGER_POLER_CONCURRENCY: "3" }, "did you mean NEWSLEDGER_POLLER_CONCURRENCY?"],
    [{ NEWSLEDGER_WHATEVER_ELSE_ENTIRELY: "3" }, "NEWSLEDGER_WHATEVER_ELSE_ENTIRELY (environment)"],
    [{ DATABASE_URL_FILE: "nowhere.txt" }, "there is no such file"],
    [{ NEWSLEDGER_CONFIG: "nowhere.yaml" }, "there is no such file"],
  ])("%j", (env, line) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(line);
  });

  test.each([
    ["prot: 80", "did you mean port?"],
    ["poller:\n  concurency: 3", "did you mean poller.concurrency?"],
    ["poller: 3", "poller ("],
    ["- a\n- b", "the file ("],
    ["port: [80]", "port ("],
    ["port: 80\nport: 81", "Map keys must be unique"],
    ["port: {", "configuration file"],
    ["__proto__:\n  port: 1", "__proto__"],
    ["mailFrom: 7", "text, not empty"],
    ["logLevel: true", "logLevel"],
  ])("%j", (content, line) => {
    const file = written(content);
    const problems = problemsOf({}, file);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(line);
    expect(problems[0]).toContain(file);
  });

  test("all problems are told at once", () => {
    expect(problemsOf({ PORT: "x", LOG_LEVEL: "y" }, written("nope: 1"))).toHaveLength(3);
  });

  test("a secret is never printed, and never taken from two places", () => {
    const [problem] = problemsOf({ DATABASE_URL: "http://ledger:hush@db.test" });
    expect(problem).toContain("a value that is not shown");
    expect(problem).not.toContain("hush");
    const file = written("postgres://db.test/a");
    const [both] = problemsOf({ DATABASE_URL: "postgres://db.test/b", DATABASE_URL_FILE: file });
    expect(both).toContain("both set");
  });
});

test("every setting is described, with its variable; only keys and addresses with passwords are secret", () => {
  const rows = describeConfig();
  expect(rows.every((row) => row.meaning.length > 10)).toBe(true);
  expect(new Set(rows.map((row) => row.env)).size).toBe(rows.length);
  expect(rows.find((row) => row.key === "poller.minIntervalSeconds")).toEqual({
    key: "poller.minIntervalSeconds",
    env: "NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS",
    default: "300",
    meaning: "No feed is asked more often than this",
    secret: false,
  });
  expect(rows.filter((row) => row.secret).map((row) => row.env)).toEqual([
    "DATABASE_URL",
    "QUEUE_URL",
    "SMTP_URL",
    "NEWSLEDGER_SECRET_KEY",
    "DKIM_KEY",
    "NEWSLEDGER_PROXY",
  ]);
});

test("a slip of the hand finds the name that was meant; a stranger finds none", () => {
  expect(nearest("prot", ["port", "host"])).toBe("port");
  expect(nearest("databseUrl", ["dataDir", "databaseUrl"])).toBe("databaseUrl");
  expect(nearest("colour", ["port", "host"])).toBeNull();
});
