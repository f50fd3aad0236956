import { describe, expect, test } from "vitest";
import { examples } from "../examples.ts";
import type { AlertMessage, Message } from "../messages.ts";
import { type ChannelName, channelNames } from "./channel.ts";
import { channelOf, channels } from "./index.ts";

const settings = { chatId: "-100123" };
const render = (channel: ChannelName, message: Message) =>
  channels[channel].render(message, settings);

/** What strangers may write into a headline, an outlet's name or an article. */
const alertWith = (text: string): AlertMessage => {
  const alert = structuredClone(examples["alert.raised"]);
  return {
    ...alert,
    data: {
      ...alert.data,
      summary: text,
      entities: alert.data.entities.map((entity) => ({ ...entity, name: text })),
      sources: alert.data.sources.map((source) => ({ ...source, name: text, title: text })),
      evidence: alert.data.evidence.map((piece) => ({ ...piece, quote: text })),
      rule: { ...alert.data.rule, name: text, why: text },
    },
  };
};

const chats = channelNames.filter((name) => name !== "webhook");

describe.each(channelNames)("%s", (channel) => {
  test.each(Object.values(examples))("gets $type in the form it knows", async (message) => {
    const { headers, body } = render(channel, message);
    const shown = headers["content-type"]?.includes("json") ? JSON.parse(body) : body;
    await expect(JSON.stringify({ headers, body: shown }, null, 2)).toMatchFileSnapshot(
      `golden/${channel}.${message.type}.txt`,
    );
  });
});

describe.each(chats)("%s", (channel) => {
  test("carries who says so, both dates, and why it is told", () => {
    const { headers, body } = render(channel, examples["alert.raised"]);
    const text = (JSON.stringify(headers) + body).replaceAll("\\\\", "").replaceAll("\\", "");
    for (const fact of ["Example Wire", "2022-10-01 18:55", "2022-10-01 19:04", "my uncle"])
      expect(text).toContain(fact);
  });

  test("keeps hostile text from becoming headers, and is the same bytes each time", () => {
    const hostile = alertWith(
      "one\r\nBcc: x@evil.example\r\n\r\n<b>two</b>\u2028\u202Ethree\u0000",
    );
    const once = render(channel, hostile);
    expect(render(channel, structuredClone(hostile))).toEqual(once);
    for (const value of Object.values(once.headers)) expect(value).not.toMatch(/\p{Cc}/u);
    expect(JSON.stringify(once)).not.toContain("\u202E");
  });
});

const slackText = (message: Message): string => JSON.parse(render("slack", message).body).text;
const discordText = (message: Message): string =>
  JSON.parse(render("discord", message).body).content;
const telegramText = (message: Message): string =>
  JSON.parse(render("telegram", message).body).text;

test("Slack makes neither a mention nor a link nor a code block of a headline", () => {
  const text = slackText(
    alertWith("<!channel> <!here> <@U123> <https://evil.example|click> ```& @channel"),
  );
  expect(text.replaceAll("<https://wire.example/vadell-freed>", "")).not.toMatch(/[<`]/);
  expect(text).toContain("&lt;!channel&gt;");
  expect(text).toContain("&amp;");
});

test("Discord pings nobody and makes nothing of Markdown", () => {
  const hostile = alertWith("@everyone <@&1> [click](https://evil.example) **b** ||s|| `c` # h");
  const { allowed_mentions: mentions } = JSON.parse(render("discord", hostile).body);
  expect(mentions).toEqual({ parse: [] });
  const text = discordText(hostile);
  expect(text).not.toContain("@everyone");
  expect(text).not.toMatch(/(?<!\\)[[`|]/);
  expect(text).not.toMatch(/(?<!\\)<@/);
});

test("Telegram's HTML holds no tags but ours", () => {
  const text = telegramText(alertWith('<b>x</b> <a href="tg://user?id=1">y</a> & "z"'));
  expect(text.match(/<[^>]*>/g)?.map((tag) => tag.split(" ")[0])).toEqual(
    expect.arrayContaining(["<b>", "</b>"]),
  );
  expect(text).not.toContain('tg://user?id=1"');
  expect(text).toContain("&lt;b&gt;x&lt;/b&gt;");
  expect(text.match(/<a /g)).toHaveLength(1);
});

test("Teams reads its text as text, and mentions nobody", () => {
  const { body } = render("teams", alertWith("<at>All</at> [x](https://evil.example) **b**"));
  const card = JSON.parse(body).attachments[0].content;
  expect(body).not.toContain("<at>");
  expect(card.msteams).toBeUndefined();
  expect(card.body.every(({ type }: { type: string }) => type === "RichTextBlock")).toBe(true);
});

test("ntfy's title is one line of ASCII, whatever the language", () => {
  const { title } = render(
    "ntfy",
    alertWith("Liberan a José Ángel Pereira 😀\r\nX-Evil: 1"),
  ).headers;
  expect(title).toMatch(/^[\x20-\x7e]+$/);
  const words = title?.split(" ") ?? [];
  const decoded = words.map((word) =>
    Buffer.from(word.replace(/^=\?UTF-8\?B\?|\?=$/g, ""), "base64").toString(),
  );
  expect(words.every((word) => word.length <= 75)).toBe(true);
  expect(decoded.join("")).toBe("Liberan a José Ángel Pereira 😀 X-Evil: 1");
  const plain = render("ntfy", alertWith("=?UTF-8?B?ZXZpbA==?= in a headline")).headers.title;
  expect(plain).toMatch(/^=\?UTF-8\?B\?/);
  expect(plain).not.toContain("ZXZpbA");
});

describe("however long the headline", () => {
  const long = [
    alertWith("ñ".repeat(5_000)),
    alertWith('& < > " * _ @'.repeat(400)),
    alertWith("👩‍👩‍👧‍👦".repeat(800)),
    alertWith("\u05d0\u05d1".repeat(2_500)),
  ];
  test.each(long)("every channel's limit holds", (message) => {
    expect(slackText(message).length).toBeLessThanOrEqual(35_000);
    expect(discordText(message).length).toBeLessThanOrEqual(2_000);
    expect(telegramText(message).length).toBeLessThanOrEqual(4_096);
    const ntfy = render("ntfy", message);
    expect(Buffer.byteLength(ntfy.body)).toBeLessThanOrEqual(4_096);
    expect(render("mail", message).headers.subject?.length).toBeLessThanOrEqual(200);
    const card = JSON.parse(render("teams", message).body).attachments[0].content;
    const runs = card.body.flatMap(({ inlines }: { inlines: { text: string }[] }) => inlines);
    const texts = runs.map(({ text }: { text: string }) => text).join("");
    expect(texts.length).toBeLessThanOrEqual(1_000);
    for (const channel of channelNames)
      expect(JSON.stringify(render(channel, message)).isWellFormed()).toBe(true);
  });

  test.each(long)("an escape is never cut in two, and the link stays", (message) => {
    expect(discordText(message)).toMatch(/<https:\/\/wire\.example\/vadell-freed>$/);
    expect(telegramText(message)).toMatch(/<a href="[^"]+">Read<\/a>$/);
    expect(slackText(message)).toContain("<https://wire.example/vadell-freed>");
    expect(slackText(message).replace(/&(amp|lt|gt);/g, "")).not.toContain("&");
    expect(telegramText(message).replace(/&(amp|lt|gt|quot);/g, "")).not.toContain("&");
    expect(discordText(message)).not.toMatch(/(?<!\\)(\\\\)*\\…/);
  });
});

test.each([
  ["https://hooks.slack.com/services/T0/B0/x", "slack"],
  ["https://discord.com/api/webhooks/1/x", "discord"],
  ["https://discordapp.com/api/webhooks/1/x", "discord"],
  ["https://prod-1.westeurope.logic.azure.com:443/workflows/x", "teams"],
  ["https://acme.webhook.office.com/webhookb2/x", "teams"],
  ["https://ntfy.sh/topic", "ntfy"],
  ["https://api.telegram.org/bot1:x/sendMessage?chat_id=1", "telegram"],
  ["mailto:someone@example.org", "mail"],
  ["https://hooks.slack.com.evil.example/services/x", "webhook"],
  ["https://discord.com/other", "webhook"],
  ["https://example.org/hook", "webhook"],
])("%s is known as %s", (address, channel) => {
  expect(channelOf(new URL(address))).toBe(channel);
});
