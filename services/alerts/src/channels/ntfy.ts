import type { Channel } from "./channel.ts";
import { assemble } from "./fit.ts";
import { noteOf } from "./note.ts";

/** Above 4,096 bytes ntfy turns a message into a file. */
const longestBytes = 4_000;
const longestTitle = 200;

const asIs = (text: string): string => text;

/** A topic of ntfy: the text is the body, the rest are headers. */
export const ntfy: Channel = {
  name: "ntfy",
  gapSeconds: 1,
  secretAddress: true, // who knows a topic's name reads and writes it
  recognises: ({ hostname }) => hostname === "ntfy.sh",
  render(message) {
    const { title, facts, quote, why, link } = noteOf(message);
    const parts = [
      ...facts.map((text) => ({ text, most: 500 })),
      { text: quote ?? "", before: "“", after: "”" },
      { text: why ?? "" },
    ];
    let longest = longestBytes;
    let body = assemble(parts, asIs, longest);
    while (Buffer.byteLength(body) > longestBytes) {
      longest = Math.floor(longest * 0.8);
      body = assemble(parts, asIs, longest);
    }
    return {
      headers: {
        "content-type": "text/plain; charset=utf-8",
        title: headerText(assemble([{ text: title }], asIs, longestTitle)),
        tags: message.type === "alert.corrected" ? "warning" : "newspaper",
        ...(link === null ? {} : clickOn(link)),
      },
      body,
    };
  },
};

/** Only what a header may hold: printable ASCII (RFC 9110 §5.5), as URL.href gives it. */
function clickOn(link: string): { click?: string } {
  const href = URL.parse(link)?.href ?? "";
  return /^[\x21-\x7e]{1,2000}$/.test(href) ? { click: href } : {};
}

/** Text in a header: as it is when it is plain ASCII, else in encoded words (RFC 2047 §2), which ntfy decodes. */
function headerText(text: string): string {
  const flat = text.replace(/[^\P{Cc}]+/gu, " ").trim();
  if (/^[\x20-\x7e]*$/.test(flat) && !flat.includes("=?")) return flat;
  const words: string[] = [];
  let word = "";
  for (const sign of flat) {
    // 45 bytes are 60 signs in base64: with the frame, 72 of the 75 that a word may have.
    if (Buffer.byteLength(word + sign) > 45) {
      words.push(word);
      word = "";
    }
    word += sign;
  }
  return [...words, word]
    .map((part) => `=?UTF-8?B?${Buffer.from(part).toString("base64")}?=`)
    .join(" ");
}
