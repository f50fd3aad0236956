import type {
  ArticleLine,
  CaseStatus,
  Development,
  EntityView,
  OccurrenceEntry,
  PersonStatus,
} from "@newsledger/readmodels";
import { html } from "hono/html";
import { companyGraph } from "./company-graph.ts";
import { page } from "./layout.ts";
import {
  casePath,
  day,
  dayIn,
  entityPath,
  type Html,
  languageOf,
  outward,
  source,
  sources,
  storyPath,
} from "./parts.ts";
import { capital, dating, standing } from "./person.ts";
import type { Voice } from "./voice.ts";
import { clipped } from "./words.ts";

export interface EntityPage {
  voice: Voice;
  id: string;
  asOf: string | undefined;
  today: string;
  /** Null when the press has not named them, which a case's subject may be. */
  entity: EntityView | null;
  /** The cases whose subject this is. */
  subjectOf: readonly { case: CaseStatus; person: PersonStatus }[];
  occurrences: readonly OccurrenceEntry[];
  articles: readonly ArticleLine[];
}

/** A person, organisation or place: where they stand, what is told of them, in whose company. */
export function entityPage(view: EntityPage): Html {
  const { voice, id, entity, asOf } = view;
  const name = view.subjectOf[0]?.person.name ?? entity?.name ?? id;
  return page({
    voice,
    title: asOf ? `${name}: ${voice.t.asOf} ${voice.date(asOf)}` : name,
    address: asOf ? `${entityPath(id)}?as_of=${asOf}` : entityPath(id),
    feed: `/feeds/all.atom?entity=${encodeURIComponent(id)}`,
    body: html`<h1>${name}</h1>
${asOf ? pastNote(view, asOf) : entity ? mentions(voice, entity) : ""}
${view.subjectOf.map(
  ({ case: status, person }) => html`<div class="person s-${person.status} one">
${standing(voice, person)}
<p class="dates">${voice.t.partOf} <a href="${casePath(status.topicId)}">${status.title[voice.language]}</a></p>
</div>`,
)}
${dayForm(view)}
${view.subjectOf.slice(0, 1).map(({ person }) => trail(voice, person))}
<h2 id="told">${voice.t.whatIsTold}</h2>
${occurrenceTable(view)}
${entity && entity.together.length > 0 ? company(voice, entity) : ""}
${articles(view)}`,
  });
}

const pastNote = ({ voice, id }: EntityPage, asOf: string): Html =>
  html`<p class="past"><b>${voice.t.asOf} ${day(voice, asOf)}</b>: ${voice.t.asOfMeans} <a href="${entityPath(id)}">${voice.t.backToToday}</a></p>`;

const dayForm = ({ voice, asOf, today }: EntityPage): Html => html`<form class="day" method="get">
<label for="as_of">${voice.t.seeAsOf}</label>
<input id="as_of" name="as_of" type="date" value="${asOf ?? ""}" max="${today}" required>
<button>${voice.t.show}</button>
</form>`;

/** Where somebody was, day by day, newest first: each step with its place, who says so, and who said it first. */
function trail(voice: Voice, { history }: PersonStatus): Html | "" {
  if (history.length === 0) return "";
  const { t } = voice;
  return html`<h2 id="trail">${t.trail}</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="trail"><table>
<thead><tr><th scope="col">${t.when}</th><th scope="col">${t.what}</th><th scope="col">${t.where}</th><th scope="col">${t.whoSays}</th></tr></thead>
<tbody>
${history.toReversed().map((step) => trailRow(voice, step))}
</tbody></table></div>`;
}

function trailRow(voice: Voice, step: Development): Html {
  const { t } = voice;
  const lang = languageOf(voice, step.reports[0]?.language ?? null);
  const sentence = clipped(step.sentence);
  return html`<tr class="s-${step.status}"><td>${day(voice, step.date)}${
    step.dateAssumed || step.otherDates.length > 0
      ? html`<br><small>${dating(voice, step)}</small>`
      : ""
  }</td>
<th scope="row"><span class="tone">${t.deeds[step.code]}</span></th>
<td>${step.place?.name ?? ""}</td>
<td>${lang ? html`<q lang="${lang}">${sentence}</q>` : html`<q>${sentence}</q>`}
<p class="confirmation">${capital(t.confirmation(step.independent))}</p>${sources(voice, step.reports, t.firstReport)}</td></tr>`;
}

const mentions = (voice: Voice, entity: EntityView): Html => {
  const { t, count } = voice;
  return html`<p class="lede">${t.entityTypes[entity.type] ?? entity.type}. ${t.namedIn(
    count(entity.articles, "article"),
    count(entity.sources, "outlet"),
  )}${t.firstOn}${dayIn(voice, entity.firstPublicAt)}${t.lastOn}${dayIn(voice, entity.lastPublicAt)}.</p>`;
};

function occurrenceTable({ voice, occurrences }: EntityPage): Html {
  const { t } = voice;
  if (occurrences.length === 0) return html`<p>${t.noOccurrence}</p>`;
  return html`<div class="wide" tabindex="0" role="region" aria-labelledby="told"><table>
<thead><tr><th scope="col">${t.when}</th><th scope="col">${t.what}</th><th scope="col">${t.sentence}</th><th scope="col">${t.source}</th></tr></thead>
<tbody>
${occurrences.map((one) => occurrenceRow(voice, one))}
</tbody></table></div>`;
}

function occurrenceRow(voice: Voice, one: OccurrenceEntry): Html {
  const lang = languageOf(voice, one.language);
  const sentence = clipped(one.sentence);
  return html`<tr><td>${one.date ? day(voice, one.date) : voice.t.undated}</td>
<th scope="row">${one.storyId ? html`<a href="${storyPath(one.storyId)}">${voice.t.deeds[one.code]}</a>` : voice.t.deeds[one.code]}</th>
<td>${lang ? html`<q lang="${lang}">${sentence}</q>` : html`<q>${sentence}</q>`}</td>
<td>${source(voice, one)}</td></tr>`;
}

function company(voice: Voice, entity: EntityView): Html {
  const { t, number } = voice;
  return html`<h2 id="together">${t.namedTogether}</h2>
${entity.togetherIn < entity.articles ? html`<p class="meta">${t.countedInNewest(number(entity.togetherIn))}</p>` : ""}
<div class="graph">${companyGraph(entity)}
<div class="wide" tabindex="0" role="region" aria-labelledby="together"><table>
<thead><tr><th scope="col">${t.name}</th><th scope="col">${t.kind}</th><th scope="col">${t.articles}</th></tr></thead>
<tbody>
${entity.together.map(
  ({ id, name, type, articles: n }) =>
    html`<tr><th scope="row"><a href="${entityPath(id)}">${name}</a></th><td>${t.entityTypes[type] ?? type}</td><td>${number(n)}</td></tr>`,
)}
</tbody></table></div></div>`;
}

function articles({ voice, articles: list }: EntityPage): Html | "" {
  if (list.length === 0) return "";
  return html`<h2>${voice.t.recentArticles}</h2>
<ul class="deeds">
${list.map(
  (one) =>
    html`<li>${
      one.storyId
        ? html`<a href="${storyPath(one.storyId)}">${one.title}</a>`
        : outward(voice, one.url, one.title, one.language)
    }<br>${source(voice, one)}</li>`,
)}
</ul>`;
}
