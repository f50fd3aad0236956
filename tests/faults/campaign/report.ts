import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import type { FaultCase } from "./case.ts";
import type { Finding } from "./invariants.ts";
import type { Backend } from "./world.ts";

/** What one case came to on one backend. */
export interface Result {
  readonly name: string;
  readonly backend: Backend;
  readonly form: "smoke" | "full";
  readonly seed: number;
  readonly commit: string;
  readonly at: string;
  readonly tookSeconds: number;
  /** How many processes wanted a processor at its end, on average over a minute. */
  readonly load?: number;
  readonly done: string;
  /** Why it was not run here, or broke off; null when it came to its end. */
  readonly trouble: { readonly kind: "not run" | "broke off"; readonly why: string } | null;
  readonly findings: readonly Finding[];
}

export const passed = ({ trouble, findings }: Result): boolean =>
  trouble === null && findings.length > 0 && findings.every(({ holds }) => holds);

/** Adds these to what earlier runs found: of each case and backend the latest stands. */
export async function keep(file: string, fresh: readonly Result[]): Promise<Result[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "[]";
    throw error;
  });
  const known = JSON.parse(text) as Result[];
  const replaced = (one: Result) =>
    fresh.some(({ name, backend }) => name === one.name && backend === one.backend);
  const all = [...known.filter((one) => !replaced(one)), ...fresh].toSorted(
    (a, b) => a.name.localeCompare(b.name) || a.backend.localeCompare(b.backend),
  );
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
  return all;
}

/** What must be zero and is, is said in one word; whatever else was measured is shown. */
const figures = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ reach, found, holds }) => reach !== undefined || !holds || found !== 0)
    .map(({ what, found, reach, holds }) =>
      [holds ? "" : "**", `${what}: ${found}`, reach ? ` (${reach})` : "", holds ? "" : "**"].join(
        "",
      ),
    );

function row(one: FaultCase, result: Result): string {
  const { trouble, findings, backend, done } = result;
  const verdict = trouble ? trouble.kind : passed(result) ? "holds" : "**does not hold**";
  const zeros = findings.filter(({ found, reach, holds }) => holds && found === 0 && !reach).length;
  const cells = trouble
    ? [(trouble.why.split("\n")[0] ?? "").slice(0, 200)]
    : [...figures(findings), ...(zeros > 0 ? [`${zeros} counts that must be 0 are 0`] : [])];
  const cell = cells.join("; ").replaceAll("|", "\\|").replaceAll("\n", " ");
  const load = result.load === undefined ? "" : result.load.toFixed(0);
  return `| ${one.name} | ${backend} | ${verdict} | ${done} | ${load} | ${cell} |`;
}

/** The report as a page. Pure. */
export function page(cases: readonly FaultCase[], results: readonly Result[]): string {
  const of = (name: string) => results.filter((result) => result.name === name);
  const ran = cases.flatMap((one) => of(one.name).map((result) => row(one, result)));
  const never = cases.filter(({ name }) => of(name).length === 0).map(({ name }) => `\`${name}\``);
  const commits = [...new Set(results.map(({ commit }) => commit))].join(", ");
  const days = [...new Set(results.map(({ at }) => at.slice(0, 10)))].join(", ");
  return [
    "| case | queue in | | done | load | found |",
    "| --- | --- | --- | --- | --- | --- |",
    ...ran,
    "",
    ...(never.length > 0 ? [`Not run: ${never.join(", ")}.`, ""] : []),
    `Measured ${days} at ${commits}, on ${cpus().length} shared processors and ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}.`,
  ].join("\n");
}

const [begin, end] = ["<!-- figures: written by npm run faults -->", "<!-- end of figures -->"];

/** Puts the figures into the guide, between its two marks. */
export async function publish(guide: string, figures: string): Promise<void> {
  const text = await readFile(guide, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${guide} lacks the marks "${begin}" and "${end}"`);
  await writeFile(guide, `${text.slice(0, from)}${begin}\n\n${figures}\n\n${text.slice(to)}`);
}
