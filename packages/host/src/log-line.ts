const colours: Record<string, number> = { fatal: 35, error: 31, warn: 33, info: 32, debug: 36 };
const own = new Set(["level", "time", "msg", "service", "err"]);

/** One JSON log line as a person reads it: time, level, service, message, then the facts. */
export function formatLine(line: string, colour: boolean): string {
  const entry = parsed(line);
  if (!entry) return line.trimEnd();
  const { level, time, msg, service, err } = entry;
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const name = String(level ?? "info");
  const parts = [
    paint(2, clockTime(time)),
    paint(colours[name] ?? 37, name.padEnd(5)),
    ...(typeof service === "string" ? [paint(1, service)] : []),
    printable(msg === undefined ? "" : String(msg)),
    ...Object.entries(entry)
      .filter(([key]) => !own.has(key))
      .map(([key, value]) => paint(2, `${key}=${fact(value)}`)),
  ];
  return parts.filter((part) => part !== "").join(" ") + trouble(err, String(msg ?? ""));
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function clockTime(time: unknown): string {
  const date = new Date(typeof time === "string" || typeof time === "number" ? time : Number.NaN);
  if (Number.isNaN(date.getTime())) return "--:--:--";
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

const fact = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[\s"=]/.test(text) && typeof value === "string" ? JSON.stringify(value) : printable(text);
};

/** The error below its message; the message itself only when the note did not already say it. */
function trouble(err: unknown, said: string): string {
  if (typeof err !== "object" || err === null) return "";
  const { type, message, stack } = err as { type?: string; message?: string; stack?: string };
  const first = message === undefined || message === said ? "" : `\n    ${type}: ${message}`;
  const where = stack?.split("\n").filter((row) => /^\s+at /.test(row)) ?? [];
  return [first, ...where.map((row) => `\n    ${row.trim()}`)].map(printableRows).join("");
}

// Feeds' words reach log lines: an escape sequence in them must not drive the terminal.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const printable = (text: string): string => text.replace(controls, "\ufffd");
const printableRows = (text: string): string => text.split("\n").map(printable).join("\n");
