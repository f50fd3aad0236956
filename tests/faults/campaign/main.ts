import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Scale } from "./case.ts";
import { cases } from "./cases/index.ts";
import { keep, page, passed, publish, type Result } from "./report.ts";
import { type Errand, runCase } from "./run.ts";
import { type Backend, closeWorlds } from "./world.ts";

const usage = `npm run faults -- [options]: kills, cuts, fills and wipes a Newsledger spread over processes, and counts what is lost or twice

  --smoke            every fault once or twice: about an hour (the default)
  --full             every fault twenty times, and 1,000 kills over 100,000 items on each backend: some five hours
  --only a,b         these cases alone; --list says which there are
  --backend WHICH    postgres or redis: where the queue is (default: both)
  --seed 7           the same kills at the same moments, as far as a machine allows
  --kills N          of the case "kill"
  --items N          of the case "kill"
  --minutes N        the case "kill" goes on for so long instead, however many kills that are
  --rounds N         of every other case
  --report           writes what was found into docs/faults.md, beside what earlier runs found of other cases

It starts a Postgres (fsync on), a Redis and a press of its own, on loopback; it needs redis-server in PATH.`;

const { values } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    only: { type: "string" },
    backend: { type: "string" },
    seed: { type: "string", default: "7" },
    kills: { type: "string" },
    items: { type: "string" },
    minutes: { type: "string" },
    rounds: { type: "string" },
  },
});

class Misused extends Error {}

function number(name: "seed" | "kills" | "items" | "minutes" | "rounds"): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0)) throw new Misused(`--${name} takes a number above 0, not ${text}`);
  return value;
}

function scaleOf(): Scale {
  if (values.smoke && values.full) throw new Misused("--smoke and --full exclude each other");
  const usual = values.full
    ? { form: "full" as const, kills: 1_000, items: 100_000, rounds: 20 }
    : { form: "smoke" as const, kills: 20, items: 1_000, rounds: 2 };
  return {
    form: usual.form,
    kills: number("kills") ?? usual.kills,
    items: number("items") ?? usual.items,
    rounds: number("rounds") ?? usual.rounds,
    minutes: number("minutes"),
  };
}

function errands(): Errand[] {
  const wanted = values.only?.split(",") ?? cases.map(({ name }) => name);
  const backends: readonly string[] = values.backend ? [values.backend] : ["postgres", "redis"];
  for (const backend of backends)
    if (backend !== "postgres" && backend !== "redis")
      throw new Misused(`--backend takes postgres or redis, not ${backend}`);
  return wanted.flatMap((name) => {
    const one = cases.find((known) => known.name === name);
    if (!one)
      throw new Misused(`no case ${name}; there are ${cases.map((each) => each.name).join(", ")}`);
    return one.backends
      .filter((backend: Backend) => backends.includes(backend))
      .map((backend) => ({ one, backend }));
  });
}

async function campaign(): Promise<number> {
  const scale = scaleOf();
  const seed = number("seed") ?? 7;
  const results: Result[] = [];
  for (const errand of errands()) {
    const label = `${errand.one.name}, queue in ${errand.backend}`;
    const say = (line: string) =>
      console.error(`${new Date().toISOString().slice(11, 19)} ${line}`);
    say(`── ${label}`);
    const result = await runCase(errand, { scale, seed, say });
    results.push(result);
    show(label, result);
    if (values.report) await write([result]);
  }
  const broken = results.filter((result) => result.trouble?.kind !== "not run" && !passed(result));
  console.log(`${results.length - broken.length} of ${results.length} hold`);
  return broken.length === 0 ? 0 : 1;
}

function show(label: string, result: Result): void {
  const { trouble, done, findings, tookSeconds } = result;
  const verdict = trouble
    ? `${trouble.kind}: ${trouble.why}`
    : passed(result)
      ? "holds"
      : "DOES NOT HOLD";
  console.log(`${label}: ${verdict} (${tookSeconds} s) ${done}`);
  for (const { what, found, reach, holds } of findings)
    console.log(`  ${holds ? " " : "✗"} ${what}: ${found}${reach ? ` (${reach})` : ""}`);
}

const docs = resolve(import.meta.dirname, "../../../docs");

async function write(results: readonly Result[]): Promise<void> {
  const all = await keep(resolve(docs, "faults.json"), results);
  await publish(resolve(docs, "faults.md"), page(cases, all));
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    console.error("broken off: ending what was started");
    void closeWorlds().finally(() => process.exit(1));
  });

try {
  if (values.help) console.log(usage);
  else if (values.list)
    for (const { name, title, backends } of cases)
      console.log(`${name.padEnd(20)} ${title} [${backends.join(", ")}]`);
  else process.exitCode = await campaign();
} catch (error) {
  if (!(error instanceof Misused)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
