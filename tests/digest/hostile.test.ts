import { HtmlValidate } from "html-validate";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { createSmtpSink } from "../tools/smtp-sink.mjs";
import { setStage, stage } from "./stage.ts";

setStage();

/** What mail needs differently from pages: styles within, tables of presentation aside. */
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "no-inline-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    "require-sri": "off",
    "doctype-style": "off",
    "void-style": "off",
    "text-content": "off",
  },
});

const long = "Y".repeat(5_000);
const hostile = [
  "News\r\nBcc: victim@example.org\r\nX-Injected: 1\r\n\r\n<b>body</b>",
  "</title><script>alert(document.cookie)</script><img src=x onerror=alert(1)>",
  `<!--/reader--><a href="javascript:alert(1)">x</a> "quoted" 'single' & &amp;`,
  long,
  `${"📰".repeat(1_300)} emoji`,
  "أُفرج عن السجين \u202Eevil\u202C \u2067abc يوم الاثنين",
  "\u{f0000}\u{f0001}\u{f0002}\u{f0003} marks of ours",
  "=?utf-8?B?SW5qZWN0ZWQ=?= already encoded",
  ".\r\n.\r\nQUIT",
];

async function mailOf(titles: readonly string[], name: string, language: "en" | "es" = "en") {
  await using sink = {
    sink: await createSmtpSink(),
    async [Symbol.asyncDispose]() {
      await this.sink.close();
    },
  };
  await stage.subscribe({ topics: ["citgo-6"], name, language });
  for (const [nth, title] of titles.entries())
    await stage.report({
      document: `h${nth}`,
      title,
      source: `Wire "${nth}" <x>\r\nSubject: other`,
    });
  await stage.comeDue();
  await stage.start({ smtp: sink.sink.cfg.port });
  const [kept] = await until(
    async () => sink.sink.st.mail,
    (mails) => mails.length > 0,
    { everyMs: 20 },
  );
  return { kept, summary: sink.sink.summary(), mail: await simpleParser(kept?.raw ?? "") };
}

test.each(["en", "es"] as const)(
  "whatever sources put into titles, the mail stays one mail, with its headers, and its HTML is valid (%s)",
  async (language) => {
    const { kept, summary, mail } = await mailOf(
      hostile,
      'Ana "la jefa" O’Brien, <x@y>\r\nBcc: z@example.org',
      language,
    );
    expect(summary).toMatchObject({ accepted: 1, injected: 0, bareLf: 0 });
    expect(kept?.rcpt).toEqual(["<reader@example.org>"]);
    expect(mail.headers.has("bcc")).toBe(false);
    expect([mail.to].flat()).toMatchObject([{ value: [{ address: "reader@example.org" }] }]);
    expect(mail.subject?.length).toBeLessThan(200);
    const html = mail.html || "";
    expect(html).not.toMatch(/<script|<img|<b>|onerror=alert\(1\)>|href="javascript:/i);
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u{f0000}-\u{f0003}]/u);
    expect(Buffer.byteLength(html)).toBeLessThan(80_000);
    const { valid, results } = await validator.validateString(html);
    expect(
      results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      ),
    ).toEqual([]);
    expect(valid).toBe(true);
    // No header line is longer than a mail server takes (RFC 5322 §2.1.1), and none is empty.
    const head = (kept?.raw ?? "").split("\r\n\r\n")[0] ?? "";
    expect(Math.max(...head.split("\r\n").map((line) => Buffer.byteLength(line)))).toBeLessThan(
      998,
    );
    const body = (kept?.raw ?? "").split("\r\n");
    expect(Math.max(...body.map((line) => Buffer.byteLength(line)))).toBeLessThan(998);
  },
);

test.each(hostile)(
  "a single story with this title makes a subject of one line: %j",
  async (title) => {
    const { summary, mail } = await mailOf([title], "Ana");
    expect(summary).toMatchObject({ accepted: 1, injected: 0 });
    expect(mail.subject).toMatch(/^Citgo 6: ./);
    expect(mail.subject).not.toMatch(/[\r\n\u202e]/);
    expect(mail.text).toContain("Citgo 6");
  },
);

test("a right-to-left title keeps its direction to itself", async () => {
  const { mail } = await mailOf([hostile[5] ?? ""], "Ana");
  expect(mail.html).toMatch(/<bdi lang="en">أُفرج[^<]*<\/bdi>/);
});
