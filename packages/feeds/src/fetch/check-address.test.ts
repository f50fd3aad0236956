import { expect, test } from "vitest";
import { checkAddress } from "./check-address.ts";
import type { Resolve } from "./guard.ts";

const names: Readonly<Record<string, string>> = {
  "public.test": "93.184.216.34",
  "inward.test": "10.0.0.7",
};
const resolve: Resolve = (host, _options, done) => {
  const address = names[host];
  if (address) done(null, [{ address, family: 4 }]);
  else done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []);
};

test.each([
  "https://public.test/hook",
  "http://8.8.8.8/hook",
  "http://127.0.0.1:9000/hook", // opened by name below
])("%s may be called", async (address) => {
  await expect(
    checkAddress(address, { resolve, allowHosts: ["127.0.0.1:9000"] }),
  ).resolves.toBeUndefined();
});

test.each([
  ["https://inward.test/hook", /not.*public|private/i],
  ["http://127.0.0.1:9001/hook", /127\.0\.0\.1/],
  ["http://2130706433/hook", /127\.0\.0\.1/],
  ["http://[::ffff:127.0.0.1]/hook", /7f00|127/],
  ["http://169.254.1.1/", /169\.254/],
  ["https://nowhere.test/hook", /cannot be found/],
  ["ftp://public.test/hook", /only http and https/],
  ["https://me:secret@public.test/hook", /user name or a password/],
  ["hook", /not a web address/],
])("%s is refused when it is saved, with a reason", async (address, reason) => {
  await expect(checkAddress(address, { resolve, allowHosts: ["127.0.0.1:9000"] })).rejects.toThrow(
    reason,
  );
});
