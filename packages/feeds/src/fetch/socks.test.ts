import { duplexPair } from "node:stream";
import { expect, test } from "vitest";
import { askSocks } from "./socks.ts";

/** A proxy that wants a user name and password, and what it is sent after that. */
async function asked(user: string, password: string) {
  const [ours, theirs] = duplexPair();
  const asking = askSocks(ours, { user, password }, { host: "gazette.example", port: 80 });
  theirs.write(Buffer.from([5, 2]));
  const outcome = await Promise.race([
    asking.then(
      () => "let in",
      (error: Error) => error.message,
    ),
    new Promise<string>((resolve) => setTimeout(resolve, 50, "was asked")),
  ]);
  ours.destroy();
  await asking.catch(() => {});
  return { outcome, sent: Buffer.from(theirs.read() ?? []).subarray(4) };
}

test("a user name and password that SOCKS has no room for are refused, not cut", async () => {
  const most = "ñ".repeat(127);
  const { outcome, sent } = await asked(most, most);
  expect(outcome).toBe("was asked");
  expect([sent[0], sent[1], sent.length]).toEqual([1, 254, 3 + 2 * 254]);
  for (const [user, password] of [
    ["ñ".repeat(128), "word"],
    ["name", "w".repeat(256)],
  ] as const)
    expect(await asked(user, password)).toMatchObject({
      outcome: "takes no user name or password of more than 255 bytes",
      sent: Buffer.alloc(0),
    });
});
