#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import {
  type Command,
  commandHelp,
  findCommand,
  nearest,
  overview,
  readArgs,
  UsageError,
} from "./command.ts";
import { allCommands, families } from "./commands/index.ts";
import { describeError } from "./errors.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Runs one call of the command line; the exit code: 0 done, 1 failed, 2 called wrongly. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first] = argv;
  try {
    if (first === "--version" || first === "-v") terminal.stdout.write(`${version()}\n`);
    else if (first === undefined || ["--help", "-h", "help"].includes(first))
      terminal.stdout.write(`${overview(await allCommands(), version())}\n`);
    else await call(argv, terminal);
    return 0;
  } catch (error) {
    for (const line of describeError(error)) terminal.stderr.write(`${line}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function call(argv: readonly string[], terminal: Terminal): Promise<void> {
  const family = await (Object.hasOwn(families, argv[0] ?? "")
    ? families[argv[0] ?? ""]?.()
    : null);
  const found = family && findCommand(family, argv);
  if (!found) throw await unknown(argv, family ?? []);
  const args = readArgs(found.command, found.rest);
  if (args.options.help) terminal.stdout.write(`${commandHelp(found.command)}\n`);
  else await found.command.run(args, terminal);
}

async function unknown(argv: readonly string[], family: readonly Command[]): Promise<UsageError> {
  const typed = argv.filter((word) => !word.startsWith("-")).slice(0, 2);
  if (family.length > 0) {
    const width = Math.max(...family.map(({ name }) => name.length));
    const lines = family.map(
      ({ name, summary }) => `  newsledger ${name.padEnd(width)}  ${summary}`,
    );
    return new UsageError([`newsledger ${argv[0]} takes one of these:`, ...lines].join("\n"));
  }
  const commands = await allCommands();
  const guess = nearest(commands, typed.join(" ")) ?? nearest(commands, typed[0] ?? "");
  return new UsageError(
    `newsledger: no command ${typed[0] ?? argv[0]}${guess ? `, did you mean ${guess}?` : ""} See: newsledger --help`,
  );
}

/** The real terminal, the real process. */
export async function start(): Promise<void> {
  enableCompileCache();
  const { onTermination } = await import("@newsledger/host");
  // A reader that closes the pipe early (`| head`) ends the program quietly.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  process.exitCode = await main(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: onTermination(),
  });
}

if (import.meta.main) await start();
