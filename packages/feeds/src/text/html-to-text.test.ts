import { describe, expect, it } from "vitest";
import { htmlToText } from "./html-to-text.ts";

describe("the text of HTML", () => {
  it.each([
    ["plain words", "Caracas, hoy", "Caracas, hoy"],
    ["line breaks of plain words", "uno\n\n dos", "uno\ndos"],
    [
      "entities, whole and careless",
      "Fe &amp; Alegr&iacute;a &#8211; &eacute &nbsp;fin",
      "Fe & Alegría – é fin",
    ],
    [
      "blocks",
      "<h1>Title</h1><p>One <b>bold</b> word.</p><p>Two</p>",
      "Title\nOne bold word.\nTwo",
    ],
    ["line breaks in the source", "<p>one\n   two</p>", "one two"],
    ["explicit breaks", "one<br>two<br/>three", "one\ntwo\nthree"],
    [
      "lists and cells",
      "<ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr></table>",
      "a\nb\n1 2",
    ],
    ["scripts and styles", "<script>alert('<p>')</script>ok<style>p{}</style>", "ok"],
    ["a script that pretends to be closed", "<script/>alert(1)</script>ok", "ok"],
    [
      "frames, objects, pictures in code",
      "a<iframe src=x>no</iframe><svg><text>no</text></svg><object>no</object>b",
      "ab",
    ],
    ["comments", "a<!-- <b>no</b> -->b", "ab"],
    ["a lone sign", "5 < 6 & 7 > 2", "5 < 6 & 7 > 2"],
    ["a tag that never ends", "fine <a href='x", "fine"],
    ["what is no character", "a&#0;b\u0000c&#x202e;d", "a\ufffdbcd"],
    ["text that only looks like a tag", "&lt;script&gt;", "<script>"],
  ])("%s", (_, html, text) => expect(htmlToText(html)).toBe(text));

  it("stops when it has enough", () => {
    const text = htmlToText("<p>words and more</p>".repeat(10_000), { maxChars: 100 });
    expect(text.length).toBeGreaterThan(90);
    expect(text.length).toBeLessThan(200);
  });

  it.each([
    ["nested tags", "<b>".repeat(200_000)],
    ["spaces", `<p>${" ".repeat(500_000)}x`],
    ["open comments", "<!--".repeat(100_000)],
    ["open scripts", "<script>".repeat(50_000)],
    ["ampersands", "&".repeat(500_000)],
  ])("a flood of %s costs little", (_, html) => {
    // Anything worse than linear would take minutes and run into the limit of the test.
    expect(htmlToText(html).length).toBeLessThanOrEqual(html.length);
  });
});
