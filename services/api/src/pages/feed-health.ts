import { html } from "hono/html";
import type { FeedSummary } from "../options.ts";
import { page } from "./layout.ts";
import { feedPath, type Html, moment, spoken } from "./parts.ts";
import type { Voice } from "./voice.ts";

const troubleShown = 8;
/** What may hide news from us. */
const worrying: ReadonlySet<FeedSummary["state"]> = new Set([
  "degraded",
  "dead",
  "silent",
  "stale",
]);

/** Tells silence from breakage: how many feeds answer, since when the others do not, and why. */
export function feedHealth(voice: Voice, feeds: readonly FeedSummary[]): Html {
  const followed = feeds.filter(({ state }) => state !== "retired");
  const trouble = followed.filter(({ state }) => worrying.has(state));
  return html`<section aria-labelledby="feeds">
<h2 id="feeds">${voice.t.howCurrent}</h2>
${followed.length === 0 ? noFeeds(voice) : summary(voice, followed)}
${trouble.length > 0 ? troubles(voice, trouble) : ""}
</section>`;
}

const noFeeds = ({ t }: Voice): Html => html`<p>${t.noFeed}
<code>npx newsledger feeds add https://…</code></p>`;

function summary(voice: Voice, followed: readonly FeedSummary[]): Html {
  const { t, count, number } = voice;
  const healthy = followed.filter(({ state }) => state === "healthy").length;
  const fresh = followed.filter(({ state }) => state === "new").length;
  const [latest] = followed
    .flatMap(({ lastGoodPollAt }) => lastGoodPollAt ?? [])
    .toSorted((a, b) => Number(b) - Number(a));
  return html`<p><b>${t.nOf(number(healthy), count(followed.length, "feed"))}</b> ${t.answerWell}${
    fresh > 0 ? `; ${count(fresh, "feedHas")} ${t.notAskedYet}` : ""
  }. ${
    latest ? html`${t.lastGoodPoll}${moment(voice, latest)}${t.silenceMeans}` : t.noneAnswered
  }</p>`;
}

const troubles = (
  voice: Voice,
  trouble: readonly FeedSummary[],
): Html => html`<p>${voice.count(trouble.length, "feedIs")} ${voice.t.inTrouble}</p>
<ul class="trouble">
${trouble.slice(0, troubleShown).map((feed) => inTrouble(voice, feed))}
${
  trouble.length > troubleShown
    ? html`<li class="dates"><a href="/feeds">${voice.t.andMore(trouble.length - troubleShown)}</a></li>`
    : ""
}
</ul>`;

function inTrouble(voice: Voice, feed: FeedSummary): Html {
  const { t } = voice;
  return html`<li><a href="${feedPath(feed.feedId)}">${feed.title || feed.url}</a> (${t.feedStates[feed.state]}): ${feed.reason ? spoken(voice, feed.reason, "en") : t.noReason}
<span class="dates">${feed.lastGoodPollAt ? html`${t.lastGood}${moment(voice, feed.lastGoodPollAt)}` : t.neverAnswered}</span></li>`;
}

const worstFirst = ["dead", "degraded", "stale", "silent", "new", "healthy", "retired"] as const;

/** Every feed with its last good answer, those in trouble first. */
export function feedsPage(voice: Voice, feeds: readonly FeedSummary[]): Html {
  const { t } = voice;
  const order = ({ state }: FeedSummary) => worstFirst.indexOf(state);
  const rows = feeds.toSorted((a, b) => order(a) - order(b) || (a.title < b.title ? -1 : 1));
  return page({
    voice,
    title: t.feedHealth,
    address: "/feeds",
    body: html`<h1>${t.feedHealth}</h1>
${feedHealth(voice, feeds)}
<div class="wide" tabindex="0" role="region" aria-label="${t.feedHealth}"><table>
<thead><tr><th scope="col">${t.feed}</th><th scope="col">${t.state}</th><th scope="col">${t.lastAnswer}</th><th scope="col">${t.nextQuestion}</th><th scope="col">${t.reason}</th></tr></thead>
<tbody>
${rows.map((feed) => feedRow(voice, feed))}
</tbody></table></div>`,
  });
}

const feedRow = (voice: Voice, feed: FeedSummary): Html => {
  const { t } = voice;
  return html`<tr><th scope="row"><a href="${feedPath(feed.feedId)}">${feed.title || feed.url}</a></th>
<td class="feed-${feed.state}">${t.feedStates[feed.state]}</td>
<td>${feed.lastGoodPollAt ? moment(voice, feed.lastGoodPollAt) : t.never}</td>
<td>${feed.nextPollAt ? moment(voice, feed.nextPollAt) : t.notPlanned}</td>
<td>${spoken(voice, feed.reason ?? "", "en")}</td></tr>`;
};
