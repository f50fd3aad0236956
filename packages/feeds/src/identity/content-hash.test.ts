import { describe, expect, it } from "vitest";
import { contentHash } from "./content-hash.ts";

const item = {
  title: "Freed",
  description: "<p>Five men “home”</p>",
  summary: "Five men “home”",
  content: null,
  link: "https://news.example/a",
  author: "Ana",
};
const hash = contentHash(item);

describe("an item is the same", () => {
  it.each([
    ["when its markup changes", { description: '<div class="x">Five men <b>“home”</b></div>' }],
    ["when its quotes change", { description: 'Five men "home"' }],
    ["when its spacing changes", { title: " Freed \u00a0" }],
    ["when its link carries a tracker", { link: "https://NEWS.example/a?utm_source=x#top" }],
  ])("%s", (_, change) => expect(contentHash({ ...item, ...change })).toBe(hash));
});

describe("an item is revised", () => {
  it.each([
    ["by its title", { title: "Freed at last" }],
    ["by its summary", { description: "<p>Six men</p>", summary: "Six men" }],
    [
      "beyond the end of a summary that was cut",
      { description: `<p>${"long ".repeat(1_000)}end</p>`, summary: "long ".repeat(800) },
    ],
    ["by its text", { content: "<p>Five men are home.</p>" }],
    ["by its link", { link: "https://news.example/b" }],
    ["by its author", { author: "Eva" }],
    ["by a letter's size", { title: "FREED" }],
  ])("%s", (_, change) => expect(contentHash({ ...item, ...change })).not.toBe(hash));

  it("and its fields never run into each other", () => {
    const empty = {
      title: "",
      description: null,
      summary: "",
      content: null,
      link: null,
      author: null,
    };
    expect(contentHash({ ...empty, title: "x" })).not.toBe(contentHash({ ...empty, author: "x" }));
  });
});
