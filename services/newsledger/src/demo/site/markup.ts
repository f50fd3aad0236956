const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe for XML and HTML, in content and in attributes. */
export const escapeMarkup = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** Markup inside a CDATA section, which must not be closed from within. */
export const cdata = (markup: string): string =>
  `<![CDATA[${markup.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;

export const htmlParagraphs = (paragraphs: readonly string[]): string =>
  paragraphs.map((paragraph) => `<p>${escapeMarkup(paragraph)}</p>`).join("\n");

/** XML as ISO-8859-1: what the charset lacks becomes a character reference. */
export const latin1 = (xml: string): Buffer =>
  Buffer.from(
    xml.replace(/[\u0100-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`),
    "latin1",
  );
