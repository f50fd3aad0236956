import { parseArgs } from "node:util";
import type { Terminal } from "./terminal.ts";

interface OptionSpec {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in the help, e.g. DATE. */
  readonly value?: string;
  readonly meaning: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What a command receives: options by name, as `parseArgs` reads them, and the words that are no options. */
export interface Args {
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly words: readonly string[];
}

/** The values of an option that may be repeated. */
export function repeated({ options }: Args, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

/** One command of the command line, declared once: name, help, options, and what it does. */
export interface Command {
  /** The words that call it: "events", "feeds add". */
  readonly name: string;
  readonly summary: string;
  /** The words it takes, as shown in the help: "<url>", "[feed…]". */
  readonly words?: string;
  readonly minWords?: number;
  readonly maxWords?: number;
  readonly options?: OptionSpecs;
  readonly examples?: readonly string[];
  run(args: Args, terminal: Terminal): Promise<void>;
}

/** A call that cannot be understood: the message says what and what to do. Exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** The command that the words call (the longest name wins), and what is left of them. */
export function findCommand(
  commands: readonly Command[],
  argv: readonly string[],
): { command: Command; rest: string[] } | null {
  const named = [...commands]
    .sort((a, b) => b.name.length - a.name.length)
    .find((command) => command.name.split(" ").every((word, index) => argv[index] === word));
  return named ? { command: named, rest: argv.slice(named.name.split(" ").length) } : null;
}

/** Reads the options and words of one command. Throws UsageError, naming the command. */
export function readArgs(command: Command, rest: readonly string[]): Args {
  const options = { ...command.options, help: helpOption };
  let parsed: { values: Args["options"]; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...rest],
      options: Object.fromEntries(
        Object.entries(options).map(([name, { type, short, multiple }]) => [
          name,
          { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const [message] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(
      `newsledger ${command.name}: ${message}. See: newsledger ${command.name} --help`,
    );
  }
  const words = parsed.positionals;
  const { minWords = 0, maxWords = minWords } = command;
  if (!parsed.values.help && (words.length < minWords || words.length > maxWords)) {
    const wanted = command.words ? `takes ${command.words}` : "takes no words";
    throw new UsageError(
      `newsledger ${command.name} ${wanted}, got ${words.length === 0 ? "none" : words.join(" ")}. See: newsledger ${command.name} --help`,
    );
  }
  return { options: parsed.values, words };
}

const helpOption: OptionSpec = { type: "boolean", short: "h", meaning: "show this help" };

/** The text of `newsledger <command> --help`. */
export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, help: helpOption });
  const left = options.map(([name, spec]) => {
    const short = spec.short ? `-${spec.short}, ` : "";
    return `${short}--${name}${spec.type === "string" ? ` ${spec.value ?? "VALUE"}` : ""}`;
  });
  const width = Math.max(...left.map((text) => text.length));
  return [
    `${command.summary}`,
    "",
    `  newsledger ${command.name}${command.words ? ` ${command.words}` : ""} [options]`,
    "",
    ...options.map(([, spec], index) => `  ${(left[index] ?? "").padEnd(width)}  ${spec.meaning}`),
    ...(command.examples ? ["", "Examples:", ...command.examples.map((line) => `  ${line}`)] : []),
  ].join("\n");
}

/** The text of `newsledger` alone: every command in a line. */
export function overview(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    `newsledger ${version}: follows a case in the news for years, and remembers every line.`,
    "",
    "  newsledger <command> [options]      newsledger <command> --help",
    "",
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    "",
    "Data goes to stdout, notes to stderr. Exit code: 0 done, 1 failed, 2 called wrongly.",
  ].join("\n");
}

/** The nearest command name, for "did you mean". */
export function nearest(commands: readonly Command[], typed: string): string | null {
  const names = commands.map((command) => command.name);
  const scored = names
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= 3 ? best.name : null;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
