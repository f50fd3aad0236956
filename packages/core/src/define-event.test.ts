import { expect, test } from "vitest";
import { z } from "zod";
import { defineEvent, EventFromTheFuture, EventInvalid } from "./define-event.ts";

const renamed = defineEvent({
  type: "thing.renamed",
  schema: z.object({ names: z.array(z.string()).min(1) }),
  upcast: {
    1: (old: { name: string }) => ({ name: old.name, alias: null }),
    2: (old: { name: string; alias: string | null }) => ({
      names: old.alias ? [old.name, old.alias] : [old.name],
    }),
  },
});

test("an event's version is one more than the number of older shapes it can read", () => {
  expect(renamed.version).toBe(3);
  expect(renamed.create({ names: ["a"] })).toEqual({
    type: "thing.renamed",
    schemaVersion: 3,
    data: { names: ["a"] },
    occurredAt: undefined,
  });
});

test.each([
  { version: 1, stored: { name: "a" }, read: { names: ["a"] } },
  { version: 2, stored: { name: "a", alias: "b" }, read: { names: ["a", "b"] } },
  { version: 3, stored: { names: ["c"] }, read: { names: ["c"] } },
])("data stored as version $version is read as today's", ({ version, stored, read }) => {
  expect(renamed.decode(version, stored)).toEqual(read);
});

test("an event written by a newer program is refused, not guessed at", () => {
  expect(() => renamed.decode(4, { names: ["a"] })).toThrow(EventFromTheFuture);
});

test("data that does not fit is refused when it is made and when it is read, naming the event", () => {
  expect(() => renamed.create({ names: [] })).toThrow(EventInvalid);
  expect(() => renamed.decode(3, { names: "a" })).toThrow(/thing\.renamed/);
});
