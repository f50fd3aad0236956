import { describe, expect, it } from "vitest";
import { parseFeed } from "./parse.ts";
import type { ParsedFeed, ParsedItem } from "./types.ts";

const parse = (text: string, url = "https://news.example/feed.xml"): ParsedFeed =>
  parseFeed({ bytes: Buffer.from(text), url });
const rss = (inner: string, attributes = 'version="2.0"') =>
  `<rss ${attributes} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Diario</title><link>https://news.example/</link>${inner}</channel></rss>`;
const atom = (inner: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Journal</title><link href="https://news.example/"/>${inner}</feed>`;
const one = (text: string): ParsedItem => {
  const item = parse(text).items[0];
  if (!item) throw new Error("no item");
  return item;
};

describe("every kind of feed gives the same kind of item", () => {
  const expected = {
    guid: "urn:n:1",
    title: "Freed & home",
    link: "https://news.example/a/1",
    published: "2021-12-10T12:00:00.000Z",
    publishedConfidence: "exact",
    author: "Ana Pérez",
  };
  it.each<[ParsedFeed["format"], string]>([
    [
      "rss",
      rss(
        "<item><title>Freed &amp; home</title><link>/a/1</link><guid isPermaLink='false'>urn:n:1</guid><pubDate>Fri, 10 Dec 2021 08:00:00 -0400</pubDate><author>ana@news.example (Ana Pérez)</author><description>&lt;p&gt;Five men&lt;/p&gt;</description></item>",
      ),
    ],
    [
      "rdf",
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Diario</title><link>https://news.example/</link></channel><item rdf:about="urn:n:1"><title>Freed &amp; home</title><link>https://news.example/a/1</link><d:date>2021-12-10T12:00Z</d:date><d:creator>Ana Pérez</d:creator><description>Five men</description></item></rdf:RDF>`,
    ],
    [
      "atom",
      atom(
        `<entry><id>urn:n:1</id><title type="html">Freed &amp;amp; &lt;b&gt;home&lt;/b&gt;</title><link rel="self" href="/wrong"/><link href="/a/1"/><published>2021-12-10T12:00:00Z</published><author><name>Ana Pérez</name></author><summary>Five men</summary></entry>`,
      ),
    ],
    [
      "atom",
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Journal</title><entry><id>urn:n:1</id><title mode="escaped" type="text/html">Freed &amp;amp; home</title><link rel="alternate" href="https://news.example/a/1"/><issued>2021-12-10T08:00:00-04:00</issued><author><name>Ana Pérez</name></author><summary>Five men</summary></entry></feed>`,
    ],
    [
      "json",
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        title: "Journal",
        items: [
          {
            id: "urn:n:1",
            url: "/a/1",
            title: "Freed & home",
            content_html: "<p>Five men</p>",
            date_published: "2021-12-10T12:00:00Z",
            authors: [{ name: "Ana Pérez" }],
          },
        ],
      }),
    ],
  ])("%s", (format, text) => {
    expect(parse(text).format).toBe(format);
    expect(one(text)).toMatchObject({ ...expected, summary: "Five men" });
  });

  it("a news sitemap names its articles", () => {
    const feed = parse(
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://news.example/a/1</loc><n:news><n:publication><n:name>Diario</n:name><n:language>es</n:language></n:publication><n:publication_date>2021-12-10</n:publication_date><n:title>Libres</n:title><n:keywords>Citgo, Caracas</n:keywords></n:news></url></urlset>`,
    );
    expect(feed).toMatchObject({
      format: "sitemap",
      items: [
        {
          title: "Libres",
          link: "https://news.example/a/1",
          published: "2021-12-10T00:00:00.000Z",
          publishedConfidence: "assumed",
          language: "es",
          categories: ["Citgo", "Caracas"],
        },
      ],
    });
  });

  it("the channel definition format, once more", () => {
    const feed = parse(
      '<CHANNEL HREF="https://news.example/"><TITLE>Old</TITLE><ITEM HREF="https://news.example/a" LASTMOD="2001-01-01T00:00Z"><TITLE>One</TITLE><ABSTRACT>Words</ABSTRACT></ITEM></CHANNEL>',
    );
    expect(feed).toMatchObject({
      format: "cdf",
      items: [
        {
          title: "One",
          link: "https://news.example/a",
          summary: "Words",
          published: "2001-01-01T00:00:00.000Z",
        },
      ],
    });
  });
});

describe("what a feed says of itself", () => {
  it("how often to come back, in which language, where it announces news", () => {
    const feed = parse(
      rss(
        '<language>es-VE</language><ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://wrong.example/"/>',
      ),
    );
    expect(feed).toMatchObject({
      title: "Diario",
      link: "https://news.example/",
      language: "es-VE",
      ttlSeconds: 1_800,
      updatePeriodSeconds: 1_800,
      hub: "https://hub.example/",
      self: "https://wrong.example/",
    });
  });

  it("titles of its picture and its search box are not its title", () => {
    expect(
      parse(
        "<rss><channel><image><title>Logo</title></image><textInput><title>Search</title></textInput><title>Diario</title></channel></rss>",
      ).title,
    ).toBe("Diario");
  });

  it("without a title it is called by its address", () => {
    expect(parse("<rss><channel><link>https://news.example/</link></channel></rss>").title).toBe(
      "https://news.example/",
    );
  });
});

describe("titles are plain text", () => {
  it.each([
    ["AT&amp;T sues", "AT&T sues"],
    ["AT&amp;amp;T sues", "AT&T sues"],
    ["<![CDATA[Ni&ntilde;os &#8220;libres&#8221;]]>", "Niños “libres”"],
    ["&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"],
    ["<b>Bold</b> move", "Bold move"],
    ["How &lt;script&gt; works", "How <script> works"],
    ["&lt;script&gt;alert(1)&lt;/script&gt;Title", "Title"],
    ["5 &lt; 6", "5 < 6"],
    ["two\n   lines", "two lines"],
    ["a&#13;&#10;Bcc: x&#0;", "a Bcc: x"],
    ["safe&#x202e;gpj", "safegpj"],
  ])("%s", (raw, title) =>
    expect(one(rss(`<item><title>${raw}</title></item>`)).title).toBe(title),
  );

  it.each([
    ["text", 'type="text"', "a &lt;b&gt; c", "a <b> c"],
    ["html", 'type="html"', "a &lt;b&gt;c&lt;/b&gt;", "a c"],
    [
      "xhtml",
      'type="xhtml"',
      '<x:div xmlns:x="http://www.w3.org/1999/xhtml">a <x:b>c</x:b> &lt;d></x:div>',
      "a c <d>",
    ],
    ["base64", 'mode="base64" type="text/html"', "YSA8Yj5jPC9iPg==", "a c"],
  ])("as Atom's %s", (_, attributes, raw, title) => {
    expect(one(atom(`<entry><title ${attributes}>${raw}</title></entry>`)).title).toBe(title);
  });

  it("come from the text when there is none, and from the link when there is no text", () => {
    expect(
      one(rss("<item><description>The &lt;b&gt;first&lt;/b&gt; words</description></item>")).title,
    ).toBe("The first words");
    expect(one(rss("<item><link>https://news.example/a</link></item>")).title).toBe(
      "https://news.example/a",
    );
  });
});

describe("bodies stay as they came, and have a plain summary", () => {
  it("description and full content are two things", () => {
    const item = one(
      rss(
        "<item><title>t</title><description>&lt;i&gt;Short&lt;/i&gt;</description><content:encoded><![CDATA[<p>Long &amp; full</p><script>x</script>]]></content:encoded></item>",
      ),
    );
    expect(item).toMatchObject({
      summary: "Short",
      description: "<i>Short</i>",
      content: "<p>Long &amp; full</p><script>x</script>",
    });
  });

  it("HTML that was not escaped keeps its tags", () => {
    const item = one(
      rss(
        "<item><title>t</title><description><p>One<br>two <img src='x'> three</description><link>https://news.example/1</link></item>",
      ),
    );
    expect(item).toMatchObject({
      description: "<p>One<br>two <img src='https://news.example/x'> three",
      summary: "One\ntwo three",
      link: "https://news.example/1",
    });
  });

  it("XHTML loses its wrapper and its prefix", () => {
    const item = one(
      atom(
        '<entry><content type="xhtml" xmlns:h="http://www.w3.org/1999/xhtml"><h:div><h:p>Hi <h:b>there</h:b></h:p></h:div></content></entry>',
      ),
    );
    expect(item).toMatchObject({ content: "<p>Hi <b>there</b></p>", summary: "Hi there" });
  });

  it("text that is text becomes HTML that shows it", () => {
    expect(one(atom("<entry><content>1 &lt; 2 &amp;amp;</content></entry>")).content).toBe(
      "1 &lt; 2 &amp;amp;",
    );
  });
});

describe("links are absolute", () => {
  it.each([
    ["from the feed's own site", rss("<item><link>b/2</link></item>"), "https://news.example/b/2"],
    [
      "from xml:base on the item",
      rss("<item xml:base='https://other.example/x/'><link>b</link></item>"),
      "https://other.example/x/b",
    ],
    [
      "from xml:base on the way down",
      atom("<entry xml:base='/sub/'><link xml:base='deep/' href='b'/></entry>"),
      "https://news.example/sub/deep/b",
    ],
    [
      "from the document",
      "<rss><channel><item><link>c</link></item></channel></rss>",
      "https://news.example/c",
    ],
    [
      "from the guid when it says so",
      rss("<item><guid>https://news.example/g</guid></item>"),
      "https://news.example/g",
    ],
    ["in an attribute of RSS", rss("<item><link href='/h'/></item>"), "https://news.example/h"],
    [
      "the page rather than its other forms",
      atom(
        "<entry><link rel='alternate' type='application/pdf' href='/p.pdf'/><link rel='alternate' type='text/html' href='/p'/></entry>",
      ),
      "https://news.example/p",
    ],
  ])("%s", (_, text, link) => expect(one(text).link).toBe(link));

  it.each([
    ["javascript:alert(1)"],
    ["data:text/html,x"],
    ["mailto:a@b.example"],
    [""],
    [`https://news.example/${"p".repeat(3_000)}`],
  ])("%.30s is no link", (link) => {
    expect(one(rss(`<item><title>t</title><link>${link}</link></item>`)).link).toBeNull();
  });

  it("a guid that is no permalink is no link", () => {
    const item = one(rss("<item><guid isPermaLink='false'>https://news.example/g</guid></item>"));
    expect(item).toMatchObject({ link: null, guidIsPermalink: false });
  });
});

describe("names of namespaces", () => {
  it.each([
    ["another prefix", 'xmlns:x="http://purl.org/dc/elements/1.1/"', "<x:creator>Ana</x:creator>"],
    ["no declaration", "", "<dc:creator>Ana</dc:creator>"],
    [
      "another spelling of the address",
      'xmlns:dc="HTTP://PURL.ORG/DC/ELEMENTS/1.1"',
      "<dc:creator>Ana</dc:creator>",
    ],
    ["capitals", "", "<DC:Creator>Ana</DC:Creator>"],
  ])("do not matter: %s", (_, declared, field) => {
    expect(one(`<rss ${declared}><channel><item>${field}</item></channel></rss>`).author).toBe(
      "Ana",
    );
  });

  it("a foreign title is not the title", () => {
    expect(
      one(
        rss(
          '<item><title xmlns="urn:foreign">No</title><media:group><media:title>No</media:title></media:group><title>Yes</title></item>',
        ),
      ).title,
    ).toBe("Yes");
  });
});

describe("the rest of an item", () => {
  it("people: several, from the feed, without a name", () => {
    expect(
      one(atom("<entry><author><name>A</name></author><author><name>B</name></author></entry>"))
        .author,
    ).toBe("A, B");
    expect(one(atom("<author><name>Desk</name></author><entry/>")).author).toBe("Desk");
    expect(one(rss("<item><itunes:author>C</itunes:author></item>")).author).toBe("C");
  });

  it("subjects and attachments, each once", () => {
    const item = one(
      rss(
        '<item><category>Mundo</category><category>Mundo</category><dc:subject>Citgo</dc:subject><enclosure url="/a.mp3" type="audio/mpeg" length="9"/><media:content url="https://cdn.example/i.jpg"/><enclosure url="javascript:x"/></item>',
      ),
    );
    expect(item.categories).toEqual(["Mundo", "Citgo"]);
    expect(item.enclosures).toEqual([
      { url: "https://news.example/a.mp3", type: "audio/mpeg", length: 9 },
      { url: "https://cdn.example/i.jpg", type: null, length: null },
    ]);
  });

  it("a date that cannot be read costs that date only, and is kept as it was", () => {
    const feed = parse(rss("<item><title>t</title><pubDate>next week</pubDate></item>"));
    expect(feed.items[0]).toMatchObject({
      title: "t",
      published: null,
      publishedRaw: "next week",
      publishedConfidence: null,
    });
    expect(feed.warnings).toEqual(["A date could not be read."]);
  });

  it("what was only updated was published then", () => {
    expect(one(atom("<entry><updated>2021-12-10T12:00:00Z</updated></entry>"))).toMatchObject({
      published: "2021-12-10T12:00:00.000Z",
      updated: "2021-12-10T12:00:00.000Z",
    });
  });

  it("its own language before the feed's", () => {
    const feed = parse(rss("<language>en</language><item xml:lang='es_VE'/><item/>"));
    expect(feed.items.map(({ language }) => language)).toEqual(["es-ve", "en"]);
  });
});
