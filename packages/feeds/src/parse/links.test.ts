import { expect, test } from "vitest";
import { absoluteLinks } from "./links.ts";

const base = "https://gazette.example/2026/feed.xml";

test.each([
  ['<a href="/a">x</a>', '<a href="https://gazette.example/a">x</a>'],
  ["<a href='b?x=1&amp;y=2'>x</a>", "<a href='https://gazette.example/2026/b?x=1&amp;y=2'>x</a>"],
  ["<img alt=x src=p.png>", '<img alt=x src="https://gazette.example/2026/p.png">'],
  ['<a href=" //cdn.example/c ">x</a>', '<a href="https://cdn.example/c">x</a>'],
  ["<IMG\nSRC =\n'p.png'>", "<IMG\nSRC =\n'https://gazette.example/2026/p.png'>"],
  ["<p>read href=/x</p>", "<p>read href=/x</p>"],
  ['<a href="https://other.example/">x</a>', '<a href="https://other.example/">x</a>'],
  ['<a href="#note" name="">x</a>', '<a href="#note" name="">x</a>'],
  ['<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
])("%s", (html, resolved) => {
  expect(absoluteLinks(html, base)).toBe(resolved);
});

test("without a base nothing changes, and hostile markup costs little", () => {
  expect(absoluteLinks('<a href="/a">', null)).toBe('<a href="/a">');
  const start = performance.now();
  absoluteLinks(`<a ${"href= ".repeat(50_000)}`, base);
  absoluteLinks("<a href=x".repeat(50_000), base);
  absoluteLinks(`<a ${" href".repeat(50_000)}`, base);
  absoluteLinks(`<a href${" ".repeat(50_000)}${"= ".repeat(50_000)}`, base);
  expect(performance.now() - start).toBeLessThan(2_000);
});
