import { readFileSync } from "node:fs";
import { join } from "node:path";
import { migrations } from "@newsledger/cli/migrations";
import { describeConfig } from "@newsledger/host";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { createTestDatabase } from "../harness/database.ts";
import { renderChart } from "./chart.ts";

const directory = join(import.meta.dirname, "../../infra/helm/newsledger");
const roles = ["alerts", "api", "digest", "extractor", "poller"];

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; labels: Record<string, string> };
  readonly spec: Record<string, never>;
}

const everything = {
  publicUrl: "https://news.example.org",
  settings: { NEWSLEDGER_POLLER_CONCURRENCY: "16" },
  ingress: { enabled: true, host: "news.example.org", tlsSecretName: "tls", className: "nginx" },
  imagePullSecrets: [{ name: "pull" }],
  podAnnotations: { team: "press" },
  nodeSelector: { disk: "ssd" },
  networkPolicy: { egressTo: [{ namespaceSelector: {} }] },
  byProxy: true,
  migrate: { ownerRole: true },
  roles: Object.fromEntries(
    roles.filter((role) => role !== "api").map((role) => [role, { scale: { enabled: true } }]),
  ),
};

/** Every resource of the chart with these values; a template that is no YAML fails here. */
function resources(values: Record<string, unknown> = {}): Resource[] {
  return [...renderChart(directory, values)].flatMap(([file, text]) => {
    if (!file.endsWith(".yaml")) return [];
    return parseAllDocuments(text, { uniqueKeys: true }).flatMap((document) => {
      expect(document.errors, `${file}:\n${text}`).toEqual([]);
      const value = document.toJS() as Resource | null;
      return value ? [value] : [];
    });
  });
}

const ofKind = (all: readonly Resource[], kind: string) => all.filter((one) => one.kind === kind);

interface Container {
  args: string[];
  env: { name: string; value: unknown }[];
  securityContext: Record<string, unknown>;
  resources: { requests: object; limits: { memory: string } };
  livenessProbe?: object;
  readinessProbe?: object;
}

interface Pod {
  automountServiceAccountToken: boolean;
  securityContext: Record<string, unknown>;
  containers: Container[];
  volumes: { name: string }[];
}

const podOf = (resource: Resource): Pod =>
  (resource.spec as unknown as { template: { spec: Pod } }).template.spec;

test.each([
  ["the values as they are", {}],
  ["everything switched on", everything],
])("the chart makes valid resources with %s", (_, values) => {
  const all = resources(values);
  for (const { apiVersion, kind, metadata, spec } of all) {
    expect(apiVersion).toMatch(/^([a-z0-9.]+\/)?v\d/);
    expect(`${kind} ${metadata.name}`).toMatch(/^[A-Z]\w+ press(-[a-z]+)?$/);
    expect(metadata.labels["app.kubernetes.io/name"]).toBe("newsledger");
    expect(spec).toBeTypeOf("object");
  }
  const names = all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(ofKind(all, "Deployment").map(({ metadata }) => metadata.name)).toEqual(
    roles.map((role) => `press-${role}`),
  );
  expect(ofKind(all, "PodDisruptionBudget")).toHaveLength(roles.length);
  for (const kind of ["Service", "NetworkPolicy", "Job"]) expect(ofKind(all, kind)).toHaveLength(1);
});

test("no container is root, writes outside of /tmp, keeps a privilege, or goes without limits and probes", () => {
  const all = resources(everything);
  const pods = [...ofKind(all, "Deployment"), ...ofKind(all, "Job")].map(podOf);
  expect(pods).toHaveLength(roles.length + 1);
  for (const pod of pods) {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    for (const { securityContext, resources: needs } of pod.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      expect(needs.limits.memory).toMatch(/^\d+[MG]i$/);
    }
  }
  for (const deployment of ofKind(all, "Deployment"))
    for (const { livenessProbe, readinessProbe } of podOf(deployment).containers) {
      expect(livenessProbe).toMatchObject({ httpGet: { path: "/healthz" } });
      expect(readinessProbe).toMatchObject({ httpGet: { path: "/readyz" } });
    }
});

test("each role runs as itself, with settings that Newsledger knows, and secrets by reference only", () => {
  const known = new Set(
    describeConfig().flatMap(({ env, secret }) => (secret ? [`${env}_FILE`] : [env])),
  );
  for (const deployment of ofKind(resources(everything), "Deployment")) {
    const role = deployment.metadata.labels["app.kubernetes.io/component"];
    const [container] = podOf(deployment).containers;
    expect(container?.args).toEqual(["up", "--only", role]);
    expect(container?.env.map(({ name }) => name)).toContain("NEWSLEDGER_PROXY_FILE");
    for (const { name, value } of container?.env ?? []) {
      expect(known).toContain(name);
      expect(value, name).toBeTypeOf("string");
    }
  }
  expect(ofKind(resources(everything), "Secret")).toEqual([]);
});

test("what KEDA scales on are questions that the database answers", async () => {
  const scaled = ofKind(resources(everything), "ScaledObject");
  expect(scaled).toHaveLength(4);
  expect(ofKind(resources(), "ScaledObject")).toEqual([]);
  expect(ofKind(resources(), "TriggerAuthentication")).toEqual([]);
  await using database = await createTestDatabase(migrations);
  for (const { spec, metadata } of scaled) {
    const { triggers, scaleTargetRef } = spec as unknown as {
      scaleTargetRef: { name: string };
      triggers: { metadata: { query: string; targetQueryValue: string } }[];
    };
    expect(scaleTargetRef.name).toBe(metadata.name);
    for (const trigger of triggers) {
      const { rows } = await database.pool.query<{ count: string }>(trigger.metadata.query);
      expect(rows).toEqual([{ count: "0" }]);
      expect(trigger.metadata.targetQueryValue).toMatch(/^\d+$/);
    }
  }
});

test("a template that says what Helm does not know is found", () => {
  expect(() => renderChart(directory, { image: { repository: null, tag: null } })).toThrow(
    /prints null/,
  );
});

test("the chart's version is the program's", () => {
  const chart = parse(readFileSync(join(directory, "Chart.yaml"), "utf8")) as {
    appVersion: string;
  };
  const program = JSON.parse(readFileSync(join(directory, "../../../package.json"), "utf8")) as {
    version: string;
  };
  expect(chart.appVersion).toBe(program.version);
});
