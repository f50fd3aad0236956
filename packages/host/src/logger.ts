import { type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "./config.ts";
import { formatLine } from "./log-line.ts";

export interface LoggerOptions {
  /** Where lines go; stderr unless told, for stdout carries data. */
  readonly write?: (line: string) => void;
  /** One readable line per note instead of JSON. */
  readonly readable?: boolean;
  readonly colour?: boolean;
}

const secretKeys = ["password", "secret", "secrets", "token", "authorization", "cookie"];

/** Notes of the process: JSON in pipes and containers, readable on a terminal, and no secret in either. */
export function createLogger(
  config: Pick<Config, "logLevel"> & Partial<Pick<Config, "databaseUrl" | "queueUrl" | "smtpUrl">>,
  options: LoggerOptions = {},
): Logger {
  const terminal = process.stderr.isTTY === true;
  const readable = options.readable ?? terminal;
  const colour = options.colour ?? (terminal && !process.env.NO_COLOR);
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const hide = secretsHidden([config.databaseUrl, config.queueUrl, config.smtpUrl]);
  const stream: DestinationStream = {
    write: (line) => write(readable ? `${formatLine(hide(line), colour)}\n` : hide(line)),
  };
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: "[hidden]",
      },
    },
    stream,
  );
}

/** Takes the password out of every address in a text, and the passwords of these addresses wherever they stand. */
export function secretsHidden(urls: readonly (string | undefined)[]): (text: string) => string {
  const known = urls.flatMap((url) => {
    const password = url === undefined ? "" : (URL.parse(url)?.password ?? "");
    return [password, decoded(password)].filter((secret) => secret.length >= 6);
  });
  return (text) => {
    let out = text.replace(/(:\/\/[^\s:@/"\\]*):[^\s@/"\\]+@/g, "$1:[hidden]@");
    for (const secret of known) out = out.replaceAll(secret, "[hidden]");
    return out;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % is part of the password
  }
}
