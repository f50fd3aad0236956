import { expect, test } from "vitest";
import { NotAFeed } from "./not-a-feed.ts";
import { parseFeed } from "./parse.ts";

/** Documents that nobody thought of: good ones with pieces removed, doubled, swapped and put where they do not belong. */

const item = (n: number) =>
  `<item><title>Story ${n} &amp; more</title><link>https://gazette.example/${n}</link><guid>g${n}</guid><pubDate>Fri, 10 Dec 2021 12:0${n}:00 GMT</pubDate><description><![CDATA[<p>Words <b>of</b> story ${n}</p>]]></description></item>`;
const entry = (n: number) =>
  `<entry xml:base="/a/"><title type="html">&lt;i&gt;Entry&lt;/i&gt; ${n}</title><link rel="alternate" href="${n}"/><id>urn:${n}</id><updated>2021-12-10T12:00:0${n}Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words</p></div></content></entry>`;
const seeds = [
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Gaceta</title>${[1, 2, 3].map(item).join("\n")}</channel></rss>`,
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>Gaceta</title>${[1, 2, 3].map(entry).join("")}</feed>`,
  `<!DOCTYPE rdf [<!ENTITY co "Acme">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>&co;</title></channel>${item(4)}</rdf:RDF>`,
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Gaceta",
    items: [{ id: "1", url: "/1", content_html: "<p>Words</p>", tags: ["a"] }],
  }),
].map((text) => Buffer.from(text));

const strange =
  "< > <![CDATA[ ]]> <!-- --> & &#x110000; &co; <item> </item> <entry> </feed> </channel> <a_href=' <!DOCTYPE_x_[<!ENTITY_a_'&a;&a;'> <div> \u0000 xml:base=' { [ \" \\u0000 <? ?> <rss> <content_type='xhtml'> ( <title> 2004-01-01T </div></div> = GMT+ 年"
    .split(" ")
    .map((piece) => Buffer.from(piece.replaceAll("_", " ")));

/** A number below `limit` that follows from those before: the same documents at every run. */
function chance(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function changed(document: Buffer, next: (limit: number) => number): Buffer {
  const at = next(document.length + 1);
  const [before, after] = [document.subarray(0, at), document.subarray(at)];
  const piece = strange[next(strange.length)] ?? document;
  const other = seeds[next(seeds.length)] ?? document;
  switch (next(6)) {
    case 0:
      return Buffer.concat([before, after.subarray(next(60))]);
    case 1:
      return Buffer.concat([before, Buffer.from([next(256)]), after.subarray(1)]);
    case 2:
      return before;
    case 3:
      return Buffer.concat([before, other.subarray(next(other.length)), after]);
    case 4: // many times, now and then
      return Buffer.concat([
        before,
        Buffer.alloc(piece.length * (next(40) ? 1 : 20_000), piece),
        after,
      ]);
    default:
      return Buffer.concat([before, ...Array(next(4)).fill(after.subarray(0, next(300))), after]);
  }
}

test("whatever comes, the answer is a feed or the one typed refusal, and it comes soon", {
  timeout: 60_000,
}, () => {
  const next = chance(20_046);
  let refused = 0;
  for (let run = 0; run < 1_500; run++) {
    let bytes: Buffer = seeds[next(seeds.length)] ?? Buffer.alloc(0);
    for (let changes = 1 + next(5); changes > 0; changes--) bytes = changed(bytes, next);
    const before = process.cpuUsage();
    try {
      const { items } = parseFeed({ bytes, url: "https://gazette.example/feed" });
      for (const { link, published, title } of items) {
        if (link !== null) expect(link).toMatch(/^https?:\/\//);
        if (published !== null) expect(new Date(published).toISOString()).toBe(published);
        expect(title).not.toMatch(/\p{Cc}/u);
      }
    } catch (error) {
      if (!(error instanceof NotAFeed)) throw new Error(`run ${run}`, { cause: error });
      refused += 1;
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(250);
  }
  expect(refused).toBeGreaterThan(40);
  expect(refused).toBeLessThan(750);
});
