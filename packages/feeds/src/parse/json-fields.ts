import { cleanText } from "../text/clean.ts";

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The first of the fields that says something; numbers are taken as they are written. */
export function string(of: Json, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = Object.hasOwn(of, key) ? of[key] : undefined;
    // JSON can escape what the text itself may not contain.
    if (typeof value === "string" && value.trim() !== "") return cleanText(value);
    if (typeof value === "number") return String(value);
  }
  return null;
}

export function list(of: Json, key: string): readonly unknown[] | null {
  const value = Object.hasOwn(of, key) ? of[key] : undefined;
  return Array.isArray(value) ? value : null;
}

/** Version 1.1 of JSON Feed lists authors, version 1 has one. */
export function authors(of: Json): string | null {
  const single = of.author;
  const people = [single, ...(list(of, "authors") ?? [])].filter(isObject);
  const names = people.map((person) => string(person, "name") ?? "").filter(Boolean);
  if (names.length > 0) return [...new Set(names)].join(", ");
  return typeof single === "string" ? single : null;
}
