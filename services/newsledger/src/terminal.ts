import type { Readable, Writable } from "node:stream";

/** What a command may know of the outside: passed in, so that a test can be the terminal. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable & { isTTY?: boolean; columns?: number };
  readonly stderr: Writable & { isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
}

/** A line of data. */
export const print = (terminal: Terminal, text: string): void => {
  terminal.stdout.write(`${text}\n`);
};

/** A line for the person at the terminal, never data. */
export const note = (terminal: Terminal, text: string): void => {
  terminal.stderr.write(`${text}\n`);
};

/** Bold where a terminal shows it; NO_COLOR (no-color.org) is honoured. */
export const bold = (terminal: Terminal, text: string): string =>
  terminal.stdout.isTTY && !terminal.env.NO_COLOR ? `\u001b[1m${text}\u001b[22m` : text;

export const dim = (terminal: Terminal, text: string): string =>
  terminal.stdout.isTTY && !terminal.env.NO_COLOR ? `\u001b[2m${text}\u001b[22m` : text;
