import type { ItemLine } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { FeedDetail } from "../options.ts";
import { page } from "./layout.ts";
import { dayIn, feedPath, type Html, moment, outward, spoken, storyPath } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** One feed: how it is, how it is asked and why then, what it brings, and what became of it. */
export function feedPage(voice: Voice, feed: FeedDetail, newest: readonly ItemLine[]): Html {
  const { t } = voice;
  const title = feed.title || feed.url;
  return page({
    voice,
    title,
    address: feedPath(feed.feedId),
    body: html`<p class="dates"><a href="/feeds">${t.feedHealth}</a></p>
<h1 class="headline">${title}</h1>
<p class="lede"><span class="feed-${feed.state}">${t.feedStates[feed.state]}</span>${trouble(voice, feed)}</p>
<h2 id="facts">${t.feedFacts}</h2>
<dl class="facts">${factsOf(voice, feed).map(
      ([what, said]) => html`<dt>${what}</dt><dd>${said}</dd>`,
    )}</dl>
${perDay(voice, feed)}
<h2 id="newest">${t.newestItems}</h2>
${newest.length === 0 ? html`<p>${t.noItemsYet}</p>` : items(voice, newest)}
<h2 id="history">${t.history}</h2>
${history(voice, feed)}
<p class="dates"><a href="/v1${feedPath(feed.feedId)}">${t.asData}</a></p>`,
  });
}

function trouble(voice: Voice, { reason, failures, failingSince }: FeedDetail): Html {
  const since = failingSince
    ? html` (${voice.t.failingSince(voice.moment(failingSince), voice.count(failures, "failedPoll"))})`
    : "";
  return html`${since}${reason === null ? "" : html`: ${spoken(voice, reason, "en")}`}`;
}

function factsOf(voice: Voice, feed: FeedDetail): [string, Html | string][] {
  const { t, count, number } = voice;
  const { polls, lastPolledAt, lastNewItemAt, intervalSeconds, redirect } = feed;
  const next = feed.nextPollAt ? moment(voice, feed.nextPollAt) : t.notPlanned;
  const often =
    feed.nextPollAt && intervalSeconds !== null
      ? `, ${t.everyMinutes(number(Math.max(1, Math.round(intervalSeconds / 60))))}`
      : "";
  return [
    [t.feedAddress, outward(voice, feed.url, feed.url)],
    ...(feed.source === feed.title ? [] : pair(t.source, feed.source)),
    ...(feed.language === null ? [] : pair(t.feedLanguage, feed.language)),
    [
      t.itemsKept,
      html`${number(feed.items)}${lastNewItemAt ? html`, ${t.lastNewItem}${moment(voice, lastNewItemAt)}` : ""}`,
    ],
    [
      t.feedAsked,
      lastPolledAt
        ? html`${t.askedSoOften(count(polls, "poll"))}${moment(voice, lastPolledAt)}`
        : t.never,
    ],
    [t.lastAnswer, feed.lastGoodPollAt ? moment(voice, feed.lastGoodPollAt) : t.never],
    [t.nextQuestion, html`${next}${often}`],
    [t.pace, t.paces[feed.pace]],
    [t.unchanged, feed.validators ? t.saysUnchanged : t.cannotSayUnchanged],
    ...(feed.hubUntil ? pair(t.hub, html`${t.hubUntil}${moment(voice, feed.hubUntil)}`) : []),
    ...(redirect
      ? pair(
          t.forwards,
          html`${outward(voice, redirect.to, redirect.to)} (${t.forwardsTimes(count(redirect.times, "poll"))})`,
        )
      : []),
    ...feed.warnings.map((said): [string, Html] => [t.repaired, spoken(voice, said, "en")]),
  ];
}

const pair = (what: string, said: Html | string): [string, Html | string][] => [[what, said]];

const tall = 40;
const shortest = 2;

/** A picture of the last days, and beside it the same as a table. */
function perDay(voice: Voice, { days }: FeedDetail): Html {
  const { t, count } = voice;
  const most = Math.max(...days.map(({ items }) => items), 1);
  const sum = days.reduce((total, { items }) => total + items, 0);
  const bars = days.flatMap(({ items }, nth) => {
    const high = Math.max(shortest, Math.round((items / most) * tall));
    return items === 0 ? [] : [`M${nth + 0.05} ${tall}v-${high}h.9v${high}z`];
  });
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  const brought = days.filter(({ items }) => items > 0).toReversed();
  return html`<h2 id="days">${t.itemsByDay}</h2>
<p>${t.itemsInDays(count(sum, "item"), count(days.length, "day"))}</p>
${
  sum === 0
    ? html`<p>${t.noItemsLately}</p>`
    : html`<div class="graph"><figure class="days"><svg class="bars" viewBox="0 0 ${days.length} ${tall}" preserveAspectRatio="none" aria-hidden="true"><path d="${bars.join("")}"/></svg>
<figcaption class="dates"><span>${voice.date(first ?? "")}</span> <span>${voice.date(last ?? "")}</span></figcaption></figure>
<div class="scroll" tabindex="0" role="region" aria-labelledby="days"><table>
<thead><tr><th scope="col">${t.dayColumn}</th><th scope="col">${t.itemsColumn}</th></tr></thead>
<tbody>${brought.map(
        ({ day, items }) =>
          html`<tr><th scope="row"><time datetime="${day}">${voice.date(day)}</time></th><td>${voice.number(items)}</td></tr>`,
      )}</tbody></table></div></div>`
}`;
}

function items(voice: Voice, newest: readonly ItemLine[]): Html {
  const { t } = voice;
  const told = ({ storyId, url, title, language }: ItemLine) =>
    storyId === null
      ? outward(voice, url, title, language)
      : html`<a href="${storyPath(storyId)}">${spoken(voice, title, language)}</a>`;
  return html`<div class="wide" tabindex="0" role="region" aria-labelledby="newest"><table>
<thead><tr><th scope="col">${t.title}</th><th scope="col">${t.source}</th><th scope="col">${t.publishedColumn}</th><th scope="col">${t.foundColumn}</th></tr></thead>
<tbody>
${newest.map(
  (item) => html`<tr><th scope="row">${told(item)}</th>
<td>${outward(voice, item.url, item.source)}</td>
<td>${item.publishedAt ? dayIn(voice, item.publishedAt) : t.undated}</td>
<td>${dayIn(voice, item.foundAt)}</td></tr>`,
)}
</tbody></table></div>`;
}

const momentsShown = 50;

/** The newest first: what a reader asks is what it is now, and since when. */
function history(voice: Voice, feed: FeedDetail): Html {
  const { feedMoments, andMore } = voice.t;
  const shown = feed.history.toReversed().slice(0, momentsShown);
  const more = feed.history.length - shown.length;
  return html`<ol class="history">
${shown.map(
  ({ at, type, told }) => html`<li><b>${feedMoments[type] ?? type}</b>, ${moment(voice, at)}
<p>${spoken(voice, told, "en")}</p></li>`,
)}
${more > 0 ? html`<li>${andMore(more)}</li>` : ""}
</ol>`;
}
