import { describe, expect, test } from "vitest";
import { addressProblem, readAddress } from "./address.ts";

describe("what is shown of an address", () => {
  test.each([
    ["https://example.org/hooks/newsledger", "https://example.org/hooks/newsledger"],
    ["https://example.org/hook?key=s3cret", "https://example.org/hook?…"],
    ["https://hooks.slack.com/services/T0/B0/s3cret", "https://hooks.slack.com/…"],
    ["https://discord.com/api/webhooks/1/s3cret", "https://discord.com/…"],
    ["https://ntfy.sh/s3cret-topic", "https://ntfy.sh/…"],
    ["mailto:family@example.org", "mailto:family@example.org"],
  ])("%s is shown as %s", (address, shown) => {
    expect(readAddress(address).shown).toBe(shown);
  });

  test("a bot's token is not shown, its chat is", () => {
    const address = "https://api.telegram.org/bot1:s3cret/sendMessage?chat_id=-100123";
    const { shown, settings, url } = readAddress(address);
    expect(shown).toBe("https://api.telegram.org/… chat -100123");
    expect(settings).toEqual({ chatId: "-100123" });
    expect(url).toBe("https://api.telegram.org/bot1:s3cret/sendMessage");
  });
});

test.each([
  "https://api.telegram.org/bot1:x/sendMessage",
  "https://api.telegram.org/bot1:x/sendMessage?chat_id=%0d%0aX",
  "mailto:not an address",
  "mailto:a@example.org,b@example.org",
  "tel:123",
])("%s is no receiver", (address) => {
  expect(() => readAddress(address)).toThrow(/^add webhook/);
});

test("a channel can be named where it does not show, and must be one that there is", () => {
  expect(readAddress("https://chat.example.org/hooks/x", "slack").channel).toBe("slack");
  expect(() => readAddress("https://chat.example.org/x", "fax")).toThrow(
    /there are webhook, slack/,
  );
});

test.each([
  ["https://example.org/hook", [], true],
  ["https://example.org:8443/hook", [], true],
  ["https://example.org:9000/hook", [], false],
  ["http://example.org/hook", [], false],
  ["http://bridge.lan:9000/hook", ["bridge.lan:9000"], true],
  ["http://bridge.lan:9001/hook", ["bridge.lan:9000"], false],
  ["http://bridge.lan:9001/hook", ["bridge.lan"], true],
  ["http://[::1]:9000/hook", ["[::1]:9000"], true],
  ["https://me@example.org/hook", ["example.org"], false],
])("%s with %j open: %s", (address, open, taken) => {
  expect(addressProblem(address, open) === null).toBe(taken);
});
