import { type Channel, json } from "./channel.ts";
import { assemble } from "./fit.ts";
import { noteOf } from "./note.ts";

const longest = 2_000;
const suppressEmbeds = 4;

/** Every sign of Discord's Markdown; an @ is parted from its name, though no mention is allowed anyway. */
const escaped = (text: string): string =>
  text.replace(/[\\*_~`|>#[\]()<]/g, "\\$&").replaceAll("@", "@\u200b");

/** A link on its own needs no escapes; the brackets keep Discord from showing the page. */
const asIs = (text: string): string => text;

export const discord: Channel = {
  name: "discord",
  gapSeconds: 0.5, // 5 in 2 s for each webhook
  secretAddress: true,
  recognises: ({ hostname, pathname }) =>
    /^((canary|ptb)\.)?discord(app)?\.com$/.test(hostname) && pathname.startsWith("/api/webhooks/"),
  render(message) {
    const { title, facts, quote, why, link } = noteOf(message);
    const shownLink =
      link === null || link.length > 500
        ? ""
        : assemble([{ text: link, before: "<", after: ">" }], asIs, 502);
    const text = assemble(
      [
        { text: title, before: "**", after: "**", most: 500 },
        ...facts.map((fact) => ({ text: fact, most: 300 })),
        { text: quote ?? "", before: "> “", after: "”", most: 600 },
        { text: why ?? "" },
      ],
      escaped,
      longest - shownLink.length - 1,
    );
    const content = shownLink === "" ? text : `${text}\n${shownLink}`;
    return {
      headers: json,
      body: JSON.stringify({ content, allowed_mentions: { parse: [] }, flags: suppressEmbeds }),
    };
  },
};
