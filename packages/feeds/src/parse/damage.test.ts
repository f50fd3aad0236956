import { describe, expect, it } from "vitest";
import { NotAFeed } from "./not-a-feed.ts";
import { parseFeed } from "./parse.ts";

const parse = (text: string | Buffer) =>
  parseFeed({ bytes: Buffer.from(text), url: "https://news.example/feed" });
const titles = (text: string | Buffer) => parse(text).items.map(({ title }) => title);
const item = (title: string, more = "") =>
  `<item><title>${title}</title><link>https://news.example/${title}</link>${more}</item>`;
const channel = (inner: string) =>
  `<rss version="2.0"><channel><title>Diario</title>${inner}</channel></rss>`;
const good = channel(item("one") + item("two") + item("three"));

describe("a damaged feed gives every complete item", () => {
  it("wherever it is cut", () => {
    const ends = [...good.matchAll(/<\/item>/g)].map(({ index }) => index + "</item>".length);
    for (let at = good.indexOf("<title>"); at < good.length; at += 7) {
      const complete = ends.filter((end) => end <= at).length;
      expect(titles(good.slice(0, at)), `cut at ${at}`).toEqual(
        ["one", "two", "three"].slice(0, complete),
      );
    }
  });

  it("and says so", () => {
    expect(parse(good.slice(0, -60)).warnings).toEqual([
      "The document ends inside an item; that item was left out.",
    ]);
    expect(parse(good.slice(0, -6)).warnings).toEqual([
      "The document ends before its last end tag.",
    ]);
  });

  it.each([
    [
      "bare ampersands",
      channel(item("one") + item("two", "<description>a & b &nope; c</description>")),
    ],
    ["end tags of fields missing", good.replaceAll("</title><link>", "<link>")],
    ["end tags of items missing", good.replaceAll("</item>", "")],
    ["end tags that never opened", good.replaceAll("<link>", "</b></p><link>")],
    [
      "HTML that nobody escaped",
      channel(item("one", "<description><p>a<br><ul><li>b</description>") + item("two")),
    ],
    [
      "HTML entities that nobody declared",
      channel(item("one", "<description>&ntilde;&nbsp;</description>") + item("two")),
    ],
    ["control characters", good.replace("Diario", "Dia\u0000\u0008rio")],
    ["junk before it", `\n\n warning: something\n${good}`],
    ["junk after it", `${good}<script>track()</script>`],
    [
      "a second declaration",
      `<?xml version="1.0"?>${good.replace("<channel>", '<?xml version="1.0"?><channel>')}`,
    ],
    ["a prefix that nobody declared", channel(item("one", "<foo:bar>x</foo:bar>") + item("two"))],
    ["no version", good.replace(' version="2.0"', "")],
    ["one impossible date", channel(item("one", "<pubDate>32 Foo</pubDate>") + item("two"))],
    ["a comment that holds an item", channel(`${item("one")}<!-- ${item("no")} -->${item("two")}`)],
    ["an unclosed section", channel(`${item("one")}${item("two")}<item><title><![CDATA[no`)],
  ])("with %s", (_, text) => expect(titles(text).slice(0, 2)).toEqual(["one", "two"]));

  it("with a date that never was", () =>
    expect(titles(good.replace("<link>", "<pubDate><link>"))).toHaveLength(3));

  it("with more open tags than anybody follows, then a good item", () => {
    const feed = parse(
      channel(
        `<item><title>deep</title><description>${"<b>".repeat(5_000)}</description></item>${item("two")}`,
      ),
    );
    expect(feed.items.map(({ title }) => title)).toEqual(["deep", "two"]);
    expect(feed.warnings).toContain("Elements are nested too deeply; the innermost were left out.");
  });
});

describe("what is no feed is said to be none, and what it is instead", () => {
  it.each([
    ["empty", ""],
    ["empty", " \n\t "],
    ["html", "<!doctype html><html><head><title>x</title></head></html>"],
    ["html", "<html><body><rss><channel/></rss></body></html>"],
    ["json", '{"message":"not found"}'],
    ["json", '{"items":[1,2]}'],
    ["json", '{"version":"https://jsonfeed.org/version/1.1", cut'],
    ["opml", "<opml><body/></opml>"],
    ["sitemap-index", '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'],
    ["xml", "<?xml version='1.0'?><note>hi</note>"],
    ["text", "404 page"],
  ])("%s", (looksLike, text) => {
    expect(() => parse(text)).toThrowError(NotAFeed);
    expect(() => parse(text)).toThrowError(
      expect.objectContaining({ looksLike, code: "not-a-feed" }),
    );
  });
});

describe("an attack costs little", () => {
  it.each([
    [
      "deep nesting",
      channel(
        `<item><title>x</title><description>${"<b>".repeat(200_000)}${"</b>".repeat(200_000)}</description></item>`,
      ),
    ],
    ["deep nesting of items' fields", channel("<a>".repeat(100_000) + item("x"))],
    [
      "entities in entities",
      `<!DOCTYPE rss [<!ENTITY l0 "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("")}]>${channel(item("&l9;"))}`,
    ],
    [
      "one long entity, many times",
      `<!DOCTYPE rss [<!ENTITY l "${"x".repeat(1_000)}">]>${channel(`<item><title>x</title><description>${"&l;".repeat(100_000)}</description></item>`)}`,
    ],
    [
      "thousands of attributes",
      `<rss ${Array.from({ length: 50_000 }, (_, n) => `a${n}="x"`).join(" ")}><channel>${item("x")}</channel></rss>`,
    ],
    [
      "thousands of namespaces",
      `<rss><channel>${Array.from({ length: 200 }, (_, n) => `<x xmlns:p${n}="urn:${n}">`).join("")}${item("x")}`,
    ],
    [
      "thousands of fields",
      channel(`<item><title>x</title>${"<category>c</category>".repeat(50_000)}</item>`),
    ],
    ["a huge title", channel(item("T".repeat(5_000_000)))],
    ["open sections", channel(`<item><title>x</title></item>${"<![CDATA[".repeat(50_000)}`)],
    ["open declarations", "<!DOCTYPE [".repeat(50_000) + channel(item("x"))],
    [
      "open sections in comments in a body",
      channel(
        `<item><title>x</title><description><p>y</p><!-- ${"<![CDATA[".repeat(200_000)} --></description></item>`,
      ),
    ],
    ["ends of wrappers", atomOf(`<div>${"</div>".repeat(150_000)}`)],
    ["wrappers of text", atomOf(`<div>${"<div></div>".repeat(20_000)}`)],
    [
      "brackets in names",
      channel(`<item><author>${"a@b.c (".repeat(20_000)}</author><title>x</title></item>`),
    ],
  ])("%s", (_, text) => {
    // Anything worse than linear would take minutes and run into the limit of the test.
    const heapBefore = process.memoryUsage().heapUsed;
    const outcome = (() => {
      try {
        return parse(text).items;
      } catch (error) {
        return error;
      }
    })();
    expect(outcome instanceof NotAFeed || Array.isArray(outcome)).toBe(true);
    expect(JSON.stringify(outcome).length).toBeLessThan(4_000_000);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(400 << 20);
  });

  it("names that belong to objects are only names", () => {
    const feed = parse(
      channel(
        "<item><title>p</title><__proto__><polluted>yes</polluted></__proto__><constructor/></item>",
      ),
    );
    const json = parse(
      '{"version":"https://jsonfeed.org/version/1","__proto__":{"polluted":1},"items":[{"id":"1","__proto__":{"title":"no"}}]}',
    );
    expect(feed.items).toHaveLength(1);
    expect(json.items[0]?.title).toBe("");
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("more items than anybody reads are left out, and that is said", () => {
    const feed = parse(channel(Array.from({ length: 2_100 }, (_, n) => item(`n${n}`)).join("")));
    expect(feed.items).toHaveLength(2_000);
    expect(feed.warnings).toEqual(["Only the first 2000 items were read."]);
  });
});

function atomOf(content: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><content type="xhtml">${content}</content></entry></feed>`;
}
