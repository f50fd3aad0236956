import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describeConfig } from "@newsledger/host";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Service {
  image?: string;
  command?: string[];
  environment?: Record<string, unknown>;
  depends_on?: Record<string, unknown>;
  volumes?: string[];
  networks?: string[];
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  healthcheck?: { test: string[] };
  ports?: string[];
}

const root = join(import.meta.dirname, "..");
const compose = parse(readFileSync(join(root, "docker-compose.yml"), "utf8"), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, unknown>;
};
const roles = ["poller", "extractor", "alerts", "digest", "api"];

test("the compose file starts a Postgres, a Redis, a mail catcher and one service per role", () => {
  expect(Object.keys(compose.services)).toEqual(
    expect.arrayContaining(["postgres", "redis", "mail", ...roles]),
  );
  for (const role of roles) expect(compose.services[role]?.command).toEqual(["up", "--only", role]);
});

test("every setting that a container gets is one that Newsledger knows", () => {
  const known = new Set(
    describeConfig().flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env])),
  );
  for (const role of roles) {
    for (const name of Object.keys(compose.services[role]?.environment ?? {}))
      expect(known).toContain(name);
  }
});

test("every service, volume and network that is named exists", () => {
  for (const { depends_on = {}, volumes = [], networks = [] } of Object.values(compose.services)) {
    for (const name of Object.keys(depends_on)) expect(compose.services).toHaveProperty(name);
    for (const volume of volumes)
      expect(compose.volumes).toHaveProperty(volume.split(":")[0] ?? "");
    for (const network of networks) expect(compose.networks).toHaveProperty(network);
  }
});

test("Redis refuses to evict, and no password is written down", () => {
  expect(compose.services.redis?.command?.join(" ")).toContain("--maxmemory-policy noeviction");
  expect(JSON.stringify(compose.services)).not.toMatch(/PASSWORD":"(?!\/run)/);
});

test("no role is root, writes to its own image, or keeps a privilege; each says how it is", () => {
  for (const role of roles) {
    const service = compose.services[role];
    expect(service, role).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
    expect(service?.security_opt).toEqual(["no-new-privileges:true"]);
    expect(service?.healthcheck?.test.join(" ")).toContain("/readyz");
  }
  const dockerfile = readFileSync(join(root, "infra/Dockerfile"), "utf8");
  expect(dockerfile).toMatch(/^USER node$/m);
  for (const name of ["redis", "mail"])
    expect(compose.services[name]).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
});

test("nothing is reached from other machines", () => {
  const ports = Object.values(compose.services).flatMap((service) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test("docker compose takes the file, where there is one to ask", async () => {
  const run = promisify(execFile);
  const calls = [["docker", "compose"], ["docker-compose"]] as const;
  for (const [program, ...words] of calls) {
    const there = await run(program, [...words, "version"]).catch(() => null);
    if (there)
      await run(program, [...words, "-f", "docker-compose.yml", "config", "-q"], { cwd: root });
  }
  expect(compose.services).toHaveProperty("api");
});

test("the image copies the manifest of every workspace before it installs", () => {
  const dockerfile = readFileSync(join(root, "infra/Dockerfile"), "utf8");
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { link?: boolean; resolved?: string }>;
  };
  const workspaces = Object.values(lock.packages)
    .filter(({ link }) => link)
    .map(({ resolved }) => resolved);
  expect(workspaces.length).toBeGreaterThan(10);
  for (const workspace of workspaces)
    expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/`);
});
