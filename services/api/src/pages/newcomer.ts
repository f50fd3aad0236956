import type { LedgerSummary } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import type { Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** What someone sees before anything was found: what is going on, and what they can do. */
export function newcomer(voice: Voice, ledger: LedgerSummary, feeds: readonly FeedSummary[]): Html {
  const { t, count } = voice;
  const answered = feeds.filter(({ lastGoodPollAt }) => lastGoodPollAt !== null).length;
  return html`<div class="newcomer">
<p><b>${t.nothingFound}</b> ${t.newcomer(count(feeds.length, "feedIs"), answered, count(ledger.items, "itemHas"))}</p>
<ul>
<li>${t.tryDemo} <code>npx newsledger demo</code></li>
<li>${t.followAnother} <code>npx newsledger feeds add https://…</code></li>
<li>${t.checkWorks} <code>npx newsledger doctor</code></li>
</ul>
</div>`;
}
