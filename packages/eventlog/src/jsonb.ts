/**
 * JSON as Postgres spells a jsonb value: fields by length and then by bytes, one space after colon and comma, numbers without
 * exponent. Takes what JSON.stringify takes and leaves out what it leaves out. Every append passes here.
 */
export function spell(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return spellText(value);
    case "number":
      return spellNumber(value);
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
  if (Array.isArray(value)) return spellArray(value);
  const record = value as Record<string, unknown>;
  const { toJSON } = record;
  if (typeof toJSON === "function") return spell(toJSON.call(value));
  if (value instanceof String || value instanceof Number || value instanceof Boolean)
    return spell(value.valueOf());
  let fields = "";
  for (const name of inOrder(Object.keys(record))) {
    const spelled = spell(record[name]);
    if (spelled === undefined) continue;
    fields += fields === "" ? spellText(name) : `, ${spellText(name)}`;
    fields += `: ${spelled}`;
  }
  return `{${fields}}`;
}

function spellArray(values: readonly unknown[]): string {
  let items = "";
  for (const value of values) {
    if (items !== "") items += ", ";
    items += spell(value) ?? "null";
  }
  return `[${items}]`;
}

/** The same escapes on both sides; most texts need none, and asking costs less than JSON.stringify. */
const spellText = (text: string): string =>
  needsEscape.test(text) ? JSON.stringify(text) : `"${text}"`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON escapes
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Mostly a few short names, so the plainest way to sort is the fastest. */
function inOrder(names: string[]): string[] {
  const compare = beyondAscii.test(names.join("")) ? byBytes : byCharacters;
  if (names.length > 40) return names.sort(compare);
  for (let i = 1; i < names.length; i++) {
    const name = names[i] ?? "";
    let place = i;
    for (; place > 0 && compare(names[place - 1] ?? "", name) > 0; place--)
      names[place] = names[place - 1] ?? "";
    names[place] = name;
  }
  return names;
}

const byCharacters = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

const byBytes = (a: string, b: string): number =>
  Buffer.byteLength(a) - Buffer.byteLength(b) || Buffer.compare(Buffer.from(a), Buffer.from(b));

// biome-ignore lint/suspicious/noControlCharactersInRegex: the first character is where ASCII begins
const beyondAscii = /[^\u0000-\u007f]/;

/** JavaScript's shortest digits, written out. */
function spellNumber(value: number): string {
  if (!Number.isFinite(value)) return "null";
  const text = `${value}`;
  if (!text.includes("e")) return text;
  const [, sign = "", whole = "", fraction = "", exponent = ""] = scientific.exec(text) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`; // an exponent only comes with 22 places and more, beyond all digits
}

const scientific = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;
