import type { LedgerSummary } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import type { Html } from "./parts.ts";
import { count } from "./words.ts";

/** What someone sees before anything was found: what is going on, and what they can do. */
export function newcomer(ledger: LedgerSummary, feeds: readonly FeedSummary[]): Html {
  const answered = feeds.filter(({ lastGoodPollAt }) => lastGoodPollAt !== null).length;
  return html`<div class="newcomer">
<p><b>Nothing on this has been found yet.</b> ${count(feeds.length, "feed is", "feeds are")} followed,
${answered} of them answered at least once, and ${count(ledger.items, "item has", "items have")} been read and kept.
Feeds are asked again every few minutes; what concerns a case appears here by itself.</p>
<ul>
<li>To see it working now, with a made-up press on this machine: <code>newsledger demo</code></li>
<li>To follow another feed: <code>newsledger feeds add https://…</code></li>
<li>To check that everything works: <code>newsledger doctor</code></li>
</ul>
</div>`;
}
