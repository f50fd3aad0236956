import { expect, test } from "vitest";
import { contentId, contentUuid, textHash } from "./ids.ts";

test("the id of the same content is the same for ever", () => {
  expect(contentId("item", "feed", "guid-1")).toBe("sysfjla3lyvbv4vbix6xflhsax");
  expect(contentUuid("item", "guid-1")).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test("where one part ends and the next begins makes a difference", () => {
  expect(contentId("ab", "c")).not.toBe(contentId("a", "bc"));
  expect(contentUuid("ab", "c")).not.toBe(contentUuid("a", "bc"));
});

test("an id fits where queues, file names and addresses want it: 26 letters and digits, no colon", () => {
  expect(contentId("x")).toMatch(/^[a-z2-7]{26}$/);
});

test("a text's address is its SHA-256", () => {
  expect(textHash("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
