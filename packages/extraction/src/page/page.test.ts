import { describe, expect, it } from "vitest";
import { isBuildable } from "./guard.ts";
import { readTime } from "./metadata.ts";
import { readable } from "./readable.ts";

const url = "https://press.example/news/1?utm_source=x";
const first =
  "The court of appeal in the capital heard the lawyers of the five men on Tuesday morning, and adjourned without a date for its decision.";
const second =
  "Their families, who had travelled overnight to be there, were kept outside the building by the guards for the whole of the session.";

describe("readable", () => {
  it("takes the article and what the page says of itself", () => {
    const html = `<!doctype html><html lang="es-VE"><head><title>Portal | Audiencia</title>
      <link rel="canonical" href="/news/1">
      <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Audiencia aplazada","datePublished":"2021-11-16T09:30:00-04:00","author":[{"name":"Ana Prado"}]}]}</script>
      </head><body><nav><p>Inicio Política Deportes</p></nav>
      <article><h1>Audiencia aplazada</h1><p>${first}</p><p>${second}</p></article>
      <footer><p>Todos los derechos reservados</p></footer></body></html>`;
    const page = readable(html, url);
    expect(page).toMatchObject({
      title: "Audiencia aplazada",
      byline: "Ana Prado",
      language: "es-VE",
      publishedAt: "2021-11-16T09:30:00-04:00",
      canonicalUrl: "https://press.example/news/1",
    });
    expect(page?.text).toContain(`${first}\n\n${second}`);
    expect(page?.text).not.toMatch(/Deportes|derechos/);
  });

  it("reads a page that is only paragraphs", () => {
    const page = readable(`<p>${first}</p>\n<p>${second}</p>`, url);
    expect(page?.text).toBe(`${first}\n\n${second}`);
  });

  it("reads a page that is only preformatted text, joining its wrapped lines", () => {
    const page = readable(
      `<html><body><pre>${first.replace(" lawyers", "\nlawyers")}\n\n${second}</pre></body></html>`,
      url,
    );
    expect(page?.text).toBe(`${first}\n\n${second}`);
  });

  it("reads plain text", () => {
    expect(readable(`${first}\r\n\r\n${second}`, url)?.text).toBe(`${first}\n\n${second}`);
  });

  it("reads text that is broken only by <br>", () => {
    expect(
      readable(`<html><body><div>${first}<br><br>${second}</div></body></html>`, url)?.text,
    ).toBe(`${first}\n\n${second}`);
  });

  it("reads a page that lies in one form as a whole, and leaves out the forms in others", () => {
    const article = `<div><h1>Audiencia aplazada</h1><p>${first}</p><p>${second}</p></div>`;
    const search = '<form action="/search"><p>Search the archive of this newspaper</p></form>';
    for (const html of [
      `<form id="aspnetForm"><nav><p>Menu</p></nav>${article}</form>`,
      `${search}${article}<form><p>Leave a comment below, it will be read first</p></form>`,
    ]) {
      const page = readable(`<html><head><title>A</title></head><body>${html}</body></html>`, url);
      expect(page?.text).toContain(`${first}\n\n${second}`);
      expect(page?.text).not.toMatch(/Menu|archive|comment/);
    }
  });

  it("finds no article in a notice", () => {
    expect(
      readable("<html><body><p>Enable JavaScript to continue.</p></body></html>", url),
    ).toBeNull();
  });

  it("keeps NUL and half characters out of the text", () => {
    const page = readable(`<p>${first}\0 \ud83d</p><p>${second}</p>`, url);
    expect(page?.text).not.toContain("\0");
    expect(page?.text.isWellFormed()).toBe(true);
  });

  it("a page nested beyond reason is read as words, not built", () => {
    const html = `${"<div>".repeat(100_000)}<p>${first}</p><p>${second}</p>`;
    expect(isBuildable(html)).toBe(false);
    expect(readable(html, url)?.text).toBe(`${first}\n\n${second}`);
  });

  it("a page beyond four million characters is not read", () => {
    expect(readable(`<p>${"word ".repeat(1_000_000)}</p>`, url)).toBeNull();
  });
});

describe("times that pages write", () => {
  it.each([
    ["2021-12-10", "2021-12-10T00:00:00Z"],
    ["2021-12-10T08:00", "2021-12-10T08:00:00Z"],
    ["2021-12-10 08:00:30-0400", "2021-12-10T08:00:30-04:00"],
    ["2021-12-10T08:00:00.123Z", "2021-12-10T08:00:00Z"],
    ["Fri, 10 Dec 2021 08:00:00 GMT", "2021-12-10T08:00:00.000Z"],
    ["2021-99-99", null],
    ["yesterday", null],
    [null, null],
  ])("%s → %s", (written, expected) => {
    expect(readTime(written)).toBe(expected);
  });
});
