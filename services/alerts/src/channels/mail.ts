import type { Channel } from "./channel.ts";
import { assemble } from "./fit.ts";
import { noteOf } from "./note.ts";

const asIs = (text: string): string => text;

/** A plain mail: the subject as a header, the text as the body. mailto:someone@example.org */
export const mail: Channel = {
  name: "mail",
  gapSeconds: 0,
  secretAddress: false,
  recognises: ({ protocol }) => protocol === "mailto:",
  render(message) {
    const { title, facts, quote, why, link } = noteOf(message);
    const body = [
      title,
      facts.join("\n"),
      quote === null ? "" : `“${quote}”`,
      link ?? "",
      why ?? "",
    ].filter((block) => block !== "");
    return {
      headers: { subject: assemble([{ text: title }], asIs, 200) },
      body: `${body.join("\n\n")}\n`,
    };
  },
};
