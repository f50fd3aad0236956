import { expect, test } from "vitest";
import { registrableDomain } from "./domain.ts";

test.each([
  ["news.example.com", "example.com"],
  ["example.com", "example.com"],
  ["a.b.example.com:8443", "example.com"],
  ["feeds.bbci.co.uk", "bbci.co.uk"],
  ["www.eluniversal.com.ve", "eluniversal.com.ve"],
  ["www.minci.gob.ve", "minci.gob.ve"],
  ["co.uk", "co.uk"],
  ["me.example.io", "example.io"],
  ["127.0.0.1:8080", null],
  ["[::1]:80", null],
  ["localhost", null],
])("%s belongs to %s", (host, domain) => {
  expect(registrableDomain(host)).toBe(domain);
});
