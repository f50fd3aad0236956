import type { CaseTopic } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { DeliveryLine, DigestLine, FollowedFeed, TopicTrial } from "../administration.ts";
import { choice, type Desk, oneButton, table } from "./admin-page.ts";
import { adminWords } from "./admin-words.ts";
import { casePath, entityPath, type Html, moment, outward } from "./parts.ts";

/** The tables of the administration: what left the ledger, what was composed, what is asked, what a topic holds. */

export function deliveriesBody(
  desk: Desk,
  lines: readonly DeliveryLine[],
  { states, state }: { states: readonly string[]; state: string | undefined },
): Html {
  const { voice } = desk;
  const say = adminWords[voice.language];
  const named = (one: string) => say.states[one] ?? one;
  const columns = [say.planned, say.message, say.receiver, say.state, say.attempts, say.answer];
  return html`<p class="lede">${say.deliveriesLead}</p>
<form class="day" method="get">${choice("state", say.state, [["", say.allStates], ...states.map((one) => [one, named(one)] as const)], state)} <button>${say.show}</button></form>
${
  lines.length === 0
    ? html`<p>${say.noDeliveries}</p>`
    : table(
        say.deliveries,
        [...columns, say.resend],
        lines.map(
          (one) => html`<tr><td>${moment(voice, one.createdAt)}</td>
<th scope="row">${one.kind}<br><small><code>${one.deliveryId}</code></small></th><td>${one.channel}<br><small><code>${one.target}</code></small></td>
<td class="d-${one.state}">${named(one.state)}</td><td>${voice.number(one.attempts)}</td>
<td>${one.status ?? ""} ${one.error === null ? "" : html`<small lang="en">${one.error}</small>`}</td>
<td>${
            one.kind.startsWith("alert.")
              ? oneButton(
                  desk,
                  "/admin/deliveries",
                  say.resend,
                  { delivery: one.deliveryId },
                  `${say.resend}: ${one.deliveryId}`,
                )
              : ""
          }</td></tr>`,
        ),
      )
}`;
}

export function digestsBody(
  desk: Desk,
  lines: readonly DigestLine[],
  topics: readonly CaseTopic[],
): Html {
  const { voice } = desk;
  const say = adminWords[voice.language];
  const preview = (id: string, language: "en" | "es", text: string) =>
    html`<a href="/admin/digests/preview?topic=${encodeURIComponent(id)}&amp;language=${language}">${text}</a>`;
  const columns = [say.composed, say.subject, say.kindColumn, say.state, say.stories, say.sent];
  return html`<p class="lede">${say.digestsLead}</p>
<h2>${say.preview}</h2>
<ul class="deeds">${topics.map(
    ({ id, title }) =>
      html`<li><b>${title[voice.language]}</b>: ${preview(id, "en", say.english)}, ${preview(id, "es", say.spanish)}</li>`,
  )}</ul>
<h2>${say.digests}</h2>
${
  lines.length === 0
    ? html`<p>${say.noDigests}</p>`
    : table(
        say.digests,
        columns,
        lines.map(
          (one) => html`<tr><td>${moment(voice, one.composedAt)}</td><th scope="row">${
            one.state === "sent"
              ? html`<a href="/digests/${encodeURIComponent(one.issueId)}">${one.subject ?? one.issueId}</a>`
              : (one.subject ?? "")
          }</th><td>${say.digestKinds[one.kind] ?? one.kind}</td>
<td>${say.states[one.state] ?? one.state}${one.reason === null ? "" : html`<br><small lang="en">${one.reason}</small>`}</td>
<td>${voice.number(one.stories)}</td><td>${one.sentAt ? moment(voice, one.sentAt) : ""}</td></tr>`,
        ),
      )
}`;
}

export function feedsBody(desk: Desk, feeds: readonly FollowedFeed[]): Html {
  const { voice } = desk;
  const say = adminWords[voice.language];
  const time = (at: Date | null) => (at ? moment(voice, at) : say.never);
  const columns = [say.feed, say.state, say.items, say.failures, say.lastAsked, say.lastNew];
  return html`<p class="lede">${say.feedsLead} <code>npx newsledger feeds add https://…</code></p>
${table(
  say.feeds,
  [...columns, say.reason, say.check],
  feeds.map(
    (
      feed,
    ) => html`<tr><th scope="row">${outward(voice, feed.url, feed.title || feed.url)}<br><small><code>${feed.feedId}</code></small></th>
<td>${feed.followed ? say.followed : say.notFollowed}</td><td>${voice.number(feed.items)}</td><td>${voice.number(feed.failures)}</td>
<td>${time(feed.lastPolledAt)}</td><td>${time(feed.lastNewItemAt)}</td><td lang="en">${feed.reason ?? ""}</td>
<td>${
      feed.followed
        ? oneButton(
            desk,
            "/admin/feeds",
            say.check,
            { feed: feed.feedId },
            `${say.check}: ${feed.title || feed.url}`,
          )
        : ""
    }</td></tr>`,
  ),
)}`;
}

export function topicsBody(
  desk: Desk,
  topics: readonly CaseTopic[],
  tried: { topicId: string; trial: TopicTrial } | null,
): Html {
  const { voice } = desk;
  const say = adminWords[voice.language];
  return html`<p class="lede">${say.topicsLead}</p>
<ul class="rules">${topics.map(
    ({ id, title, subjects }) => html`<li class="rule">
<h2><a href="${casePath(id)}">${title[voice.language]}</a></h2>
${subjects.length === 0 ? "" : html`<p>${say.subjects}: ${subjects.map((one, nth) => html`${nth > 0 ? ", " : ""}<a href="${entityPath(one.id)}">${one.name}</a>`)}</p>`}
<p class="dates"><code>${id}</code> · <a href="/feeds/${encodeURIComponent(id)}.atom">Atom</a> · <a href="/feeds/${encodeURIComponent(id)}.json">JSON Feed</a></p>
<div class="acts">${oneButton(desk, "/admin/topics", say.test, { topic: id }, `${say.test}: ${title[voice.language]}`)}</div>
${tried?.topicId === id ? topicTrial(desk, tried.trial) : ""}
</li>`,
  )}</ul>`;
}

function topicTrial({ voice }: Desk, trial: TopicTrial): Html {
  const say = adminWords[voice.language];
  const { number } = voice;
  return html`<p><b>${number(trial.matches)}</b> / ${number(trial.items)} ${say.items} ${say.matchesNow}; ${number(trial.recorded)} ${say.matchedBefore}.</p>
${
  trial.changes.length === 0
    ? html`<p>${say.noDifference}</p>`
    : table(
        say.change,
        [say.change, voice.t.title, voice.t.source, voice.t.publishedColumn, voice.t.why],
        trial.changes.map(
          (one) =>
            html`<tr><th scope="row">${say.changes[one.change]}</th><td>${outward(voice, one.url, one.title)}</td><td>${one.source}</td><td>${one.published === "" ? voice.t.undated : voice.date(one.published)}</td><td lang="en">${one.why}</td></tr>`,
        ),
      )
}`;
}
