/**
 * JSON as Postgres spells a jsonb value: fields by length and then by bytes, one space after colon and comma, numbers without
 * exponent. Takes what JSON.stringify takes and leaves out what it leaves out.
 */
export function spell(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value); // the same escapes on both sides
    case "number":
      return Number.isFinite(value) ? spellNumber(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : spellObject(value);
    case "bigint":
      return JSON.stringify(value); // throws, in its own words
    default:
      return undefined;
  }
}

function spellObject(value: object): string | undefined {
  if ("toJSON" in value && typeof value.toJSON === "function") return spell(value.toJSON());
  if (Array.isArray(value)) {
    let items = "";
    for (const item of value) items += `${items && ", "}${spell(item) ?? "null"}`;
    return `[${items}]`;
  }
  if (value instanceof String || value instanceof Number || value instanceof Boolean)
    return spell(value.valueOf());
  let fields = "";
  const record = value as Record<string, unknown>;
  for (const name of Object.keys(record).sort(byLengthThenBytes)) {
    const spelled = spell(record[name]);
    if (spelled !== undefined) fields += `${fields && ", "}${JSON.stringify(name)}: ${spelled}`;
  }
  return `{${fields}}`;
}

function byLengthThenBytes(a: string, b: string): number {
  if (beyondAscii.test(a) || beyondAscii.test(b))
    return (
      Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b))
    );
  return a.length - b.length || (a < b ? -1 : 1);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the first character is where ASCII begins
const beyondAscii = /[^\u0000-\u007f]/;

/** JavaScript's shortest digits, written out. */
function spellNumber(value: number): string {
  const text = JSON.stringify(value);
  const [, sign = "", whole = "", fraction = "", exponent = ""] = text.includes("e")
    ? (scientific.exec(text) ?? [])
    : [];
  if (exponent === "") return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`; // an exponent only comes with 22 places and more, beyond all digits
}

const scientific = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;
