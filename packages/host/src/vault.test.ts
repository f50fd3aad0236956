import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addKey, forgetOldKeys, installationVault, isSealed, openVault } from "./vault.ts";

const place = "webhook:1:secret";
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vault-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("what is sealed cannot be read, and opens again", () => {
  const vault = openVault(() => ["a passphrase"]);
  const sealed = vault.seal("whsec_ñ😀", place);
  expect(sealed).not.toContain("whsec");
  expect(isSealed(sealed)).toBe(true);
  expect(vault.open(sealed, place)).toBe("whsec_ñ😀");
  expect(vault.seal("whsec_ñ😀", place)).not.toBe(sealed);
});

test("sealed text that was moved, changed or sealed by another key does not open", () => {
  const vault = openVault(() => ["a passphrase"]);
  const sealed = vault.seal("secret", place);
  expect(() => vault.open(sealed, "webhook:2:secret")).toThrow(/changed, or belongs elsewhere/);
  const middle = sealed.length - 10;
  const changed = `${sealed.slice(0, middle)}${sealed[middle] === "A" ? "B" : "A"}${sealed.slice(middle + 1)}`;
  expect(() => vault.open(changed, place)).toThrow(/changed/);
  expect(() => vault.open(sealed.slice(0, 20), place)).toThrow();
  expect(() => vault.open("secret", place)).toThrow(/not sealed/);
  expect(() => openVault(() => ["another"]).open(sealed, place)).toThrow(/secret.key/);
});

test("the key lies in a file that only its owner reads, and stays the same", () => {
  const sealed = installationVault({ dataDir: dir }).seal("secret", place);
  expect(statSync(join(dir, "secret.key")).mode & 0o777).toBe(0o600);
  expect(installationVault({ dataDir: dir }).open(sealed, place)).toBe("secret");
});

test("a key in the settings makes no file", () => {
  const vault = installationVault({ dataDir: dir, secretKey: "from the environment" });
  expect(vault.open(vault.seal("secret", place), place)).toBe("secret");
  expect(() => statSync(join(dir, "secret.key"))).toThrow();
});

test("a new key seals from then on, a running process learns of it, and the old one can be forgotten", () => {
  const running = installationVault({ dataDir: dir });
  const before = running.seal("secret", place);
  addKey(dir);
  const rotating = installationVault({ dataDir: dir });
  expect(rotating.isCurrent(before)).toBe(false);
  const after = rotating.seal(rotating.open(before, place), place);
  expect(rotating.isCurrent(after)).toBe(true);
  expect(running.open(after, place)).toBe("secret");
  forgetOldKeys(dir);
  expect(readFileSync(join(dir, "secret.key"), "utf8").trim().split("\n")).toHaveLength(1);
  expect(() => installationVault({ dataDir: dir }).open(before, place)).toThrow(/sealed with key/);
  expect(installationVault({ dataDir: dir }).open(after, place)).toBe("secret");
});

test("an empty key file is not replaced: that would lose every secret", () => {
  writeFileSync(join(dir, "secret.key"), "");
  expect(() => installationVault({ dataDir: dir })).toThrow(/is empty/);
});
