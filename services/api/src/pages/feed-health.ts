import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import { type Html, moment } from "./parts.ts";
import { count } from "./words.ts";

const troubleShown = 8;

/** Tells silence from breakage: how many feeds answer, since when the others do not, and why. */
export function feedHealth(feeds: readonly FeedSummary[]): Html {
  const followed = feeds.filter(({ state }) => state !== "retired");
  const trouble = followed.filter(({ state }) => inWords[state] !== undefined);
  return html`<section aria-labelledby="feeds">
<h2 id="feeds">How current this is</h2>
${followed.length === 0 ? noFeeds : summary(followed)}
${trouble.length > 0 ? troubles(trouble) : ""}
</section>`;
}

const inWords: Partial<Record<FeedSummary["state"], string>> = {
  dead: "no longer answers",
  degraded: "failing",
  silent: "brings nothing new",
  stale: "brings no news",
};

const noFeeds = html`<p>No feed is followed yet, so nothing new can arrive. Add one:
<code>newsledger feeds add https://…</code></p>`;

function summary(followed: readonly FeedSummary[]): Html {
  const healthy = followed.filter(({ state }) => state === "healthy").length;
  const fresh = followed.filter(({ state }) => state === "new").length;
  const [latest] = followed
    .flatMap(({ lastGoodPollAt }) => lastGoodPollAt ?? [])
    .toSorted((a, b) => Number(b) - Number(a));
  return html`<p><b>${healthy} of ${count(followed.length, "feed")}</b> answer as they should${
    fresh > 0 ? `; ${count(fresh, "feed has", "feeds have")} not been asked yet` : ""
  }. ${
    latest
      ? html`Last good poll: ${moment(latest)}. Up to then, silence means that nothing was found.`
      : "None has answered so far."
  }</p>`;
}

const troubles = (
  trouble: readonly FeedSummary[],
): Html => html`<p>${count(trouble.length, "feed is", "feeds are")} in trouble; news may be missing here:</p>
<ul class="trouble">
${trouble.slice(0, troubleShown).map(
  (
    feed,
  ) => html`<li><b>${feed.title || feed.url}</b> (${inWords[feed.state]}): ${feed.reason ?? "no reason is known"}
<span class="dates">${feed.lastGoodPollAt ? html`last good poll ${moment(feed.lastGoodPollAt)}` : "never answered"}</span></li>`,
)}
${trouble.length > troubleShown ? html`<li class="dates">and ${trouble.length - troubleShown} more: <code>newsledger feeds list</code></li>` : ""}
</ul>`;
