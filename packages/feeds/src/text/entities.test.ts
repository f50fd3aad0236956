import { expect, it } from "vitest";
import { decodeEntities } from "./entities.ts";

it.each([
  ["a & b &unknown; &lt", "a & b &unknown; &lt"],
  ["&lt;p&gt;Ti&amp;amp;a &quot;x&quot; &apos;y&apos;&lt;/p&gt;", "<p>Ti&amp;a \"x\" 'y'</p>"],
  ["&amp;lt;b&amp;gt; stays escaped once", "&lt;b&gt; stays escaped once"],
  ["&#38;lt; &#x26;amp; &#x3c;", "&lt; &amp; <"],
  ["&am&lt;p; &l&gt;t;", "&am<p; &l>t;"],
  ["caf&eacute; &#150; &#0;", "café – "],
])("%j is read once, not twice", (text, read) => {
  expect(decodeEntities(text)).toBe(read);
});

it("a document's own names go before those everybody knows", () => {
  const own = new Map([
    ["press", "<Press>"],
    ["lt", "less"],
  ]);
  expect(decodeEntities("&press; &lt; &gt; &amp;press;", own)).toBe("<Press> less > &press;");
});
