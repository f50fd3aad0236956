import { expect, test } from "vitest";
import { bare } from "./bare.ts";
import { readable } from "./readable.ts";

test.each([
  [
    "<p>a</p><nav class='x'><ul><li><a href=/>b</a></ul></nav><p>c",
    "<p>a</p><nav class='x'></nav><p>c",
  ],
  ["<footer><p>b <b>c</b></p><!-- d --><svg><path d=''/></svg></footer>", "<footer></footer>"],
  ["<NAV><div>b<br></div></NAV >", "<NAV></NAV >"],
  ["<aside>b</aside>c<noscript><img>d</noscript>", "<aside></aside>c<noscript></noscript>"],
])("what no article is read from is emptied: %s", (html, emptied) => {
  expect(bare(html)).toBe(emptied);
});

test.each([
  ["what says something of the page", "<nav><time datetime='2026-01-01'>b</time></nav>"],
  ["what is not closed in itself", "<nav><div>b</nav>"],
  ["what is never closed", "<p>a<nav><a>b</a>"],
  ["what its own words may close", "<footer><p>b<div>c</div></p></footer>"],
  ["what may be the whole page", "<form><p>b</p></form>"],
  ["what a script or a comment says", "<script>'<nav>b</nav>'</script><!-- <nav>c</nav> -->"],
  ["what an attribute says", "<div title='<nav>b</nav>'>c</div>"],
  ["a tag with a bracket in it", "<nav title='a > b </nav>'>c"],
])("%s stays as it is", (_, html) => {
  expect(bare(html)).toBe(html);
});

test("an article is the same whether the page has a menu or an empty one", () => {
  const words =
    "The talks in Caracas ended on Tuesday without a word on the prisoners, two officials said. ";
  const page = (menu: string) =>
    `<html lang="en"><head><title>Talks end</title></head><body>${menu}<article><h1>Talks end</h1><p>${words.repeat(4)}</p></article></body></html>`;
  const links = "<li><a href='/x'>Section</a>".repeat(40);
  const read = readable(page(`<nav><ul>${links}</ul></nav>`), "https://press.test/a");
  expect(read?.text).toContain("two officials said");
  expect(read).toEqual(readable(page("<nav></nav>"), "https://press.test/a"));
});

test("menus in menus without end take no time", () => {
  const html = `${"<nav>".repeat(390)}${"<a>b</a>".repeat(50_000)}`;
  const began = performance.now();
  expect(bare(html)).toBe(html);
  expect(performance.now() - began).toBeLessThan(2_000);
});
