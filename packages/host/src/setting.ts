import { z } from "zod";

/** What is declared of one setting beside its type. */
export interface About {
  readonly meaning: string;
  /** Environment variable, where it is not NEWSLEDGER_<SECTION>_<KEY>. */
  readonly env?: string;
  /** Never printed, and readable from a file named by <env>_FILE. */
  readonly secret?: boolean;
  /** Shown as the default where the value is worked out at the start. */
  readonly defaultText?: string;
}

export interface SettingMeta extends About {
  /** What a value must be, for the message when it is not. */
  readonly allowed: string;
}

/** A type with its declaration; sources give text or YAML values, so each kind reads both. */
const setting = <S extends z.ZodType>(schema: S, meta: SettingMeta): S => schema.meta({ ...meta });

export const text = (about: About) =>
  setting(z.string().trim().min(1), { ...about, allowed: "text, not empty" });

export const integer = (min: number, max: number, about: About) =>
  setting(z.preprocess(numberOf, z.int().min(min).max(max)), {
    ...about,
    allowed: `a whole number from ${min} to ${max}`,
  });

export const oneOf = <const V extends readonly [string, ...string[]]>(values: V, about: About) =>
  setting(z.enum(values), { ...about, allowed: values.join(", ") });

export const urlOf = (schemes: readonly string[], about: About) =>
  setting(
    z
      .string()
      .trim()
      .refine((value) => isUrl(value, schemes)),
    { ...about, allowed: `an address starting with ${schemes.map((s) => `${s}://`).join(" or ")}` },
  );

const listOf = (accepts: (value: string) => boolean) =>
  z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter((part) => part.trim()) : value),
    z.array(z.string().trim().toLowerCase().refine(accepts)),
  );

/** "example.test, 10.0.0.5:8080, [::1]:8080" or a list of such; lower case, brackets kept around IPv6. */
export const hostList = (about: About) =>
  setting(
    listOf((value) => isHost(value)),
    { ...about, allowed: "host or host:port, separated by commas; IPv6 in brackets: [::1]:8080" },
  );

/** The same, where a host stands for all below it: "corp.example", as others write ".corp.example", and "*" for every host. */
export const domainList = (about: About) =>
  setting(
    listOf((value) => value === "*" || isHost(withoutStar(value))).transform((hosts) =>
      hosts.map((host) => (host === "*" ? host : withoutStar(host))),
    ),
    {
      ...about,
      allowed: "host, host:port or *, separated by commas; no ranges of addresses (10.0.0.0/8)",
    },
  );

const withoutStar = (host: string): string => host.replace(/^\*?\./, "");

const numberOf = (value: unknown): unknown =>
  typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : value;

function isUrl(value: string, schemes: readonly string[]): boolean {
  const url = URL.parse(value);
  if (!url || !schemes.includes(url.protocol.slice(0, -1))) return false;
  // postgres:///name (a local socket) has no host; everything else must name one.
  return url.host !== "" || url.protocol.startsWith("postgres");
}

/** A host name, IPv4 or bracketed IPv6, with or without a port. A bare IPv6 is not: its end cannot be told from a port. */
function isHost(value: string): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)(?::(\d{1,5}))?$/.exec(
    value,
  );
  if (!match) return false;
  const [, host = "", port] = match;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return false;
  return URL.canParse(`http://${host}/`);
}
