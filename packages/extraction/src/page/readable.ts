import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { bare } from "./bare.ts";
import { isBuildable, limits } from "./guard.ts";
import { type Metadata, metadata, type PageDocument, type PageElement } from "./metadata.ts";
import { paragraphs, plainWords } from "./plain.ts";

export interface ReadablePage {
  readonly title: string;
  readonly byline: string | null;
  /** Plain text, paragraphs separated by an empty line. */
  readonly text: string;
  readonly language: string | null;
  /** ISO 8601 with zone; null when the page does not say. */
  readonly publishedAt: string | null;
  readonly canonicalUrl: string | null;
}

const nothing: Metadata = {
  title: null,
  byline: null,
  language: null,
  publishedAt: null,
  canonicalUrl: null,
};
/** Fewer words than this are a notice, a cookie banner or a paywall, not an article. */
const fewestWords = 25;

/** The article of a page as text; null when the page holds none. Also reads pages that are plain text. */
export function readable(html: string, url: string): ReadablePage | null {
  if (html.length > limits.characters) return null;
  if (!/<[a-z!/]/i.test(html)) return page(nothing, "", paragraphs(html));
  if (!isBuildable(html)) return page(nothing, "", plainWords(html));
  const { document } = parseHTML(wrapped(bare(html)));
  const about = metadata(document as unknown as PageDocument, url);
  const found = article(document);
  return page(about, found.title, found.text);
}

function page(about: Metadata, title: string, text: string): ReadablePage | null {
  if (countWords(text) < fewestWords) return null;
  const { byline, language, publishedAt, canonicalUrl } = about;
  return {
    title: clean(about.title ?? title),
    byline: byline === null ? null : clean(byline),
    text,
    language,
    publishedAt,
    canonicalUrl,
  };
}

const clean = (text: string): string => paragraphs(text).replace(/\s+/g, " ");
const countWords = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;

/** linkedom makes no body around loose text. */
const wrapped = (html: string): string =>
  /<body[\s>]/i.test(html) || /<frameset/i.test(html)
    ? html
    : `<!doctype html><html><head></head><body>${html.replace(/<\/?(?:html|!doctype)[^>]*>/gi, "")}</body></html>`;

/** What Readability takes for the article, or all paragraphs when it takes too little. */
function article(document: ReturnType<typeof parseHTML>["document"]): {
  title: string;
  text: string;
} {
  const all = blocks(document as unknown as PageDocument & PageElement);
  let title = "";
  let text = "";
  try {
    const found = new Readability(
      document as unknown as ConstructorParameters<typeof Readability>[0],
      {
        charThreshold: 200,
        maxElemsToParse: limits.elements,
        keepClasses: false,
      },
    ).parse();
    title = found?.title ?? "";
    const { document: inner } = parseHTML(
      `<!doctype html><html><body>${found?.content ?? ""}</body></html>`,
    );
    text = blocks(inner as unknown as PageDocument & PageElement);
  } catch {
    // A page that breaks the reader still has its paragraphs.
  }
  return { title, text: countWords(text) * 3 < countWords(all) || text === "" ? all : text };
}

const block = "p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, td";

/** The text of every innermost block, in order; of the whole body when there are none. */
function blocks(document: PageDocument): string {
  const remove = (junk: PageElement) => (junk as unknown as { remove(): void }).remove();
  for (const junk of document.querySelectorAll(
    "script, style, noscript, nav, footer, aside, template",
  ))
    remove(junk);
  const body = document.querySelector("body");
  // Some servers put the whole page into one form; others are for searching, for comments, for letters.
  const half = countWords(body?.textContent ?? "") / 2;
  for (const form of document.querySelectorAll("form"))
    if (countWords(form.textContent ?? "") < half) remove(form);
  const found: string[] = [];
  // In document order: what a block holds comes right behind it.
  const all = [...document.querySelectorAll(block)];
  for (const [index, element] of all.entries()) {
    const next = all[index + 1];
    if (!next || !element.contains(next)) found.push(lines(element));
  }
  const text = paragraphs(found.join("\n\n"));
  const whole = paragraphs(body ? lines(body) : "");
  // Pages that separate lines by <br> or <div> have their text outside of blocks.
  return countWords(text) * 2 < countWords(whole) ? whole : text;
}

/** The text of an element with its line breaks. */
function lines(element: PageElement): string {
  const inner = element as unknown as { innerHTML: string; tagName: string };
  if (inner.tagName === "PRE") return element.textContent ?? "";
  if (!/<(?:br|div|p)\b/i.test(inner.innerHTML)) return element.textContent ?? "";
  return plainWords(inner.innerHTML);
}
