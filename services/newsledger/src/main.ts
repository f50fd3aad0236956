#!/usr/bin/env node
import { onTermination } from "@newsledger/host";
import { commandHelp, findCommand, nearest, overview, readArgs, UsageError } from "./command.ts";
import { commands } from "./commands/index.ts";
import { describeError } from "./errors.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** Runs one call of the command line; the exit code: 0 done, 1 failed, 2 called wrongly. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first] = argv;
  if (first === "--version" || first === "-v") {
    terminal.stdout.write(`${version()}\n`);
    return 0;
  }
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    terminal.stdout.write(`${overview(commands, version())}\n`);
    return 0;
  }
  try {
    const found = findCommand(commands, argv);
    if (!found) throw unknown(argv);
    const args = readArgs(found.command, found.rest);
    if (args.options.help) terminal.stdout.write(`${commandHelp(found.command)}\n`);
    else await found.command.run(args, terminal);
    return 0;
  } catch (error) {
    for (const line of describeError(error)) terminal.stderr.write(`${line}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function unknown(argv: readonly string[]): UsageError {
  const typed = argv.filter((word) => !word.startsWith("-")).slice(0, 2);
  const family = commands
    .filter(({ name }) => name.split(" ")[0] === typed[0])
    .map(({ name }) => name);
  if (family.length > 0)
    return new UsageError(`newsledger ${typed[0]}: one of\n  ${family.join("\n  ")}`);
  const guess = nearest(commands, typed.join(" ")) ?? nearest(commands, typed[0] ?? "");
  return new UsageError(
    `newsledger: no command ${typed[0] ?? argv[0]}${guess ? `, did you mean ${guess}?` : ""} See: newsledger --help`,
  );
}

/** The real terminal, the real process. */
export async function start(): Promise<void> {
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
