import { type Channel, json } from "./channel.ts";
import { assemble } from "./fit.ts";
import { noteOf } from "./note.ts";

/** Far below Slack's 35,000 characters: it folds longer messages away. */
const longest = 3_000;

/**
 * https://api.slack.com/reference/surfaces/formatting#escaping: with & < > escaped, neither <!channel> nor <@user> nor a
 * link can be made. A backtick could swallow the lines after it.
 */
const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("`", "'");

/** Incoming webhooks of Slack (and Mattermost, which takes the same form). */
export const slack: Channel = {
  name: "slack",
  gapSeconds: 1.2,
  secretAddress: true,
  recognises: ({ hostname }) =>
    hostname === "hooks.slack.com" || hostname === "hooks.slack-gov.com",
  render(message) {
    const { title, facts, quote, why, link } = noteOf(message);
    const text = assemble(
      [
        { text: title, most: 1_000 },
        { text: link ?? "", before: "<", after: ">" },
        ...facts.map((fact) => ({ text: fact, most: 500 })),
        { text: quote ?? "", before: "&gt; “", after: "”" },
        { text: why ?? "" },
      ],
      escaped,
      longest,
    );
    return {
      headers: json,
      body: JSON.stringify({ text, unfurl_links: false, unfurl_media: false, link_names: false }),
    };
  },
};
