import { expect, test } from "vitest";
import { placeOf } from "./place.ts";

test.each([
  [
    "postgres://me:secret@db.example:5432/ledger?sslmode=require",
    "postgres://db.example:5432/ledger",
  ],
  ["redis://:secret@127.0.0.1:6379/2", "redis://127.0.0.1:6379/2"],
  ["not a url", "an address that is not a URL"],
])("a message calls %s: %s", (url, place) => {
  expect(placeOf(url)).toBe(place);
});
