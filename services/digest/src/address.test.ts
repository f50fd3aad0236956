import { expect, test } from "vitest";
import { AddressInvalid, checkAddress, domainOf, parseSender } from "./address.ts";

test.each(["reader@localhost", "ana.prado+news@example.org", "o'neill@example.org"])(
  "%s can be written to",
  (address) => {
    expect(checkAddress(address)).toBe(address);
  },
);

test.each([
  "",
  "reader",
  "a@b, c@d",
  "a@b\r\nBcc: c@d",
  "<a@b>",
  "a b@c",
  '"a b"@c',
  "a@-b",
  "a@b..c",
  `${"a".repeat(65)}@b`,
  "a@b@c",
  "a@b;c",
])("%j is refused", (address) => {
  expect(() => checkAddress(address)).toThrow(AddressInvalid);
});

test.each([
  ["Newsledger <news@example.org>", { name: "Newsledger", address: "news@example.org" }],
  ['"The desk" <desk@example.org>', { name: "The desk", address: "desk@example.org" }],
  ["news@example.org", { name: "", address: "news@example.org" }],
])("the sender %j", (text, expected) => {
  expect(parseSender(text)).toEqual(expected);
});

test("a sender that is none is refused when it is read, not when mail is sent", () => {
  expect(() => parseSender("Newsledger")).toThrow(AddressInvalid);
});

test("the domain is what stands after the @", () => {
  expect(domainOf({ name: "", address: "news@mail.example.org" })).toBe("mail.example.org");
});
