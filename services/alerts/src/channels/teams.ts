import { type Channel, json } from "./channel.ts";
import { assemble, fit } from "./fit.ts";
import { noteOf } from "./note.ts";

const longest = 1_000;

/** A TextRun knows no Markdown, and a mention needs an entity that is never sent; an <at> tag shall not even look like one. */
const escaped = (text: string): string => text.replaceAll("<", "‹").replaceAll(">", "›");

const run = (text: string, style: object = {}) => ({
  type: "RichTextBlock",
  inlines: [{ type: "TextRun", text, ...style }],
});

/** A Teams workflow "when a webhook request is received": an adaptive card. */
export const teams: Channel = {
  name: "teams",
  gapSeconds: 0.25, // 4 a second
  secretAddress: true,
  recognises: ({ hostname }) =>
    /\.(webhook\.office\.com|logic\.azure\.com|api\.powerplatform\.com)$/.test(hostname),
  render(message) {
    const { title, facts, quote, why, link } = noteOf(message);
    const heading = fit(title, escaped, 250);
    const text = assemble(
      [
        ...facts.map((fact) => ({ text: fact, most: 200 })),
        { text: quote ?? "", before: "“", after: "”", most: 300 },
        { text: why ?? "" },
      ],
      escaped,
      longest - heading.length,
    );
    const card = {
      $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
      type: "AdaptiveCard",
      version: "1.4",
      body: [
        run(heading, { weight: "Bolder", size: "Medium" }),
        ...text.split("\n").map((row) => run(row)),
      ],
      ...(link === null ? {} : { actions: [{ type: "Action.OpenUrl", title: "Read", url: link }] }),
    };
    const attachment = {
      contentType: "application/vnd.microsoft.card.adaptive",
      contentUrl: null,
      content: card,
    };
    return { headers: json, body: JSON.stringify({ type: "message", attachments: [attachment] }) };
  },
};
