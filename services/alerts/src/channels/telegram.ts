import { type Channel, json } from "./channel.ts";
import { assemble } from "./fit.ts";
import { noteOf } from "./note.ts";

/** Telegram counts 4,096 after its markup is read; we count it with the markup. */
const longest = 4_096;

/** https://core.telegram.org/bots/api#html-style: these four, and nothing else is markup. */
const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** A bot that writes into a chat: https://api.telegram.org/bot<token>/sendMessage?chat_id=<chat> */
export const telegram: Channel = {
  name: "telegram",
  gapSeconds: 1,
  secretAddress: true,
  recognises: ({ hostname }) => hostname === "api.telegram.org",
  render(message, { chatId = "" }) {
    const { title, facts, quote, why, link } = noteOf(message);
    const shownLink =
      link === null || link.length > 1_000 ? "" : `<a href="${escaped(link)}">Read</a>`;
    const text = assemble(
      [
        { text: title, before: "<b>", after: "</b>", most: 1_000 },
        ...facts.map((fact) => ({ text: fact, most: 500 })),
        { text: quote ?? "", before: "<i>“", after: "”</i>", most: 1_000 },
        { text: why ?? "" },
      ],
      escaped,
      longest - shownLink.length - 1,
    );
    return {
      headers: json,
      body: JSON.stringify({
        chat_id: chatId,
        text: shownLink === "" ? text : `${text}\n${shownLink}`,
        parse_mode: "HTML",
        link_preview_options: { is_disabled: true },
      }),
    };
  },
};
