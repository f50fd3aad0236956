import { describe, expect, it } from "vitest";
import { decodeFeed, decodeHtml } from "./decode.ts";

const xml = (label: string, text: string) =>
  `<?xml version="1.0"${label && ` encoding="${label}"`}?><t>${text}</t>`;
const utf16 = (text: string, little = true) => {
  const bytes = Buffer.from(text, "utf16le");
  return little ? bytes : bytes.swap16();
};
const utf32 = (text: string) =>
  Buffer.concat(
    [...text].map((char) =>
      Buffer.from([0, ...[16, 8, 0].map((by) => ((char.codePointAt(0) ?? 0) >> by) & 255)]),
    ),
  );

describe("a feed's encoding", () => {
  it.each<[string, Buffer, string | null, string]>([
    ["UTF-8 that nobody declared", Buffer.from("<t>año</t>"), null, "utf-8"],
    ["UTF-8 with a mark", Buffer.from("\ufeff<t>año</t>"), null, "utf-8"],
    [
      "Latin-1 by its declaration, read as windows-1252",
      Buffer.from(xml("iso-8859-1", "año"), "latin1"),
      null,
      "windows-1252",
    ],
    [
      "windows-1252 that nobody declared",
      Buffer.from("<t>año</t>", "latin1"),
      null,
      "windows-1252",
    ],
    [
      "windows-1252 under a label of UTF-8",
      Buffer.from(xml("utf-8", "año"), "latin1"),
      "text/xml; charset=utf-8",
      "windows-1252",
    ],
    [
      "HTTP before the declaration",
      Buffer.from(xml("koi8-r", "año"), "latin1"),
      'text/xml; charset="iso-8859-1"',
      "windows-1252",
    ],
    ["a label of Latin-1 over UTF-8", Buffer.from(xml("iso-8859-1", "año")), null, "utf-8"],
    [
      "a label that nobody knows",
      Buffer.from("<t>año</t>"),
      "text/xml; charset=klingon-8",
      "utf-8",
    ],
    ["UTF-16 with a mark", utf16("\ufeff<t>año</t>"), null, "utf-16le"],
    ["UTF-16, big end first, without a mark", utf16("<t>año</t>", false), null, "utf-16be"],
    [
      "UTF-16 without a mark under a label of UTF-8",
      utf16("<t>año</t>"),
      "text/xml; charset=utf-8",
      "utf-16le",
    ],
    ["text/* without a charset", Buffer.from("<t>a&#241;o</t>"), "text/xml", "us-ascii"],
    ["text/* that is more than ASCII", Buffer.from("<t>año</t>"), "text/xml", "utf-8"],
    ["UTF-32 without a mark", utf32("<t>año</t>"), null, "utf-32be"],
    [
      "a declaration of UTF-16 in a text that is none",
      Buffer.from(xml("utf-16", "año")),
      null,
      "utf-8",
    ],
  ])("%s", (_, bytes, contentType, encoding) => {
    const decoded = decodeFeed(bytes, contentType);
    expect(decoded.text.replace("&#241;", "ñ")).toContain("<t>año</t>");
    expect(decoded).toMatchObject({ encoding, damaged: false });
  });

  it.each([
    ["windows-1251", [0xcc, 0xe8, 0xf0], "Мир"],
    ["koi8-r", [0xed, 0xc9, 0xd2], "Мир"],
    ["gb2312", [0xd6, 0xd0], "中"],
    ["shift_jis", [0x93, 0xfa], "日"],
    ["windows-1252", [0x80, 0x96, 0x99], "€–™"],
    ["ascii", [0xe9], "é"],
  ])("%s", (label, bytes, text) => {
    const body = Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${label}"?><t>`),
      Buffer.from(bytes),
      Buffer.from("</t>"),
    ]);
    expect(decodeFeed(body, null).text).toContain(`<t>${text}</t>`);
  });

  it("damage costs the damaged characters only", () => {
    const broken = Buffer.concat([
      Buffer.from(`${xml("utf-8", "señal ")} (`),
      Buffer.from([0xff, 0x28]),
    ]);
    expect(decodeFeed(broken, null)).toMatchObject({ encoding: "utf-8", damaged: true });
    expect(decodeFeed(broken, null).text).toContain("señal");
  });
});

describe("a page's encoding", () => {
  it.each<[string, Buffer, string | null]>([
    ["by HTTP", Buffer.from("<p>año</p>", "latin1"), "text/html; charset=ISO-8859-1"],
    ["by its own word", Buffer.from('<meta charset="latin1"><p>año</p>', "latin1"), "text/html"],
    [
      "by its old word",
      Buffer.from(
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>año</p>',
        "latin1",
      ),
      null,
    ],
    ["by nothing", Buffer.from("<p>año</p>"), null],
    ["by nothing, and it is old", Buffer.from("<p>año</p>", "latin1"), null],
  ])("%s", (_, bytes, contentType) =>
    expect(decodeHtml(bytes, contentType)).toContain("<p>año</p>"),
  );
});
