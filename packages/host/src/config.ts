import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { nearest } from "./nearest.ts";
import type { SettingMeta } from "./setting.ts";
import { settings } from "./settings.ts";

/** All settings, read and checked. `dataDir` is absolute; `publicUrl` has no trailing slash. */
export type Config = Omit<z.output<typeof settings>, "publicUrl"> & { readonly publicUrl: string };

export interface ConfigSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** A configuration file that must exist; without it NEWSLEDGER_CONFIG, else newsledger.yaml if there is one. */
  readonly file?: string | undefined;
}

/** Settings that cannot be used: one line per problem, naming the key, where it came from and what is allowed. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

export interface ConfigRow {
  readonly key: string;
  readonly env: string;
  readonly default: string;
  readonly meaning: string;
  readonly secret: boolean;
}

/** Defaults, then the YAML file, then the environment, then the files named by `…_FILE`: the later wins. */
export function loadConfig({ env, cwd, file }: ConfigSources): Config {
  const problems: string[] = [];
  const found = new Map<string, Found>();
  for (const source of [
    fromFile({ env, cwd, file }, problems),
    fromEnvironment(env, cwd, problems),
  ]) {
    for (const [key, value] of source) found.set(key, value);
  }
  const values = judge(found, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const config = settings.parse(values);
  const misfit = intervalsMisfit(config);
  if (misfit) throw new ConfigError([misfit]);
  return {
    ...config,
    dataDir: resolve(cwd, config.dataDir),
    publicUrl: (config.publicUrl ?? localUrl(config)).replace(/\/+$/, ""),
  };
}

/** One row per setting, for documentation and `doctor`. */
export function describeConfig(): ConfigRow[] {
  return leaves().map(({ key, env, schema, meta }) => {
    const fallback = schema.safeParse(undefined).data;
    const shown = Array.isArray(fallback) ? fallback.join(", ") : String(fallback ?? "");
    return {
      key,
      env,
      default: meta.defaultText ?? shown,
      meaning: meta.meaning,
      secret: meta.secret ?? false,
    };
  });
}

interface Leaf {
  readonly key: string;
  readonly env: string;
  readonly schema: z.ZodType;
  readonly meta: SettingMeta;
}

interface Found {
  readonly source: string;
  readonly value: unknown;
}

function leaves(shape: Record<string, z.ZodType> = settings.shape, path: string[] = []): Leaf[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const key = [...path, name];
    const inner = innermost(schema);
    if (inner instanceof z.ZodObject) return leaves(inner.shape, key);
    const meta = inner.meta() as unknown as SettingMeta;
    return [{ key: key.join("."), env: meta.env ?? environmentName(key), schema, meta }];
  });
}

/** Without the wrappers that say optional or default: the declaration hangs on what is inside. */
function innermost(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodPrefault
  )
    inner = inner.unwrap() as z.ZodType;
  return inner;
}

const environmentName = (path: readonly string[]): string =>
  ["newsledger", ...path]
    .map((part) => part.replace(/([A-Z])/g, "_$1"))
    .join("_")
    .toUpperCase();

function judge(found: ReadonlyMap<string, Found>, problems: string[]): Record<string, unknown> {
  const values: Record<string, Record<string, unknown> | unknown> = {};
  for (const { key, schema, meta } of leaves()) {
    const given = found.get(key);
    if (!given) continue;
    if (!schema.safeParse(given.value).success) {
      const shown = meta.secret ? "a value that is not shown" : JSON.stringify(given.value);
      problems.push(`${key} (${given.source}): found ${shown}; allowed: ${meta.allowed}`);
    }
    const [section = "", name] = key.split(".");
    if (name === undefined) values[section] = given.value;
    else values[section] = { ...(values[section] as object | undefined), [name]: given.value };
  }
  return values;
}

function fromEnvironment(
  env: ConfigSources["env"],
  cwd: string,
  problems: string[],
): Map<string, Found> {
  const found = new Map<string, Found>();
  const known = new Set(["NEWSLEDGER_CONFIG"]);
  for (const { key, env: name, meta } of leaves()) {
    known.add(name);
    const value = env[name] || undefined; // an empty variable is an unset one
    if (value !== undefined) found.set(key, { source: name, value });
    if (!meta.secret) continue;
    const twin = `${name}_FILE`;
    known.add(twin);
    const path = env[twin] || undefined;
    if (path === undefined) continue;
    if (value !== undefined) problems.push(`${key}: ${name} and ${twin} are both set; keep one`);
    const secret = readText(resolve(cwd, path));
    if (secret.text !== undefined) found.set(key, { source: twin, value: secret.text.trim() });
    else problems.push(`${key} (${twin}): cannot read ${path}: ${secret.problem}`);
  }
  for (const name of Object.keys(env)) {
    if (!name.startsWith("NEWSLEDGER_") || known.has(name)) continue;
    problems.push(`${name} (environment): not a setting${suggestion(name, known)}`);
  }
  return found;
}

function fromFile({ env, cwd, file }: ConfigSources, problems: string[]): Map<string, Found> {
  const named = file ?? (env.NEWSLEDGER_CONFIG || undefined);
  const path = resolve(cwd, named ?? "newsledger.yaml");
  const content = readText(path);
  if (content.text === undefined) {
    if (named === undefined && content.missing) return new Map();
    problems.push(`configuration file ${path}: cannot be read: ${content.problem}`);
    return new Map();
  }
  const document = parseDocument(content.text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) {
    problems.push(`configuration file ${path}: ${error.message.split("\n", 1)[0]}`);
    return new Map();
  }
  return flatten(document.toJS({ maxAliasCount: 10 }), path, problems);
}

function flatten(root: unknown, path: string, problems: string[]): Map<string, Found> {
  const found = new Map<string, Found>();
  const keys = new Set(leaves().map((leaf) => leaf.key));
  const sections = new Set([...keys].flatMap((key) => (key.includes(".") ? [section(key)] : [])));
  const visit = (value: unknown, prefix: string): void => {
    if (value === null || value === undefined) return; // "poller:" with nothing below it
    if (typeof value !== "object" || Array.isArray(value)) {
      const what = prefix === "" ? "the file" : prefix.slice(0, -1);
      problems.push(`${what} (${path}): must hold settings, one "name: value" a line`);
      return;
    }
    for (const [name, child] of Object.entries(value)) {
      const key = `${prefix}${name}`;
      if (keys.has(key)) {
        if (child !== null) found.set(key, { source: path, value: child });
      } else if (sections.has(key)) visit(child, `${key}.`);
      else problems.push(`${key} (${path}): not a setting${suggestion(key, keys)}`);
    }
  };
  visit(root, "");
  return found;
}

const section = (key: string): string => key.split(".")[0] ?? key;

function suggestion(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near ? `; did you mean ${near}?` : "";
}

type Reading = { text: string } | { text?: undefined; problem: string; missing: boolean };

function readText(path: string): Reading {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const missing = code === "ENOENT";
    return { problem: missing ? "there is no such file" : code, missing };
  }
}

function intervalsMisfit({ poller }: z.output<typeof settings>): string | null {
  const {
    minIntervalSeconds: min,
    defaultIntervalSeconds: usual,
    maxIntervalSeconds: max,
  } = poller;
  if (min <= usual && usual <= max) return null;
  return `poller: the intervals must not fall: minIntervalSeconds ${min}, defaultIntervalSeconds ${usual}, maxIntervalSeconds ${max}`;
}

function localUrl({ host, port }: { host: string; port: number }): string {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
