import { describe, expect, it } from "vitest";
import { NotOpml, type OpmlFeed, readOpml, writeOpml } from "./opml.ts";

const feed = (url: string, more: Partial<OpmlFeed> = {}): OpmlFeed => ({
  url,
  title: "Diario",
  site: null,
  group: null,
  language: null,
  enabled: true,
  ...more,
});
const opml = (body: string) =>
  `<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>${body}</body></opml>`;

describe("a list of feeds", () => {
  it("comes back as it was written", () => {
    const feeds = [
      feed("https://a.example/feed", {
        group: "Press & <NGOs>",
        language: "es",
        site: "https://a.example/",
      }),
      feed("https://b.example/feed?a=1&b=2", {
        group: "Press & <NGOs>",
        title: 'The "B"',
        enabled: false,
      }),
      feed("https://c.example/feed"),
    ];
    const text = writeOpml("Ours & yours", feeds, new Date(0));
    expect(text).toContain('xmlns:newsledger="');
    expect(text).toContain("Thu, 01 Jan 1970 00:00:00 GMT");
    expect(readOpml(text)).toEqual({ title: "Ours & yours", feeds, problems: [] });
  });

  it("of another program is read: groups in groups, bare attributes, other capitals", () => {
    const text = opml(
      `<outline text="World"><outline text="Americas"><outline type="rss" TEXT="A" xmlurl="https://a.example/feed"/></outline></outline><outline text="B" xmlUrl="https://b.example/" htmlUrl="javascript:x"></outline>`,
    );
    expect(readOpml(Buffer.from(text)).feeds).toEqual([
      feed("https://a.example/feed", { title: "A", group: "World / Americas" }),
      feed("https://b.example/", { title: "B" }),
    ]);
  });

  it("with bad entries gives the good ones and names the others", () => {
    const { feeds, problems } = readOpml(
      opml(
        '<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://a.example/"/><outline xmlUrl="https://a.example/"/>',
      ),
    );
    expect(feeds).toEqual([feed("https://a.example/", { title: "https://a.example/" })]);
    expect(problems).toEqual([
      "“file:///etc/passwd” is not a web address and was left out.",
      "https://a.example/ is listed twice; the first was taken.",
    ]);
  });

  it("that is something else is refused", () => {
    for (const text of ["", "<rss/>", "{}"]) expect(() => readOpml(text)).toThrowError(NotOpml);
  });

  it.each([
    [
      "deep",
      opml(`${'<outline text="x">'.repeat(100_000)}<outline xmlUrl="https://a.example/"/>`),
      1,
    ],
    [
      "long",
      opml(
        Array.from({ length: 12_000 }, (_, n) => `<outline xmlUrl="https://a.example/${n}"/>`).join(
          "",
        ),
      ),
      10_000,
    ],
    [
      "full of entities",
      `<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>${opml('<outline text="&a;" xmlUrl="https://a.example/"/>')}`,
      1,
    ],
    ["cut off", opml('<outline xmlUrl="https://a.example/"/>').slice(0, -10), 1],
  ])("that is %s does no harm", (_, text, count) =>
    expect(readOpml(text).feeds).toHaveLength(count),
  );
});
