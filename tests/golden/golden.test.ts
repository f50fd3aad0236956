import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EventFromTheFuture, EventUnknown, events, newsCodec } from "@newsledger/core";
import { describe, expect, test } from "vitest";

/** One event as some version wrote it. `today` is there where today's shape differs. Never edited: ledgers hold such data. */
interface Golden {
  readonly type: string;
  readonly schemaVersion: number;
  readonly stored: unknown;
  readonly today?: unknown;
}

const directory = import.meta.dirname;
const versions = Object.values(events).flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, index) => `${type}@${index + 1}.json`),
);

test.each(versions)("there is an example of %s", (name) => {
  expect(existsSync(join(directory, name)), `write tests/golden/${name}`).toBe(true);
});

test("no event that a ledger may hold has been forgotten by the program", async () => {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".json"));
  expect(files.filter((name) => !versions.includes(name))).toEqual([]);
});

describe.each(versions.filter((name) => existsSync(join(directory, name))))("%s", (name) => {
  const read = async (): Promise<Golden> =>
    JSON.parse(await readFile(join(directory, name), "utf8"));

  test("is read as today's data", async () => {
    const { type, schemaVersion, stored, today = stored } = await read();
    expect(`${type}@${schemaVersion}.json`).toBe(name);
    expect(newsCodec.decode(type, schemaVersion, stored)).toEqual(today);
  });

  test("is refused when a field it cannot do without is missing", async () => {
    const { type, schemaVersion } = await read();
    expect(() => newsCodec.decode(type, schemaVersion, {})).toThrow(`event ${type}`);
  });
});

test.each(Object.values(events))("$type from a newer program is refused, and told so", (event) => {
  const decode = () => newsCodec.decode(event.type, event.version + 1, {});
  expect(decode).toThrow(EventFromTheFuture);
  expect(decode).toThrow(
    `event ${event.type}: stored as version ${event.version + 1}, this program knows up to ${event.version}: upgrade`,
  );
});

test("a type that only a newer program knows is refused, and told so", () => {
  const decode = () => newsCodec.decode("story.closed", 1, {});
  expect(decode).toThrow(EventUnknown);
  expect(decode).toThrow("event story.closed: not a type that this program knows: upgrade");
});
